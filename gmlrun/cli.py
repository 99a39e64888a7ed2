"""The command line: arguments go in, an exit code comes out. Knows nothing of the language.

Exit codes: 0, or what the program ends with; 1 for errors of GML; 2 for wrong usage and unreadable
files; 130 after Ctrl-C.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from gmlrun import __version__
from gmlrun.errors import (
    Diagnostic,
    Report,
    SourceErrors,
    UsageError,
    format_diagnostic,
    format_report,
    nearest,
    print_error,
)

if TYPE_CHECKING:
    from gmlrun.game import Game
    from gmlrun.runtime.context import Settings

EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130

DESCRIPTION = """Runs GML, the language of GameMaker, without GameMaker.

  gmlrun server.gml           run a program (short for gmlrun run server.gml)
  gmlrun eval '1 + 1'         print the value of an expression
  gmlrun check server.gml     report every error without running"""


class Parser(argparse.ArgumentParser):
    """argparse with our exit code and a guess for a misspelt option."""

    def error(self, message: str) -> NoReturn:
        unknown = message.rpartition("unrecognized arguments: ")[2].split(" ")[0].split("=")[0]
        guess = nearest(unknown, self.known_options()) if unknown.startswith("-") else ""
        hint = f" (did you mean {guess}?)" if guess else ""
        print_error(f"{self.prog}: {message}{hint}")
        raise SystemExit(EXIT_USAGE)

    def known_options(self) -> list[str]:
        """The options of this command and of those below it."""
        names = list(self._option_string_actions)
        for action in self._actions:
            if isinstance(action.choices, dict):
                names += [name for below in action.choices.values() for name in below.known_options()]
        return names


def port_pair(text: str) -> tuple[int, int]:
    """`FROM=TO` as two ports."""
    before, _, after = text.partition("=")
    ports = int(before), int(after)
    if not all(0 <= port < 65536 for port in ports):
        raise ValueError
    return ports


def whole_number(text: str) -> int:
    """A number of at least 0."""
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def trace_target(text: str) -> Path | None:
    """The file of `--trace-net=FILE.pcapng`; None for `--trace-net` alone."""
    if text and not text.endswith(".pcapng"):
        raise argparse.ArgumentTypeError(f"{text} does not end in .pcapng")
    return Path(text) if text else None


def make_parser() -> Parser:
    """The whole command line."""
    parser = Parser(prog="gmlrun", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"gmlrun {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    add_run(commands)
    add_repl(commands)
    add_eval(commands)
    add_check(commands)
    add_show(commands)
    add_doc(commands)
    return parser


def add_run(commands: Any) -> None:
    run = commands.add_parser("run", help="run a program", epilog="example: gmlrun run server.gml --bind 127.0.0.1")
    run.add_argument("paths", nargs="+", metavar="FILE", help="the program, then further .gml files with its scripts")
    add_run_options(run)
    run.set_defaults(action=run_command)


def add_run_options(run: argparse.ArgumentParser) -> None:
    """The options of `run`, as the manual page `command-line` describes them."""
    add = run.add_argument
    add(
        "--bind",
        default="0.0.0.0",
        metavar="ADDRESS",
        help="where servers listen, and UDP sockets (default: every address)",
    )
    add(
        "--map-port",
        type=port_pair,
        action="append",
        default=[],
        metavar="FROM=TO",
        help="listen on TO where the program says FROM; 0 takes a free port",
    )
    add("--dialogs", choices=["default", "stdin", "fail"], default="default", help="what show_message and its kin do")
    add("--on-error", choices=["exit", "continue"], default="exit", help="after an unhandled error")
    add("--headless", choices=["error", "warn", "ignore"], default="warn", help="calls of drawing, audio and input")
    add("--exec", dest="execute", default="", metavar="CODE", help="run CODE first, e.g. global.port = 7000")
    add("--room", default="", metavar="NAME", help="the room that a project starts in (default: its first)")
    add("--spawn", default="", metavar="OBJECT[,X,Y]", help="make an instance of OBJECT after the room has started")
    add("--config", default="Default", metavar="NAME", help="the project's configuration whose macros hold")
    add("--seed", type=int, default=0, metavar="N", help="the random seed to start with")
    add("--exit-at-frame", type=whole_number, metavar="N", help="end after N frames")
    add("--fps", type=float, metavar="N", help="frames a second, whatever the program says")
    add("--frame-async", action="store_true", help="deliver network events at the start of frames, as GameMaker does")
    add("--max-sockets", type=whole_number, metavar="N", help="how many sockets may be open (GameMaker: 1024)")
    add("--send-queue", type=whole_number, default=16, metavar="MIB", help="how much may wait for one slow receiver")
    add(
        "--trace-net",
        type=trace_target,
        action="append",
        default=[],
        metavar="FILE.pcapng",
        help="print each network event and packet; --trace-net=FILE.pcapng writes a capture instead",
    )
    add("--save-dir", type=Path, metavar="FOLDER", help="where the program's files are saved")
    add("--no-cache", action="store_true", help="compile afresh")


def add_repl(commands: Any) -> None:
    found = commands.add_parser(
        "repl", help="type GML while the program runs", epilog="example: gmlrun repl server.gml --bind 127.0.0.1"
    )
    found.add_argument("paths", nargs="*", metavar="FILE", help="a program that runs in the session")
    add_run_options(found)
    found.set_defaults(action=repl_command)


def add_eval(commands: Any) -> None:
    found = commands.add_parser(
        "eval",
        help="run CODE; print the value of a final expression",
        epilog="example: gmlrun eval 'string_upper(\"gml\")'",
    )
    found.add_argument("code", metavar="CODE")
    found.set_defaults(action=eval_command)


def add_check(commands: Any) -> None:
    found = commands.add_parser(
        "check",
        help="report every error and warning without running",
        epilog="example: gmlrun check server.gml --format json",
    )
    found.add_argument("paths", nargs="+", metavar="FILE")
    found.add_argument("--format", choices=["text", "json"], default="text")
    found.add_argument("--config", default="Default", metavar="NAME", help="the project's configuration")
    found.set_defaults(action=check_command)


def add_show(commands: Any) -> None:
    found = commands.add_parser(
        "show", help="show what gmlrun makes of a file", epilog="example: gmlrun show --python server.gml"
    )
    kind = found.add_mutually_exclusive_group(required=True)
    kind.add_argument("--ast", action="store_true", help="the syntax tree")
    kind.add_argument("--python", action="store_true", help="the Python code")
    found.add_argument("path", metavar="FILE")
    found.set_defaults(action=show_command)


def add_doc(commands: Any) -> None:
    found = commands.add_parser(
        "doc", help="signature and description of a builtin", epilog="example: gmlrun doc buffer_write"
    )
    found.add_argument("name", metavar="NAME")
    found.set_defaults(action=doc_command)


COMMANDS = ("run", "repl", "eval", "check", "show", "doc")
OWN_OPTIONS = ("-h", "--help", "--version")


# -------------------------------------------------------------------- commands


def settings_of(options: argparse.Namespace, arguments: list[str]) -> Settings:
    """The options of `run` as the game takes them."""
    from gmlrun.runtime.context import Settings

    main = Path(options.paths[0] if options.paths else "session")
    return Settings(
        arguments=arguments,
        program_dir=(main if main.is_dir() else main.parent).resolve(),
        program_name=main.stem,
        save_dir=options.save_dir,
        bind=options.bind,
        map_port=dict(options.map_port),
        dialogs=options.dialogs,
        headless=options.headless,
        frame_async=options.frame_async,
        fps=options.fps,
        max_sockets=options.max_sockets,
        send_queue_limit=options.send_queue * 1024 * 1024,
        trace_net=None in options.trace_net,
        capture=open_capture(options.trace_net),
        on_error=options.on_error,
        exit_at_frame=options.exit_at_frame,
        execute=options.execute,
        room=options.room,
        spawn=options.spawn,
        config=options.config,
    )


def open_capture(targets: list[Path | None]) -> BinaryIO | None:
    """The last file that `--trace-net` names, unbuffered: what a killed game has captured is there."""
    path = next((target for target in reversed(targets) if target is not None), None)
    if path is None:
        return None
    try:
        file = path.open("wb", buffering=0)
    except OSError as error:
        raise UsageError(f"cannot write the capture {path}: {error.strerror}") from None
    atexit.register(file.close)
    return file


def run_command(options: argparse.Namespace, arguments: list[str]) -> int:
    from gmlrun.cache import Cache
    from gmlrun.game import Game

    game = Game.load(
        options.paths,
        settings_of(options, arguments),
        cache=None if options.no_cache else Cache(),
        on_warning=show_diagnostic,
        on_report=show_report,
        seed=options.seed,
    )
    end_on_sigterm(game)
    return game.run()


def repl_command(options: argparse.Namespace, arguments: list[str]) -> int:
    from gmlrun.repl import open_session

    return open_session([Path(path) for path in options.paths], settings_of(options, arguments), options.seed)


def end_on_sigterm(game: Game) -> None:
    """SIGTERM ends the game in good order; a second one ends the process at once."""

    def handle(number: int, frame: Any) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        game.request_end(0)

    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGTERM, handle)


def eval_command(options: argparse.Namespace, arguments: list[str]) -> int:
    from gmlrun.game import evaluate
    from gmlrun.runtime.context import Runtime, Settings
    from gmlrun.runtime.text import quoted_whole

    runtime = Runtime(Settings(arguments=arguments))
    outcome = evaluate(options.code, runtime, show_report)
    if outcome.has_value and outcome.value is not None:
        print(quoted_whole(outcome.value))
    return outcome.exit_code


def check_command(options: argparse.Namespace, arguments: list[str]) -> int:
    from gmlrun.game import check

    findings = check(options.paths, options.config)
    for found in findings:
        print(json_line(found) if options.format == "json" else format_diagnostic(found))
    return EXIT_ERROR if any(found.severity == "error" for found in findings) else 0


def json_line(found: Diagnostic) -> str:
    """A finding as one line of JSON."""
    import json

    place = found.place
    facts = {"file": place.file, "line": place.line, "column": place.column, "severity": found.severity}
    return json.dumps({**facts, "code": found.code, "message": found.message, "hint": found.hint}, ensure_ascii=False)


def show_command(options: argparse.Namespace, arguments: list[str]) -> int:
    from gmlrun.game import show_python, show_tree

    print((show_tree if options.ast else show_python)(options.path))
    return 0


def doc_command(options: argparse.Namespace, arguments: list[str]) -> int:
    from gmlrun.builtins.table import describe_name

    text = describe_name(options.name)
    if text is None:
        raise UsageError(f"GameMaker has no {options.name}{guess_of(options.name)}")
    print(text)
    return 0


def guess_of(name: str) -> str:
    from gmlrun.builtins.table import known_names

    guess = nearest(name, known_names())
    return f": did you mean {guess}?" if guess else ""


# --------------------------------------------------------------------- showing


def show_diagnostic(found: Diagnostic) -> None:
    print_error(format_diagnostic(found))


def show_report(report: Report) -> None:
    print_error(format_report(report))


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; every expected fault ends in a message and an exit code, never in a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    arguments: list[str] = []
    if "--" in words:
        at = words.index("--")
        words, arguments = words[:at], words[at + 1 :]
    if not words:
        words = ["repl"]
    elif words[0] not in (*COMMANDS, *OWN_OPTIONS):
        words.insert(0, "run")
    words = [f"{word}=" if word == "--trace-net" else word for word in words]
    options = make_parser().parse_args(words)
    action: Callable[[argparse.Namespace, list[str]], int] = options.action
    return guarded(lambda: action(options, arguments))


def guarded(action: Callable[[], int]) -> int:
    """Runs a command and words what can be expected to go wrong."""
    try:
        code = action()
        sys.stdout.flush()
        return code
    except SourceErrors as errors:
        for found in errors.diagnostics:
            show_diagnostic(found)
        return EXIT_ERROR
    except UsageError as error:
        print_error(f"gmlrun: {error}")
        return EXIT_USAGE
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_ERROR
