"""`gmlrun eval`: a piece of code goes in, is run in a game of its own, and its value comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from gmlrun.build.front_end import FrontEnd
from gmlrun.build.pipeline import build
from gmlrun.build.program import Part, Program
from gmlrun.builtins.table import Table
from gmlrun.diagnostics import Report
from gmlrun.errors import GameEnd
from gmlrun.game import Game
from gmlrun.project.model import Loaded
from gmlrun.runtime import Runtime
from gmlrun.source import Source

if TYPE_CHECKING:
    from gmlrun.syntax import nodes


class Evaluation(NamedTuple):
    """How a piece of code ended; `has_value` tells whether it ended in an expression."""

    value: Any = None
    has_value: bool = False
    exit_code: int = 0


def evaluate(code: str, rt: Runtime, on_report: Callable[[Report], None] = lambda report: None) -> Evaluation:
    """Runs a piece of code in a game of its own; raises SourceErrors."""
    from gmlrun.engine.loop import Loop

    part = Part(Source("<eval>", code), "gml_Object_eval_Create_0", owner="eval", value=True)
    loaded = Loaded(Program([part], optimise=rt.settings.optimise), "eval")
    table = Table()
    front = FrontEnd(loaded.program, table)
    built = build(loaded, table, front=front)
    game = Game(built, loaded, rt, on_report)
    namespaces = game.linker.link(built.all_units)
    instance = game.world.create(game.world.define_object("eval"))
    game.linker.connect()
    unit = built.units[0]
    if not unit.init:
        return Evaluation()
    try:
        value = namespaces[0][unit.init](instance, instance)
    except GameEnd as end:
        return Evaluation(exit_code=end.code)
    except Exception as error:
        game.report(error)
        return Evaluation(exit_code=1)
    ending = rt.service(Loop).ending
    return Evaluation(value, ends_in_expression(front.trees[0][1])) if ending is None else Evaluation(exit_code=ending)


def ends_in_expression(tree: nodes.Program) -> bool:
    """Whether the last statement of a piece of code is an expression with a value."""
    from gmlrun.syntax import nodes

    last = tree.body[-1] if tree.body else None
    if not isinstance(last, nodes.ExpressionStatement):
        return False
    return not (isinstance(last.value, nodes.Function) and last.value.name is not None)
