"""Where files may be: a path as GML writes it goes in, a path inside the game's two folders comes out, or None.

Reads look in the save area, then in the program's own folder; writes go to the save area alone. Both
separators work, and no path leaves the two folders, not by `..` and not through a link.
Manual: Additional_Information/The_File_System.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
from contextlib import suppress
from pathlib import Path

from gmlrun.engine.saving import BESIDE, write_whole
from gmlrun.errors import GmlError
from gmlrun.lean import Generic, TypeVar
from gmlrun.resources import user_folder
from gmlrun.runtime import GamePart
from gmlrun.sandbox.permissions import refuse
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gmlrun.runtime import Runtime

T = TypeVar("T")

LONGEST_NAME = 255
"""Bytes of a name in a path."""
PACKAGE = Path(__file__).resolve().parent.parent
DRIVE = re.compile(r"[A-Za-z]:")


def default_save_dir(program: str) -> Path:
    """The save area of a program in the user's data folder: `$XDG_DATA_HOME/gmlrun/NAME`, or the system's place."""
    name = re.sub(r"[^\w .-]", "_", program).strip(". ") or "game"
    return Path(user_folder("XDG_DATA_HOME", "~/.local/share")) / name


class FileArea(GamePart):
    """The two folders of one game: `save` is written and read, `bundle` is only read."""

    def __init__(self, rt: Runtime) -> None:
        settings = rt.settings
        self.rt = rt
        self.bundle = Path(settings.data_dir or settings.program_dir).resolve()
        self.save = Path(settings.save_dir or default_save_dir(settings.program_name)).resolve()
        self.secrets = {Path(path).resolve() for path in (settings.tls_key, settings.tls_certificate) if path}
        self.hides_saved = self.bundle.is_relative_to(self.save)
        """Whether names with a dot in front are not readable in the save area either, as the program lies in it."""
        self.permissions = settings.permissions
        self.folders = None if self.permissions is None else self.permissions.folders()
        """The folders that are readable and no others; None for the two of the game."""

    def resolve_read(self, path: str) -> Path | None:
        """The existing file or folder that a path means for reading."""
        return next(self.places(path), None)

    def places(self, path: str) -> Iterator[Path]:
        """All that a path means for reading: in the save area, then in the program's folder.

        Raises NotPermitted where nothing may be read, or not there.
        """
        if self.permissions is not None:
            self.permissions.check_read(path)
        return self._places(path) if self.folders is None else iter(self._permitted(path, self.folders))

    def own_places(self, path: str) -> Iterator[Path]:
        """All that a path means in the save area, to be changed there; raises NotPermitted."""
        self._check_write(path)
        return (place for place in self._places(path) if place.is_relative_to(self.save))

    def _places(self, path: str) -> Iterator[Path]:
        relative = self.relative(path)
        if relative is None:
            return
        for root in (self.save, self.bundle):
            found = existing(root, relative)
            if found is not None and self.is_readable(found, root):
                yield found

    def _permitted(self, path: str, folders: list[Path]) -> list[Path]:
        """As `places` where only some folders may be read, by whatever path; raises NotPermitted for all others."""
        relative = self.relative(path)
        plain = path.replace("\\", "/")
        tried = [self.save / relative, self.bundle / relative] if relative is not None else [self.bundle / plain]
        roots = [(place, root) for place in map(resolved, tried) for root in folders if place.is_relative_to(root)]
        if not roots:
            refuse(f"reading {path}", "read", f"--allow-read={resolved(tried[-1]).parent.as_posix()}")
        found = [(existing(root, place.relative_to(root).as_posix()), root) for place, root in roots]
        return [place for place, root in found if place is not None and self.is_readable(place, root)]

    def root_of(self, place: Path) -> Path:
        """The folder below which a readable place is."""
        roots = (self.save, self.bundle, *(self.folders or ()))
        return next((root for root in roots if place.is_relative_to(root)), self.bundle)

    def shown(self, folder: Path) -> str:
        """A folder of the game as a program gets it, with a separator at its end; raises NotPermitted."""
        if self.permissions is not None:
            self.permissions.check_read("where the game's folders are")
        return with_separator(folder)

    def _check_write(self, path: str) -> None:
        if self.permissions is not None:
            self.permissions.check_write(path)

    def is_readable(self, place: Path, root: Path) -> bool:
        """Whether a program may read a place: no hidden file, no key of a server, nothing of gmlrun itself."""
        if (
            (self.secrets and resolved(place) in self.secrets)
            or place.is_relative_to(PACKAGE)
            or place.name.startswith(BESIDE)
        ):
            return False
        if root is self.save and not self.hides_saved:
            return True
        return not any(part.startswith(".") for part in place.relative_to(root).parts)

    def save_whole(self, path: str, data: bytes) -> bool:
        """Writes a file of the save area; False, with a line in the log, when that fails, and an old file stays."""
        place = self.resolve_write(path)
        if place is None:
            self.rt.log(f"{path}: cannot be written: outside the save area {self.save}, or its folder cannot be made")
            return False
        try:
            write_whole(place, data)
        except OSError as error:
            self.tell(path, error)
            return False
        return True

    def load_whole(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is none, or, with a line in the log, when it cannot be read."""
        place = self.resolve_read(path)
        try:
            return None if place is None else place.read_bytes()
        except OSError as error:
            self.tell(path, error)
            return None

    def tell(self, path: str, error: OSError) -> None:
        """Writes to the log why a file could not be used."""
        self.rt.log(f"{path}: {error.strerror or error}")

    def warn_if_read_only(self) -> None:
        """Says at the start that nothing can be saved, unless the program may not save anything."""
        if self.permissions is not None and not self.permissions.write:
            return
        try:
            self.save.mkdir(parents=True, exist_ok=True)
            if os.access(self.save, os.W_OK):
                return
            reason = "it is read-only"
        except OSError as error:
            reason = error.strerror or str(error)
        self.rt.log(
            f"warning: the save folder {self.save} cannot be written ({reason}): nothing is saved; see --save-dir"
        )

    def resolve_write(self, path: str) -> Path | None:
        """Where a path is written; the folders above it are made."""
        target = self.target(path)
        if target is None or target == self.save:
            return None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return target

    def resolve_update(self, path: str) -> Path | None:
        """Like `resolve_write`, for a file that is changed: a file of the program's folder is copied first."""
        target = self.resolve_write(path)
        original = next(self._places(path), None)
        if target is None or original is None or not original.is_file():
            return target
        if original.is_relative_to(self.save):
            return original
        if self._may_read(original):
            shutil.copyfile(original, target)
        return target

    def _may_read(self, place: Path) -> bool:
        if self.permissions is None or self.permissions.read is True:
            return True
        return any(place.is_relative_to(folder) for folder in self.folders or ())

    def target(self, path: str) -> Path | None:
        """The place in the save area that a path means to write, which need not exist; raises NotPermitted."""
        self._check_write(path)
        relative = self.relative(path)
        return None if relative is None else inside(self.save, relative)

    def relative(self, path: str) -> str | None:
        """A path relative to either folder, with `/` and without `..`; None for one that leaves both."""
        plain = posixpath.normpath(path.replace("\\", "/")) if path else ""
        if "\0" in plain or not plain:
            return None
        for root in (self.save.as_posix(), self.bundle.as_posix()):
            if plain == root:
                return "."
            if plain.startswith(root.rstrip("/") + "/"):
                return plain[len(root.rstrip("/")) + 1 :]
        outside = plain.startswith(("/", "../")) or plain == ".." or DRIVE.match(plain) is not None
        return None if outside else plain


def inside(root: Path, relative: str) -> Path | None:
    """The place of a relative path below a folder; None when a link leads out of it, or no file can have the name."""
    try:
        place = (root / relative).resolve()
        if any(len(part.encode()) > LONGEST_NAME for part in place.parts):
            return None
    except (OSError, RuntimeError, ValueError):
        return None
    return place if place.is_relative_to(root) else None


def resolved(place: Path) -> Path:
    """A place without links; one that no file can have is itself."""
    try:
        return place.resolve()
    except (OSError, RuntimeError, ValueError):
        return place


def existing(root: Path, relative: str) -> Path | None:
    """Like `inside`, for what exists; a name that is not there is looked for without regard to case."""
    for name in (relative, without_case(root, relative)):
        place = inside(root, name) if name is not None else None
        if place is not None and os.path.exists(place):
            return place
    return None


def without_case(root: str | Path, relative: str) -> str | None:
    """A relative path with the names that the disk has, None when there are none like it."""
    found: list[str] = []
    for part in relative.split("/"):
        try:
            names = sorted(os.listdir(os.path.join(root, *found)))
        except OSError:
            return None
        match = next((name for name in names if name.casefold() == part.casefold()), None)
        if match is None:
            return None
        found.append(part if part in names else match)
    return "/".join(found)


def with_separator(path: Path) -> str:
    """A folder as GML gets it: with a separator at its end."""
    text = clean(path.as_posix())
    return text if text.endswith("/") else text + "/"


class Slots(Generic[T]):
    """Open files by number, from 1; the lowest free number is given first. `limit` may be open at once."""

    def __init__(self, words: str, limit: int = 32) -> None:
        self.words = words
        self.limit = limit
        self.taken: dict[int, T] = {}

    def add(self, value: T) -> float:
        """The number of a newly opened file; raises GmlError when too many are open."""
        if len(self.taken) >= self.limit:
            raise GmlError(f"{self.words}: more than {self.limit} files are open")
        number = next(n for n in range(1, self.limit + 1) if n not in self.taken)
        self.taken[number] = value
        return float(number)

    def get(self, number: int) -> T:
        """The open file of a number; raises GmlError for a closed one."""
        found = self.taken.get(number)
        if found is None:
            raise GmlError(f"{self.words}: the file {number} is not open")
        return found

    def remove(self, number: int) -> T:
        """Takes a file out, to be closed."""
        found = self.get(number)
        del self.taken[number]
        return found


def close_all(slots: Slots[Any]) -> None:
    """Closes what a game has left open; nobody is there any more to be told of a full disk."""
    for file in slots.taken.values():
        with suppress(OSError):
            file.close()
