"""Where the data folders `grammar/` and `stdlib/` are: in a wheel, an editable install or a bare checkout."""

from __future__ import annotations

from pathlib import Path


def data_dir(name: str) -> Path:
    """The folder called `name`; raises FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_data" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"gmlrun's data folder {name!r} is missing; install gmlrun again")


def package_stamp() -> str:
    """Changes whenever the installed package may have: its newest file's time and the number of files."""
    package = Path(__file__).resolve().parent
    files = [*package.rglob("*.py"), *data_dir("grammar").iterdir(), *data_dir("stdlib").iterdir()]
    return f"{len(files)}:{max(path.stat().st_mtime_ns for path in files)}"
