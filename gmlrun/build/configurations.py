"""Macros of configurations: all that a program declares go in, those that hold in its configuration come out.

`#macro Release:NAME …` holds in the configuration Release and in those below it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gmlrun.build.program import Program
    from gmlrun.builtins.table import Table
    from gmlrun.syntax.macros import Macro


def active_macros(macros: Sequence[Macro], program: Program, table: Table) -> dict[str, Macro]:
    """The macros that hold in the program's configuration; the nearest configuration's wins."""
    levels = [*configurations_of(program), ""]
    found = {macro.name: macro for level in reversed(levels) for macro in macros if macro.config == level}
    return {name: settled(macro, found, table) for name, macro in found.items()}


def configurations_of(program: Program) -> list[str]:
    """The program's configuration and those above it, the nearest first."""
    chain: list[str] = []
    config = program.config
    while config and config not in chain:
        chain.append(config)
        config = program.config_parents.get(config, "")
    return chain


def settled(macro: Macro, macros: Mapping[str, Macro], table: Table) -> Macro:
    """A macro that is another name for a builtin means that, also where the builtin's own name is a macro."""
    name = macro.body[0].text if len(macro.body) == 1 else ""
    is_kept = name in macros and (table.function(name) is not None or bool(table.absent(name)))
    return macro._replace(is_final=True) if is_kept else macro
