"""The command `run`: its options go in, the exit code of the program comes out."""

from __future__ import annotations

import os

from gmlrun.cli.loading import load_game
from gmlrun.cli.messages import Messages
from gmlrun.cli.options import COMMAND_NAMES
from gmlrun.errors import UsageError
from gmlrun.suggestions import nearest
from gmlrun.testing.names import is_test_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

EXIT_NO_PORT = 98
"""Of a worker that could not listen, as the process that watches it must know."""


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Runs a program."""
    refuse_misspelt_command(options.paths[0])
    hint_at_tests(options.paths[0])
    if options.workers:
        from gmlrun.service.workers import supervise

        code = supervise(options)
        if code is not None:
            return code
    if options.watch:
        from gmlrun.cli import watch

        return watch.MODES[options.watch](options, arguments)
    if options.reload_on_hup:
        from gmlrun.cli.watch import reload_on_hangup

        return reload_on_hangup(options, arguments)
    from gmlrun.cli.serving import run_served

    if options.virtual_time:
        from gmlrun.cli.virtual import run_virtually

        return run_virtually(options, arguments)
    if options.debug is not None:
        from gmlrun.cli.debugger import wait_for_debugger

        options.no_optimise = True  # so that each line is where it stands
        wait_for_debugger(options.debug, Messages(options.color))
    game = load_game(options, arguments)
    if options.profile is not None:
        from gmlrun.cli.profiling import profiled

        return profiled(game, lambda: run_served(game, options), options.profile)
    code = run_served(game, options)
    return EXIT_NO_PORT if options.workers and game.rt.listening is False else code


def refuse_misspelt_command(word: str) -> None:
    """Raises UsageError for what is no file and nearly a command: `gmlrun chekc server.gml`."""
    guess = "" if "." in word or os.path.exists(word) else nearest(word, COMMAND_NAMES)
    if guess:
        raise UsageError(f"there is no file {word}: did you mean gmlrun {guess}?")


def hint_at_tests(path: str) -> None:
    """Tells a user who runs a file of tests as a program how to run the tests."""
    name = os.path.basename(path)
    if is_test_file(name) and os.path.isfile(path):
        with open(path, encoding="utf-8", errors="replace") as file:
            if "function test_" in file.read():
                Messages().fault(f"hint: {name} is a file of tests: gmlrun test {path} runs each of them")
