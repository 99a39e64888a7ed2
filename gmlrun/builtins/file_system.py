"""Files as wholes: finding, copying, deleting, and the parts of a file name. Manual: File_Handling/File_System."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
from pathlib import Path

from gmlrun.builtins.directories import bundle_of
from gmlrun.builtins.registry import Chapter, Int, String
from gmlrun.engine.files import DRIVE, FileArea
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.values.model import Value

chapter = Chapter("File_Handling/File_System")

FA_READONLY, FA_HIDDEN, FA_DIRECTORY = 1, 2, 16

CONSTANTS: dict[str, Value] = {
    "fa_none": 0.0,
    "fa_readonly": float(FA_READONLY),
    "fa_hidden": float(FA_HIDDEN),
    "fa_sysfile": 4.0,
    "fa_volumeid": 8.0,
    "fa_directory": float(FA_DIRECTORY),
    "fa_archive": 32.0,
}


def readable_file(file_area: FileArea, path: str) -> Path | None:
    """The file (no folder) that a path means."""
    return next((place for place in file_area.places(path) if place.is_file()), None)


def own_file(file_area: FileArea, path: str) -> Path | None:
    """Like `readable_file`, in the save area only: one that may be deleted or renamed."""
    return next(filter(Path.is_file, file_area.own_places(path)), None)


@chapter
def file_exists(file_area: FileArea, fname: String) -> bool:
    """Whether there is a file (not a folder) of that name in the save area or the program's folder."""
    return readable_file(file_area, fname) is not None


@chapter
def file_delete(file_area: FileArea, fname: String) -> bool:
    """Deletes a file of the save area; gives whether it did."""
    place = own_file(file_area, fname)
    if place is None:
        return False
    return succeeds(place.unlink)


def succeeds(action: Callable[..., object], *places: Path) -> bool:
    """Does something to files; returns whether the system has let it."""
    try:
        action(*places)
    except OSError:
        return False
    return True


@chapter
def file_rename(file_area: FileArea, oldname: String, newname: String) -> bool:
    """Renames or moves a file of the save area; gives whether it did.

    Fails when there is a file of the new name already.
    """
    source, target = own_file(file_area, oldname), file_area.resolve_write(newname)
    if source is None or target is None or target.exists():
        return False
    return succeeds(source.rename, target)


@chapter
def file_copy(file_area: FileArea, fname: String, newname: String) -> bool:
    """Copies a file to a new name in the save area; gives whether it did.

    Fails when there is a file of the new name already.
    """
    source, target = readable_file(file_area, fname), file_area.resolve_write(newname)
    if source is None or target is None or target.exists():
        return False
    return succeeds(shutil.copyfile, source, target)


@chapter
def file_attributes(file_area: FileArea, fname: String, attr: Int) -> bool:
    """Whether a file has all the given attributes (`fa_…`)."""
    place = file_area.resolve_read(fname)
    return place is not None and attributes_of(place) & attr == attr


def attributes_of(place: Path) -> int:
    """The `fa_…` flags of a file."""
    flags = FA_DIRECTORY if place.is_dir() else 0
    flags |= FA_HIDDEN if place.name.startswith(".") else 0
    return flags | (0 if os.access(place, os.W_OK) else FA_READONLY)


# ------------------------------------------------------------------- finding


class Search(GamePart):
    """The file names that `file_find_next` has still to give; a game has one search at a time."""

    def __init__(self, rt: Runtime) -> None:
        self.found: list[str] = []

    def next(self) -> str:
        """The next name, `""` at the end."""
        return self.found.pop(0) if self.found else ""


@chapter
def file_find_first(search: Search, file_area: FileArea, mask: String, attr: Int) -> str:
    """Starts a search and gives the first name that fits a mask with `*` and `?`, `""` when there is none.

    Names come sorted and without their folder. Folders are among them only with fa_directory.
    """
    search.found = matching(file_area, mask, bool(attr & FA_DIRECTORY))
    return search.next()


@chapter
def file_find_next(search: Search) -> str:
    """The next name of the search, `""` at its end."""
    return search.next()


@chapter
def file_find_close(search: Search) -> None:
    """Ends the search."""
    search.found = []


def matching(area: FileArea, mask: str, with_folders: bool) -> list[str]:
    """The names in both folders of the area that fit a mask, sorted."""
    folder, _, pattern = mask.replace("\\", "/").rpartition("/")
    fits = re.compile(fnmatch.translate("*" if pattern == "*.*" else pattern.replace("[", "[[]")))
    names: set[str] = set()
    for place in area.places(folder or "."):
        if place.is_dir():
            root = area.root_of(place)
            inside = (p for p in place.iterdir() if fits.match(p.name) and area.is_readable(p, root))
            names.update(p.name for p in inside if with_folders or p.is_file())
    return sorted(map(clean, names))


# ---------------------------------------------------------------- file names


def split(fname: str) -> tuple[str, str]:
    """A file name's folder with its separator, and what follows."""
    at = max(fname.rfind("/"), fname.rfind("\\")) + 1
    return fname[:at], fname[at:]


@chapter
def filename_name(fname: String) -> str:
    """A file name without its folder."""
    return split(fname)[1]


@chapter
def filename_path(file_area: FileArea, fname: String) -> str:
    """The folder of a file name, with its separator; for a bare name the working directory."""
    folder, name = split(fname)
    return bundle_of(file_area) if name and not folder else folder


@chapter
def filename_dir(file_area: FileArea, fname: String) -> str:
    """The folder of a file name, without a separator at its end; for a bare name the working directory."""
    folder, name = split(fname)
    return bundle_of(file_area).rstrip("/") or "/" if name and not folder else folder[:-1]


@chapter
def filename_drive(fname: String) -> str:
    """The drive at the start of a file name, such as `C:`; `""` when there is none."""
    return fname[:2] if DRIVE.match(fname) else ""


@chapter
def filename_ext(fname: String) -> str:
    """The extension of a file name with its dot, `""` when there is none."""
    name = split(fname)[1]
    return name[name.rfind(".") :] if "." in name else ""


@chapter
def filename_change_ext(fname: String, newext: String) -> str:
    """A file name with another extension, which is given with its dot; `""` takes it off."""
    folder, name = split(fname)
    return folder + (name[: name.rfind(".")] if "." in name else name) + newext
