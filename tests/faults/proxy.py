"""Stands between a server and its clients, and cuts their connections at any byte."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

__all__ = ["CuttingProxy", "cutting_proxy"]

FEWEST, MOST = 500, 50_000  # bytes, in both directions, after which a connection is cut
CHUNK = 65_536


class CuttingProxy:
    """A server of its own, as far as a client can see.

    Attributes:
        dsn: Where it is.
        cuts: How many connections it cut.
        closing: Set it to have no more clients.
    """

    def __init__(self, dsn: str, chance: random.Random) -> None:
        self._parameters, self._chance = conninfo_to_dict(dsn), chance
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)  # seconds, after which it looks whether to close
        port = self._listener.getsockname()[1]
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=port, sslmode="disable")
        self.cuts, self.closing = 0, threading.Event()

    def serve(self) -> None:
        """Pass on what clients and the server say, one client after the other, until `closing`."""
        while not self.closing.is_set():
            with suppress(TimeoutError):
                client, _ = self._listener.accept()
                bytes_left = int(FEWEST * (MOST / FEWEST) ** self._chance.random())
                _Link(self, client, self._connect(), bytes_left)
        self._listener.close()

    def _connect(self) -> socket.socket:
        host, port = str(self._parameters["host"]), str(self._parameters["port"])
        if not host.startswith("/"):
            return socket.create_connection((host, int(port)))
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(Path(host) / f".s.PGSQL.{port}"))
        return server


class _Link:
    """A client and the server, who may say so many bytes to each other."""

    def __init__(
        self, proxy: CuttingProxy, client: socket.socket, server: socket.socket, left: int
    ) -> None:
        self._proxy, self._left = proxy, left
        self._lock = threading.Lock()
        there = threading.Thread(target=self._pass_on, args=(client, server))
        back = threading.Thread(target=self._pass_on, args=(server, client))
        with client, server:
            there.start()
            back.start()
            there.join()
            back.join()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                with self._lock:
                    data, self._left = data[: self._left], self._left - len(data)
                    target.sendall(data)
                    if self._left <= 0:
                        self._proxy.cuts += 1
                        break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting_proxy(dsn: str, chance: random.Random) -> Iterator[CuttingProxy]:
    """Cut connections to a server, for as long as the block runs."""
    proxy = CuttingProxy(dsn, chance)
    serving = threading.Thread(target=proxy.serve)
    serving.start()
    try:
        yield proxy
    finally:
        proxy.closing.set()
        serving.join()
