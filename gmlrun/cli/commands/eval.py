"""The command `eval`: a text of GML goes in, the value of its last expression is printed."""

from __future__ import annotations

from gmlrun.cli.messages import Messages
from gmlrun.evaluation import evaluate
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.text import quoted_whole
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the text, prints its value, and returns its exit code."""
    runtime = Runtime(Settings(arguments=arguments))
    outcome = evaluate(clean(options.code), runtime, Messages(options.color).report)
    if outcome.has_value and outcome.value is not None:
        print(quoted_whole(outcome.value))
    return outcome.exit_code
