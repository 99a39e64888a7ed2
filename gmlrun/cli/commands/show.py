"""The command `show`: a file goes in, its tree or the Python code of it is printed."""

from __future__ import annotations

from gmlrun.build.checking import show_python, show_tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Prints the tree of the file with `--ast`, or else its Python code."""
    print((show_tree if options.ast else show_python)(options.path))
    return 0
