"""Two offices write on shared boards, and readers share one count: the processes of notebook 20."""

from importlib.util import find_spec

if find_spec("psycopg") is None:
    raise ModuleNotFoundError(
        "This needs psycopg, which is not installed here; `workshop check 19` says how to get it.",
        name="psycopg",
    )

from exercises.two_offices.boards import BOARDS, open_boards, open_store
from exercises.two_offices.film import Film
from exercises.two_offices.processes import Processes
from exercises.two_offices.reader import ItemsInColumns, group, missed_and_doubled

__all__ = [
    "BOARDS",
    "Film",
    "ItemsInColumns",
    "Processes",
    "group",
    "missed_and_doubled",
    "open_boards",
    "open_store",
]
