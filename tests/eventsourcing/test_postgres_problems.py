"""A server that has no ear just now is waited for, and one that refuses is not."""

import psycopg
import pytest

from workshop.eventsourcing import StoreError
from workshop.eventsourcing.postgres.problems import (
    ConnectionLostError,
    UnreachableError,
    explain,
    explain_connecting,
)

START = "connection to server on socket '/x/.s.PGSQL.5432' failed: FATAL:  "


def explained(words: str) -> StoreError:
    return explain_connecting(psycopg.OperationalError(START + words), "PostgreSQL (host=db)")


@pytest.mark.parametrize(
    "words",
    [
        "the database system is starting up",
        "the database system is not yet accepting connections\n"
        "DETAIL:  Consistent recovery state has not been yet reached.",
        "the database system is shutting down",
        "the database system is in recovery mode",
        "sorry, too many clients already",
    ],
)
def test_a_server_that_will_soon_listen_again_is_waited_for(words: str) -> None:
    assert isinstance(explained(words), UnreachableError)


@pytest.mark.parametrize("words", ['database "kanban" does not exist', 'role "ada" does not exist'])
def test_a_server_that_will_refuse_again_is_not_waited_for(words: str) -> None:
    assert not isinstance(explained(words), UnreachableError)


def test_a_server_that_is_not_there_is_to_be_started() -> None:
    error = psycopg.OperationalError(
        'connection to server on socket "/x/.s.PGSQL.5432" failed: Connection refused\n'
        "Is the server running locally and accepting connections on that socket?"
    )

    assert "start the server" in str(explain_connecting(error, "PostgreSQL (host=db)"))


def test_a_server_that_dies_of_a_full_disk_says_so_with_its_last_words() -> None:
    last_words = psycopg.errors.DiskFull("could not write to file: No space left on device")
    error = explain(last_words, "PostgreSQL (host=db)", lost=True)
    assert isinstance(error, ConnectionLostError)
    assert "broke the connection, and cannot grow: its disk is full; free some" in str(error)
