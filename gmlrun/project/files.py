"""Project files by the ending of their names, each with what reads it; a reader is imported when it is used."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from gmlrun.project.model import Loaded


Reader: TypeAlias = "Callable[[str, str], Loaded]"
"""Takes the path of a project and the configuration whose macros hold; raises UsageError."""


PROJECT_FILES = (".yyp", ".project.gmx")
"""How the names of projects end that lie in a folder of their own."""


def reader_of(path: str) -> Reader | None:
    """Return the reader of a project file; None for a file of another kind."""
    name = path.lower()
    if name.endswith(".yyp"):
        from gmlrun.project.generations import load_yyp

        return load_yyp
    if name.endswith(".gmx"):
        from gmlrun.project.gmx import load_gmx

        return load_gmx
    return None
