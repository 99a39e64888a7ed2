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
