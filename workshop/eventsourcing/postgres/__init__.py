"""An event store on a PostgreSQL server; it needs `psycopg`, so no facade imports it."""

try:
    import psycopg as _psycopg  # noqa: F401  asked for first, to say how to install it
except ModuleNotFoundError as error:
    if error.name != "psycopg":
        raise
    raise ModuleNotFoundError(
        "PostgresEventStore needs psycopg, which is not installed: `pip install 'psycopg[binary]'`",
        name="psycopg",
    ) from error

from .group import SubscriptionGroup
from .progress import PartitionProgress
from .store import PostgresEventStore

__all__ = ["PartitionProgress", "PostgresEventStore", "SubscriptionGroup"]
