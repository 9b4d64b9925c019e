"""A door in front of a real Redis, behind which a test may do to it what networks and operators do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing

Passing = Callable[[bytes], bytes | None]
"""What becomes of a reply on its way: other bytes, or None to hang up."""


def faithful(reply: bytes) -> bytes:
    return reply


class Door:
    """A TCP proxy on a port of its own. ``asked`` counts what came through it from the clients."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.passing: Passing = faithful
        self.silent = False
        self.asked = 0
        self._open: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self.port = self.listen(0)

    def listen(self, port: int) -> int:
        listener = socket.create_server(("127.0.0.1", port))
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return int(listener.getsockname()[1])

    def shut(self) -> None:
        """Refuse connections, and cut those that are there."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.cut()

    def cut(self) -> None:
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def mend(self) -> None:
        self.passing, self.silent = faithful, False
        self.cut()
        if self._listener is None:
            self.listen(self.port)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._open.add(client)
        with closing(client):
            try:
                self._exchange(client)
            except OSError:
                pass
            finally:
                self._open.discard(client)

    def _exchange(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self.target)) as server:
            self._open.add(server)
            threading.Thread(target=self._back, args=(server, client), daemon=True).start()
            try:
                while asked := client.recv(65_536):
                    self.asked += 1
                    if not self.silent:
                        server.sendall(asked)
            finally:
                self._open.discard(server)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        try:
            while reply := server.recv(65_536):
                passed = self.passing(reply)
                if passed is None:
                    client.shutdown(socket.SHUT_RDWR)
                    return
                client.sendall(passed)
        except OSError:
            return


def slow(reply: bytes) -> bytes:
    time.sleep(0.2)
    return reply


def rubbish(reply: bytes) -> bytes:
    return b"\x00\xff rubbish\r\n" * 3


def cut_off(reply: bytes) -> bytes | None:
    return None
