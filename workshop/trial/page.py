"""The page that a first start ends in: its address, whether it answers, and its shutting down."""

import http.client
import re
from contextlib import suppress
from urllib.parse import SplitResult, parse_qs, urlsplit

__all__ = ["address_in", "shut_down", "status_of"]

ADDRESS = re.compile(r"^\s*(http://127\.0\.0\.1:\d+/\S+)\s", re.MULTILINE)
SECONDS = 20.0  # until a page that does not answer is given up


def address_in(said: str) -> str | None:
    """The address that the start told the student to open, once its whole line is there."""
    found = ADDRESS.search(said)
    return found[1] if found else None


def status_of(address: str) -> int:
    """The HTTP status of the page.

    Raises:
        OSError: Nobody answers, or not in HTTP.
    """
    at = urlsplit(address)
    return _ask("GET", at, f"{at.path}?{at.query}")


def shut_down(address: str) -> None:
    """Ask the server to end, as the menu File, Shut Down does; the same on every system."""
    with suppress(OSError):
        _ask("POST", urlsplit(address), "/api/shutdown")


def _ask(method: str, at: SplitResult, path: str) -> int:
    # No proxy is asked: http.client knows none.
    connection = http.client.HTTPConnection(str(at.hostname), at.port, timeout=SECONDS)
    token = parse_qs(at.query).get("token", [""])[0]
    try:
        connection.request(method, path, headers={"Authorization": f"token {token}"})
        return connection.getresponse().status
    except http.client.HTTPException as problem:
        raise OSError(f"what answers is not HTTP: {problem}") from problem
    finally:
        connection.close()
