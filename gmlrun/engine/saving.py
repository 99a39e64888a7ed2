"""Files written whole: bytes go in beside the old file, which they replace once all of them are on the disk."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

BESIDE = ".gmlrun-"
"""How the name of a file begins that has not taken its place yet; programs do not see it."""
MODE = 0o666
"""The rights of a new file, before the user's mask."""


@contextmanager
def replacing(place: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of an old one at the end of the block; raises OSError with the old one whole."""
    name = place.parent / f"{BESIDE}{secrets.token_hex(8)}"
    handle = os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            os.chmod(name, place.stat().st_mode & 0o777)
        os.replace(name, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def write_whole(place: Path, data: bytes) -> None:
    """Writes a file; raises OSError with the old one whole."""
    with replacing(place) as file:
        file.write(data)


class Draft:
    """A file that is being written, and takes its place when it is closed; raises OSError as it is made."""

    def __init__(self, place: Path) -> None:
        self._context = replacing(place)
        self._file = self._context.__enter__()
        self._fault: OSError | None = None

    def write(self, text: str) -> None:
        """Adds a text; raises OSError where the disk is full, and the old file will stay."""
        try:
            self._file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            self._fault = error
            raise

    def close(self) -> None:
        """Puts the file in its place; raises OSError with the old one whole, also for an earlier fault."""
        fault = self._fault
        self._context.__exit__(None if fault is None else type(fault), fault, None)
        if fault is not None:
            raise fault
