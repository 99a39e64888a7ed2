"""Where gmlrun's folders are: `grammar/` and `stdlib/`, in a wheel, an editable install or a bare checkout; its cache.

Paths are texts here and in all that every start goes through: `pathlib` alone is a tenth of a start.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.realpath(__file__))


WITHOUT_EFFECT = frozenset(
    ("__pycache__", "_data", "cli", "engine", "net", "project", "repl", "sandbox", "service", "space", "workbench")
)
"""Folders whose files do not change what a program compiles to."""


def data_dir(name: str) -> str:
    """The folder called `name`; raises FileNotFoundError when the installation is incomplete."""
    for folder in (os.path.join(PACKAGE, "_data", name), os.path.join(os.path.dirname(PACKAGE), name)):
        if os.path.isdir(folder):
            return folder
    raise FileNotFoundError(f"gmlrun's data folder {name!r} is missing; install gmlrun again")


def user_folder(variable: str, usual: str, on_mac: str = "~/Library/Application Support") -> str:
    """A folder of the user's for gmlrun: below what a variable of the XDG names, or in the system's usual place."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = on_mac
    else:
        base = os.environ.get(variable) or usual
    return os.path.join(os.path.expanduser(base), "gmlrun")


def cache_folder() -> str:
    """The user's cache folder for gmlrun: `$XDG_CACHE_HOME/gmlrun`, or the system's equivalent."""
    return user_folder("XDG_CACHE_HOME", "~/.cache", "~/Library/Caches")


def package_stamp() -> str:
    """Changes whenever the part of the package that compiles may have: its newest file's time, how many files."""
    folders = (PACKAGE, data_dir("grammar"), data_dir("stdlib"))
    times = [time for folder in folders for time in times_of_files(folder)]
    return f"{len(times)}:{max(times)}"


def times_of_files(folder: str) -> Iterator[int]:
    """When each file of a folder and the folders in it was changed, in nanoseconds."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.stat().st_mtime_ns
            elif entry.name not in WITHOUT_EFFECT:
                yield from times_of_files(entry.path)
