"""A program on disk: paths go in, everything that there is to compile and to build a world of comes out."""

from __future__ import annotations

import os

from gmlrun.errors import UsageError
from gmlrun.project.files import Reader, reader_of
from gmlrun.project.model import Loaded
from gmlrun.project.single import single_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def load(paths: Sequence[str | os.PathLike[str]], config: str = "Default") -> Loaded:
    """The program that the paths name: `MAIN.gml LIB.gml…`, or one project or folder. Raises UsageError.

    `config` is the configuration of a project whose macros hold.
    """
    names = [os.fspath(path) for path in paths]
    read = project_loader(names[0])
    if read is None:
        return single_file(names, config)
    if len(names) > 1:
        raise UsageError(f"{names[0]} is a whole program: no further files can follow it")
    return read(names[0], config)


def project_loader(path: str) -> Reader | None:
    """Return the reader of a project's path; None for a file of GML."""
    if os.path.isdir(path):
        from gmlrun.project.folder import load_folder

        return load_folder
    if path.lower().endswith(".yyz"):
        from gmlrun.project.archive import load_archive

        return load_archive
    return reader_of(path)
