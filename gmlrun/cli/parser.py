"""The whole command line as argparse reads it: for help, for all commands, and for what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn

from gmlrun import __version__
from gmlrun.cli.net_options import TOOLS
from gmlrun.cli.options import COMMANDS, Command, Option, Topic
from gmlrun.diagnostics import print_error
from gmlrun.suggestions import nearest

EXIT_USAGE = 2


class Help(argparse.Action):
    """Prints the help of a command, with the options of the topic that is named, and ends the process."""

    def __call__(self, parser: Any, namespace: Any, values: object, option_string: str | None = None) -> NoReturn:
        print(parser.about(values or ""), end="")
        raise SystemExit(0)


class Parser(argparse.ArgumentParser):
    """argparse with our help, our exit code, and a guess for a misspelt option, which never stands for another."""

    def __init__(self, *args: Any, about: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "allow_abbrev": False, "add_help": False})
        self.about = about
        self.add_argument("-h", "--help", action=Help, nargs="?")
        self.words: list[str] = []
        """The arguments, as they were written."""
        self.given: list[str] = []
        """The long options among them, without values."""

    def parse_known_args(self, args: Any = None, namespace: object = None) -> Any:
        self.words = list(args or ())
        self.given = [word.split("=")[0] for word in args or () if word.startswith("--")]
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        unknown = message.rpartition("unrecognized arguments: ")[2].split(" ")[0].split("=")[0]
        asked = self.asked()
        known = asked.known_options()
        if not unknown.startswith("-"):
            unknown = next((word for word in self.given if word not in known), "")
        others = [name for name in known if name != unknown]
        guess = nearest(unknown, others) if unknown.startswith("-") else ""
        hint = f" (did you mean {guess}?)" if guess else f"; {asked.prog} --help tells what there is"
        print_error(f"{self.prog}: {message}{hint}")
        raise SystemExit(EXIT_USAGE)

    def asked(self) -> Parser:
        """The parser of the command, or of its tool, that the arguments name."""
        found = self
        for word in self.words:
            tables = (action.choices for action in found._actions if isinstance(action.choices, dict))
            found = next((table[word] for table in tables if word in table), found)
        return found

    def known_options(self) -> list[str]:
        """The options of this command and of those below it."""
        names = list(self._option_string_actions)
        for action in self._actions:
            if isinstance(action.choices, dict):
                names += [name for below in action.choices.values() for name in below.known_options()]
        return names


def make_parser() -> Parser:
    """The whole command line."""
    parser = Parser(prog="gmlrun", about=lambda topic: general_help())
    parser.add_argument("--version", action="version", version=f"gmlrun {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for command in COMMANDS:
        add_command(commands, command)
    return parser


def add_command(commands: Any, command: Command) -> None:
    """One command with its options and the words that it takes."""
    made = commands.add_parser(command.name, about=partial(command_help, command))
    if command.has_tools:
        tools = made.add_subparsers(dest=command.key, metavar=command.metavar, parser_class=Parser, required=True)
        for tool in TOOLS:
            add_command(tools, tool)
        return
    group = made.add_mutually_exclusive_group(required=True) if command.needs_one else made
    for option in command.options:
        add_option(group, option)
    if not command.key:
        return
    many = "*" if command.many == "words" else command.many
    made.add_argument(command.key, metavar=command.metavar, nargs=many or None, choices=command.choices or None)


def add_option(group: Any, option: Option) -> None:
    if option.is_switch:
        group.add_argument(option.name, dest=option.destination, action="store_true")
        return
    group.add_argument(
        option.name,
        dest=option.destination,
        action="append" if option.is_repeated else "store",
        default=[] if option.is_repeated else option.default,
        metavar=option.metavar or None,
        choices=option.choices or None,
        type=converter(option),
    )


def converter(option: Option) -> Callable[[str], Any]:
    """An option's conversion with argparse's own error."""

    def convert(text: str) -> object:
        try:
            return option.convert(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{error}, not {text}") from None

    return convert


# ------------------------------------------------------------------------ help


def general_help() -> str:
    """The text of `gmlrun --help`."""
    commands = [(f"{command.name} {command.metavar}", command.help) for command in COMMANDS]
    return f"""gmlrun runs GML, the language of GameMaker, without GameMaker.

usage: gmlrun FILE [OPTIONS] [-- ARG...]   run a program
       gmlrun                              open a prompt
       gmlrun COMMAND ...

commands:
{columns(commands)}

gmlrun COMMAND --help lists the options; gmlrun run --help those of a run.

example: gmlrun server.gml --bind 127.0.0.1
"""


def command_help(command: Command, wanted: str = "") -> str:
    """The text of `gmlrun COMMAND --help [TOPIC]`: it fits a screen of 80 columns and 40 lines."""
    name = command.metavar
    endings = {"+": f" {name}...", "*": f" [{name}...]", "?": f" [{name}]", "": f" {name}" if name else ""}
    words = endings.get(command.many, f" {name}")
    usage = f"usage: gmlrun {command.spelling}{words}{' [OPTIONS]' if command.options or command.has_tools else ''}"
    rest = " [-- ARG...]" if command.name in ("run", "repl") else ""
    shown = [topic for topic in command.topics if topic.name == wanted] or list(command.topics[:1])
    options = columns([(option.spelling, option.help) for topic in shown for option in topic.options])
    if command.choices:
        options = columns([(command.metavar, ", ".join(command.choices))])
    if command.has_tools:
        tools = columns([(f"{tool.name} {tool.metavar}", tool.help) for tool in TOOLS])
        options = f"{tools}\n\ngmlrun {command.name} TOOL --help lists the options of a tool."
    examples = "\n".join(f"example: {example}" for example in command.examples)
    about = shown[0].help if shown and shown[0].name == wanted else command.help
    parts = (f"{usage}{rest}", about, options, other_topics(command, shown), examples)
    return "\n\n".join(part for part in parts if part) + "\n"


def other_topics(command: Command, shown: Sequence[Topic]) -> str:
    """How to see the options that help does not show."""
    others = [topic for topic in command.topics if topic not in shown]
    if not others:
        return ""
    rows = columns([(f"--help {topic.name}", topic.help) for topic in others])
    return f"more options: gmlrun {command.name}\n{rows}"


def columns(rows: Sequence[tuple[str, str]]) -> str:
    """Rows of a name and its meaning."""
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(f"  {name:<{width}}  {meaning}" for name, meaning in rows)
