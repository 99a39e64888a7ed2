"""The modules that commands need, in one file of the cache folder: a start reads this and not two files a module.

The file holds what Python's own caches hold: the code of each module, with the time and the size of the source that it
was made of. A module whose source has changed is imported in the usual way, and so is each one where the file is
missing, damaged, another Python's or another user's. The command that had to import some writes the file anew.
"""

from __future__ import annotations

import marshal
import os
import sys

from gmlrun.lean import suppress
from gmlrun.resources import PACKAGE, cache_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec, SourceFileLoader
    from io import FileIO
    from types import CodeType
    from typing import Any
else:
    ModuleSpec, SourceFileLoader = type(__spec__), type(__spec__.loader)

try:  # as in the compile cache
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MARK = b"gmlrun-modules-1\n"
DIGEST_SIZE = 16
KEPT_PACKAGE = "gmlrun"
"""The package whose modules are kept."""
DAMAGE = (OSError, ValueError, EOFError, TypeError)
"""Exceptions that reading a file raises which is not as it was written."""
OTHERS_WRITE = 0o022
"""The rights of a file that others than its owner may change."""


class BundledLoader(SourceFileLoader):
    """A loader of a module whose code is already in memory."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def get_code(self, fullname: str) -> CodeType:
        """The code of the module."""
        return self.code


class Bundle:
    """A finder of modules, for `sys.meta_path`, as long as a command runs."""

    def __init__(self) -> None:
        self.path = os.path.join(cache_folder(), file_name())
        self.file: FileIO | None = None
        self.base = 0
        """Where in the file the code begins."""
        self.places: dict[str, tuple[Any, ...]] = {}
        """Of each module: its file, Python's own cache of it, whether it is a package; the file's time and size; the
        offset, length and digest of its code here."""
        self.found: set[str] = set()
        """The modules that came from the file."""
        self.before: set[str] = set()
        """The modules that were there before."""

    def __enter__(self) -> None:
        self.before = set(sys.modules)
        if SourceFileLoader.__name__ != "SourceFileLoader":  # from a ZIP archive, where no module is a file
            return
        try:
            self.file = open(self.path, "rb", buffering=0)
            self.places = self._read_places()
        except DAMAGE:
            self.places = {}
        sys.meta_path.insert(0, self)

    def __exit__(self, *raised: object) -> None:
        if self not in sys.meta_path:
            return
        sys.meta_path.remove(self)
        try:
            self._keep()
        except DAMAGE:
            return
        finally:
            if self.file is not None:
                self.file.close()

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """How to load a module of the file; None leaves that to others."""
        place = self.places.get(name)
        if place is None:
            return None
        try:
            code = marshal.loads(self._data_of(place))
        except DAMAGE:
            del self.places[name]
            return None
        source, cached, is_package = place[:3]
        spec = ModuleSpec(name, BundledLoader(name, source, code), origin=source, is_package=is_package)
        spec.has_location, spec.cached = True, cached
        if is_package:
            spec.submodule_search_locations = [os.path.dirname(source)]
        self.found.add(name)
        return spec

    def _read_places(self) -> dict[str, tuple[object, ...]]:
        """The table at the file's beginning; empty where the file is not ours."""
        file = self.file
        assert file is not None
        facts = os.fstat(file.fileno())
        if hasattr(os, "geteuid") and (facts.st_uid != os.geteuid() or facts.st_mode & OTHERS_WRITE):
            return {}
        head = file.read(len(MARK) + DIGEST_SIZE + 8)
        table = file.read(min(int.from_bytes(head[-8:], "little"), facts.st_size))
        self.base = len(head) + len(table)
        if not head.startswith(MARK) or digest_of(table) != head[len(MARK) : -8]:
            return {}
        identity, places = marshal.loads(table)
        return places if identity == identity_here() else {}

    def _data_of(self, place: tuple[Any, ...]) -> bytes:
        """The marshalled code of a module; raises ValueError where it is damaged or the source is another one."""
        source, _, _, *facts, offset, length, digest = place
        if self.file is None or facts != facts_of(source):
            raise ValueError(source)
        self.file.seek(self.base + offset)
        data = self.file.read(length)
        if digest_of(data) != digest:
            raise ValueError(source)
        return data

    # ----------------------------------------------------------------- writing

    def _keep(self) -> None:
        """Writes the file again if the command imported modules that it could have had; raises OSError."""
        missing = {name: loader for name, loader in imported() if name not in self.before and name not in self.found}
        if not missing or sys.dont_write_bytecode:
            return
        import tempfile

        rows = dict(self._rows())
        for name, loader in missing.items():
            code, cached = loader.get_code(name), sys.modules[name].__cached__
            rows[name] = (loader.path, cached, loader.is_package(name), *facts_of(loader.path), marshal.dumps(code))
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(self.path), prefix=".", delete=False) as file:
            file.writelines(parts_of(rows))
        os.replace(file.name, self.path)

    def _rows(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The modules that the file has and whose sources are as they were."""
        for name, place in self.places.items():
            with suppress(*DAMAGE):
                yield name, (*place[:5], self._data_of(place))


def parts_of(rows: dict[str, tuple[Any, ...]]) -> Iterator[bytes]:
    """The bytes of a file with these modules, whose code is what their rows end with."""
    offset, places = 0, {}
    for name, (*facts, data) in rows.items():
        places[name] = (*facts, offset, len(data), digest_of(data))
        offset += len(data)
    content: Any = (identity_here(), places)
    table = marshal.dumps(content)
    yield MARK + digest_of(table) + len(table).to_bytes(8, "little") + table
    for row in rows.values():
        yield row[-1]


def imported() -> Iterator[tuple[str, SourceFileLoader]]:
    """The modules of the package that have been imported from source files, each with its loader."""
    for name, module in list(sys.modules.items()):
        loader = getattr(module, "__loader__", None)
        if name.partition(".")[0] == KEPT_PACKAGE and type(loader) is SourceFileLoader:
            yield name, loader


def file_name() -> str:
    """The name of the file: of this installation, for this Python."""
    return f".modules-{sys.implementation.cache_tag}-{PACKAGE.replace(os.sep, '-').replace(':', '')[-120:]}"


def identity_here() -> tuple[object, ...]:
    """Facts that differ where the code of a module may: the Python, how it compiles, and where gmlrun is."""
    return sys.version, sys.flags.optimize, PACKAGE


def facts_of(source: str) -> list[int]:
    """The time in nanoseconds and the size in bytes of a source file; raises OSError."""
    facts = os.stat(source)
    return [facts.st_mtime_ns, facts.st_size]


def digest_of(data: bytes) -> bytes:
    """The checksum of a part of the file."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()
