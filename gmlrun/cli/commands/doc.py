"""The command `doc`: a name goes in, its signature and description are printed."""

from __future__ import annotations

from gmlrun.build.stdlib import describe_stdlib
from gmlrun.builtins.table import describe_name, known_names
from gmlrun.errors import UsageError
from gmlrun.runtime import write_stdout
from gmlrun.suggestions import nearest
from gmlrun.testing.functions import NAMES, described

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Prints the description; raises UsageError, with a guess, for a name that nothing has."""
    text = describe_name(options.name) or describe_stdlib(options.name) or describe_test(options.name)
    if not text:
        from gmlrun.embedding.extensions import installed

        text = installed().describe(options.name)
    if not text:
        raise UsageError(f"GameMaker has no {options.name}{guess_of(options.name)}")
    write_stdout(text)
    return 0


def describe_test(name: str) -> str:
    """The text that `gmlrun doc` prints for a function that only tests have."""
    if not name.startswith("test_"):
        return ""
    return described(name)


def guess_of(name: str) -> str:
    """The end of a message that proposes a name of the library; empty where none is similar."""
    names: Iterable[str] = known_names()
    if name.startswith("test_"):
        names = [*names, *NAMES]
    guess = nearest(name, names)
    return f": did you mean {guess}?" if guess else ""
