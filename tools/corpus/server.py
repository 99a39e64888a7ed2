"""The facts of a public server: how it is started and talked to, how its client is made; nothing of any single one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from peer import Peer


class Own(NamedTuple):
    """The client that a project has itself: the GML that makes it, and a condition that its server's answers make true.

    `together` is False where the project refuses to be both at once. `before` runs before the first room.
    """

    start: str
    done: str
    together: bool = True
    before: str = ""
    second: tuple[str, ...] = ()
    """Further options of the second process."""


class Server(NamedTuple):
    """A server: its repository, what `gmlrun` is given, its kind of connection, a conversation with it."""

    repository: str
    paths: tuple[str, ...]
    """In the checkout; an absolute path is a file of our own."""
    options: tuple[str, ...]
    connect: Callable[[int], Peer]
    talk: Callable[[int], str]
    """Speaks with the server on a port; returns in words what was asked and answered, raises where it was not."""
    at_once: int = 8
    """How many clients it takes at the same time."""
    own: Own | None = None
    folder_of: str = ""
    """The checkout's name, where it is not the repository's."""

    @property
    def folder(self) -> str:
        return self.folder_of or self.repository.partition("/")[2]


def text(words: str) -> bytes:
    """A string as `buffer_string` writes it."""
    return words.encode() + b"\0"
