"""The compile cache: a program's identity goes in, its units come out, if an earlier run has left them.

Entries are written whole under another name and then renamed, so that concurrent runs never see half
of one; a damaged entry is as good as none.
"""

from __future__ import annotations

import os
import sys

from gmlrun import unit as units
from gmlrun.lean import suppress
from gmlrun.resources import cache_folder, package_stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from _typeshed import StrPath

    from gmlrun.unit import Unit

try:  # hashlib would load OpenSSL, which takes a tenth of a start
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MARK = b"gmlrun-cache-1\n"
DIGEST_SIZE = 32
KEPT = 200
"""How many programs the cache keeps; the ones not used for longest go first."""


class Cache:
    """Compiled programs in a folder; every fault of the folder is a miss, never an error."""

    def __init__(self, folder: StrPath | None = None, *, loads_many: bool = False) -> None:
        self.known: dict[bytes, Unit] | None = {} if loads_many else None
        """The units that were loaded, where many programs are to be: they share those of the library."""
        self.folder = os.fspath(folder or cache_folder())
        self.stamp = ""
        """The mark of gmlrun's version, looked up at the first use."""

    def key(self, identity: Iterable[str]) -> str:
        """The name of a program's entry: its identity, gmlrun's version and Python's."""
        self.stamp = self.stamp or package_stamp()
        digest = blake2b(digest_size=DIGEST_SIZE)
        for text in (self.stamp, sys.version, *identity):
            digest.update(text.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
        return digest.hexdigest()

    def load(self, key: str) -> tuple[list[Unit], Any] | None:
        """The units stored under a key and what was stored beside them, or None."""
        path = os.path.join(self.folder, key)
        try:
            with open(path, "rb") as file:
                data = file.read()
            body = data[len(MARK) + DIGEST_SIZE :]
            if not data.startswith(MARK) or digest_of(body) != data[len(MARK) : -len(body) or None]:
                return None
            os.utime(path)
            return units.load(body, self.known)
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def store(self, key: str, compiled: list[Unit], extra: Any = None) -> None:
        """Keeps units under a key; does nothing where the folder cannot be written."""
        import tempfile

        body = units.dump(compiled, extra)
        try:
            os.makedirs(self.folder, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                file.write(MARK + digest_of(body) + body)
            os.replace(file.name, os.path.join(self.folder, key))
            self._trim()
        except OSError:
            return

    def _trim(self) -> None:
        with os.scandir(self.folder) as found:
            entries = [entry for entry in found if not entry.name.startswith(".")]
        entries.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in entries[KEPT:]:
            with suppress(FileNotFoundError):
                os.unlink(entry.path)


def digest_of(data: bytes) -> bytes:
    """The checksum of an entry."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()
