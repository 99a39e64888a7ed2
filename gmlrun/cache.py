"""The compile cache: a program's identity goes in, its units come out, if an earlier run has left them.

Entries are written whole under another name and then renamed, so that concurrent runs never see half
of one; a damaged entry is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gmlrun import unit as units
from gmlrun.resources import package_stamp
from gmlrun.unit import Unit

MARK = b"gmlrun-cache-1\n"
DIGEST_SIZE = 32
KEPT = 200
"""How many programs the cache keeps; the ones not used for longest go first."""


def default_folder() -> Path:
    """The user's cache folder for gmlrun: `$XDG_CACHE_HOME/gmlrun`, or the system's equivalent."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "gmlrun"


class Cache:
    """Compiled programs in a folder; every fault of the folder is a miss, never an error."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def key(self, identity: Iterable[str]) -> str:
        """The name of a program's entry: its identity, gmlrun's version and Python's."""
        digest = hashlib.sha256()
        for text in (package_stamp(), sys.version, *identity):
            digest.update(text.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
        return digest.hexdigest()

    def load(self, key: str) -> tuple[list[Unit], Any] | None:
        """The units stored under a key and what was stored beside them, or None."""
        path = self.folder / key
        try:
            data = path.read_bytes()
            body = data[len(MARK) + DIGEST_SIZE :]
            if not data.startswith(MARK) or hashlib.sha256(body).digest() != data[len(MARK) : -len(body) or None]:
                return None
            os.utime(path)
            return units.load(body)
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def store(self, key: str, compiled: list[Unit], extra: Any = None) -> None:
        """Keeps units under a key; does nothing where the folder cannot be written."""
        import tempfile

        body = units.dump(compiled, extra)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                file.write(MARK + hashlib.sha256(body).digest() + body)
            os.replace(file.name, self.folder / key)
            self._trim()
        except OSError:
            return

    def _trim(self) -> None:
        entries = [path for path in self.folder.iterdir() if not path.name.startswith(".")]
        entries.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[KEPT:]:
            path.unlink(missing_ok=True)
