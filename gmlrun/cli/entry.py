"""One command from its words to its exit code: options are read, the command runs, expected faults become messages.

Exit codes: 0, or what the program ends with; 1 for errors of GML; 2 for wrong usage and unreadable
files; 130 after Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import sys

from gmlrun.cli.messages import Messages
from gmlrun.cli.options import COMMAND_NAMES, OWN_OPTIONS, CommandOptions, quick_options, written_out
from gmlrun.cli.streams import standard_streams
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.lean import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMPLETE = "--complete"
"""The command that the shells' completions call, with the words of the line after `--`."""
EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130


def run(argv: Sequence[str] | None = None) -> int:
    """Runs one command, of the process's own arguments if none are given; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    arguments: list[str] = []
    if "--" in words:
        at = words.index("--")
        words, arguments = words[:at], words[at + 1 :]
    if not words:
        words = ["repl"]
    elif words[0] not in (*COMMAND_NAMES, *OWN_OPTIONS, COMPLETE):
        words = ["run", *words]
    with standard_streams(is_game=words[0] == "run", ends_unheard=words[0] == "net"):
        try:
            return command_line(words, arguments)
        except KeyboardInterrupt:  # before the command has begun
            return EXIT_INTERRUPTED


def command_line(words: list[str], arguments: list[str]) -> int:
    """Runs the command of a line; `arguments` stand behind its `--`."""
    if words[0] == COMPLETE:
        return guarded(lambda: complete(arguments), Messages())
    words = written_out(words)
    options = quick_options(words) or parsed_options(words)
    messages = Messages(getattr(options, "color", "auto"))
    return guarded(lambda: run_command(options, arguments), messages)


def parsed_options(words: list[str]) -> CommandOptions:
    """The options of any command; ends the process after help and for wrong usage."""
    from gmlrun.cli.parser import make_parser

    return make_parser().parse_args(words, CommandOptions())


def run_command(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the command that the options name; its module is imported only now."""
    name = options.command
    gc.disable()  # an import leaves no garbage to look for
    try:
        module = import_module("gmlrun.cli.running" if name == "run" else f"gmlrun.cli.commands.{name}")
    finally:
        gc.enable()
    run: Callable[[CommandOptions, list[str]], int] = module.run
    return run(options, arguments)


def complete(words: list[str]) -> int:
    """Prints what could follow on a command line, for the shells' scripts."""
    from gmlrun.cli.completion import candidates

    for text, meaning in candidates(words):
        print(f"{text}\t{meaning}")
    return 0


def guarded(action: Callable[[], int], messages: Messages) -> int:
    """Runs a command and words what can be expected to go wrong."""
    try:
        return action()
    except SourceErrors as errors:
        for found in errors.errors:
            messages.diagnostic(found)
        return EXIT_ERROR
    except UsageError as error:
        messages.fault(str(error))
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except MemoryError:
        messages.fault("there is not enough memory")
        return EXIT_ERROR
    except BrokenPipeError:
        return EXIT_ERROR
    except OSError as error:
        messages.fault(reason_of(error))
        return EXIT_USAGE
    except Exception as error:
        words = words_of_damage(error)
        if not words and os.environ.get("GMLRUN_FAULTS") == "raise":
            raise
        messages.fault(words or f"internal fault: {type(error).__name__}: {error}; please report it")
        return EXIT_ERROR


def words_of_damage(error: Exception) -> str:
    """The words for an error that a damaged file of gmlrun raised; empty for another error."""
    if not isinstance(error, (EOFError, ValueError)):
        return ""
    from gmlrun.cli.damaged_module import removed

    return removed(error)


def reason_of(error: OSError) -> str:
    """The reason why the system refuses something: a file, a descriptor, room on a disk."""
    if isinstance(error, FileNotFoundError) and is_folder_gone():
        return "the folder that this was started in is gone: change to one that is there"
    name = f"{error.filename}: " if isinstance(error.filename, str) else ""
    return f"{name}{error.strerror or error}"


def is_folder_gone() -> bool:
    """Whether the working folder has been deleted."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False
