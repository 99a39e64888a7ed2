"""The whole command line as argparse reads it: for help, for all commands, and for what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from gmlrun import __version__
from gmlrun.cli.options import RUN_OPTIONS, Option
from gmlrun.errors import nearest, print_error

EXIT_USAGE = 2

DESCRIPTION = """Runs GML, the language of GameMaker, without GameMaker.

  gmlrun server.gml           run a program (short for gmlrun run server.gml)
  gmlrun Game.yyp             run a GameMaker project
  gmlrun eval '1 + 1'         print the value of an expression
  gmlrun check server.gml     report every error without running"""


class Parser(argparse.ArgumentParser):
    """argparse with our exit code and a guess for a misspelt option, which is never taken for another one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "allow_abbrev": False})

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
    run.add_argument("paths", nargs="+", metavar="FILE", help="a project, or a program and further .gml files")
    add_run_options(run)


def add_run_options(run: argparse.ArgumentParser) -> None:
    """The options of the table."""
    for option in RUN_OPTIONS:
        if option.is_switch:
            run.add_argument(option.name, dest=option.destination, action="store_true", help=option.help)
            continue
        run.add_argument(
            option.name,
            dest=option.destination,
            action="append" if option.is_repeated else "store",
            default=[] if option.is_repeated else option.default,
            metavar=option.metavar or None,
            choices=option.choices or None,
            type=converter(option),
            help=option.help,
        )


def converter(option: Option) -> Callable[[str], Any]:
    """An option's conversion with argparse's own error."""

    def convert(text: str) -> Any:
        try:
            return option.convert(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{error}, not {text}") from None

    return convert


def add_repl(commands: Any) -> None:
    found = commands.add_parser(
        "repl", help="type GML while the program runs", epilog="example: gmlrun repl server.gml --bind 127.0.0.1"
    )
    found.add_argument("paths", nargs="*", metavar="FILE", help="a program that runs in the session")
    add_run_options(found)


def add_eval(commands: Any) -> None:
    found = commands.add_parser(
        "eval",
        help="run CODE; print the value of a final expression",
        epilog="example: gmlrun eval 'string_upper(\"gml\")'",
    )
    found.add_argument("code", metavar="CODE")


def add_check(commands: Any) -> None:
    found = commands.add_parser(
        "check",
        help="report every error and warning without running",
        epilog="example: gmlrun check server.gml --format json",
    )
    found.add_argument("paths", nargs="+", metavar="FILE")
    found.add_argument("--format", choices=["text", "json"], default="text")
    found.add_argument("--config", default="Default", metavar="NAME", help="the project's configuration")


def add_show(commands: Any) -> None:
    found = commands.add_parser(
        "show", help="show what gmlrun makes of a file", epilog="example: gmlrun show --python server.gml"
    )
    kind = found.add_mutually_exclusive_group(required=True)
    kind.add_argument("--ast", action="store_true", help="the syntax tree")
    kind.add_argument("--python", action="store_true", help="the Python code")
    found.add_argument("path", metavar="FILE")


def add_doc(commands: Any) -> None:
    found = commands.add_parser(
        "doc", help="signature and description of a builtin", epilog="example: gmlrun doc buffer_write"
    )
    found.add_argument("name", metavar="NAME")
