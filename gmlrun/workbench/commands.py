"""Lines that begin with a colon: a table of commands and a line go in, one of them runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gmlrun.net.printable import printable

Commands = dict[str, tuple[Callable[[str], None], str]]
"""Commands by name: a function that takes the rest of the line, and a sentence for help."""


def run_command(commands: Commands, line: str, fail: Callable[[str], None]) -> None:
    """Runs the command of a line; `fail` hears of one that there is not."""
    name, _, rest = line[1:].partition(" ")
    found = commands.get(name)
    if found is None:
        fail(f"there is no :{printable(name)}; :help tells what there is")
    else:
        found[0](rest.strip())


def help_lines(commands: Commands) -> Iterator[str]:
    """A line of help for each command."""
    width = max(map(len, commands))
    for name, (_, meaning) in commands.items():
        yield f"  :{name:<{width}}  {meaning}"
