"""Files written whole: bytes go in beside the old file, which they replace once all of them are on the disk."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

MODE = 0o666
"""The rights of a new file, before the user's mask."""


@contextmanager
def replacing(place: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of an old one at the end of the block; raises OSError with the old one whole."""
    handle, name = tempfile.mkstemp(prefix=".gmlrun-", dir=place.parent)
    file = os.fdopen(handle, "wb")
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        take_rights(name, place)
        os.replace(name, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def take_rights(name: str, place: Path) -> None:
    """Gives a new file the rights of the one that it replaces, or those of any new file."""
    try:
        mode = place.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        mode = MODE & ~mask
    os.chmod(name, mode)


def write_whole(place: Path, data: bytes) -> None:
    """Writes a file; raises OSError with the old one whole."""
    with replacing(place) as file:
        file.write(data)


class Draft:
    """A text file that is being written. It takes its place when it is closed, at the latest as the process ends."""

    def __init__(self, place: Path, start: bytes = b"") -> None:
        self._context = replacing(place)
        self._file = self._context.__enter__()
        self._file.write(start)
        self._fault: OSError | None = None
        self._finish = weakref.finalize(self, quietly, self._context.__exit__)

    def write(self, text: str) -> None:
        """Adds a text; raises OSError where the disk is full, and the old file will stay."""
        try:
            self._file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            self._fault = error
            if self._finish.detach():
                self._drop(error)
            raise

    def _drop(self, error: OSError) -> None:
        """Leaves the old file as it is."""
        with suppress(OSError, ValueError):
            self._context.__exit__(type(error), error, error.__traceback__)

    def close(self) -> None:
        """Puts the file in its place; raises OSError with the old one whole, also for an earlier fault."""
        if self._finish.detach():
            self._context.__exit__(None, None, None)
        elif self._fault is not None:
            raise self._fault


def quietly(leave: Callable[..., object]) -> None:
    """Ends a draft that nobody closed."""
    with suppress(OSError, ValueError):
        leave(None, None, None)
