"""The options of `run`, one table; a command line that is written plainly is read from it at once.

Importing and filling argparse takes longer than everything else that a start from the cache does, so it
reads only what `quick_options` leaves to it: other commands, help, and all that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

COMMANDS = ("run", "repl", "eval", "check", "show", "doc")
OWN_OPTIONS = ("-h", "--help", "--version")


class Option(NamedTuple):
    """One option; without `metavar` and `choices` it is a switch."""

    name: str
    help: str
    metavar: str = ""
    default: Any = None
    convert: Callable[[str], Any] = str
    """Raises ValueError, whose text says what was expected."""
    choices: tuple[str, ...] = ()
    is_repeated: bool = False
    key: str = ""
    """What the value is called, where it is not the name."""

    @property
    def destination(self) -> str:
        return self.key or self.name.removeprefix("--").replace("-", "_")

    @property
    def is_switch(self) -> bool:
        return not (self.metavar or self.choices)


def port_pair(text: str) -> tuple[int, int]:
    """`FROM=TO` as two ports."""
    before, _, after = text.partition("=")
    ports = (int(before), int(after)) if before.isdecimal() and after.isdecimal() else (-1, -1)
    if not all(0 <= port < 65536 for port in ports):
        raise ValueError("expected two ports, as in 6510=7000")
    return ports


def name_and_value(text: str) -> tuple[str, str]:
    """`NAME=VALUE`."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise ValueError("expected a name and its value, as in os_type=os_windows")
    return name, value


def whole_number(text: str) -> int:
    """A number of at least 0."""
    if not text.isdecimal():
        raise ValueError("expected a whole number of at least 0")
    return int(text)


def seed(text: str) -> int:
    """Any whole number."""
    if not text.removeprefix("-").isdecimal():
        raise ValueError("expected a whole number")
    return int(text)


def rate(text: str) -> float:
    """A number above 0."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.0 < value < 1e6:
        raise ValueError("expected a number above 0")
    return value


def trace_target(text: str) -> str | None:
    """The file of `--trace-net=FILE.pcapng`; None for `--trace-net` alone."""
    if text and not text.endswith(".pcapng"):
        raise ValueError("expected a file that ends in .pcapng")
    return text or None


RUN_OPTIONS: tuple[Option, ...] = (
    Option("--bind", "where servers listen, and UDP sockets (default: every address)", "ADDRESS", "0.0.0.0"),
    Option("--map-port", "listen on TO where the program says FROM; 0 takes a free port", "FROM=TO",
           convert=port_pair, is_repeated=True),
    Option("--room", "the room that a project starts in (default: its first)", "NAME", ""),
    Option("--spawn", "make an instance of OBJECT after the room has started", "OBJECT[,X,Y]", ""),
    Option("--config", "the project's configuration whose macros hold", "NAME", "Default"),
    Option("--set", "what the program is told of the machine, e.g. os_type=os_windows", "NAME=VALUE",
           convert=name_and_value, is_repeated=True),
    Option("--exec", "run CODE first, e.g. global.port = 7000", "CODE", "", key="execute"),
    Option("--dialogs", "what show_message and its kin do", default="default", choices=("default", "stdin", "fail")),
    Option("--on-error", "after an unhandled error", default="exit", choices=("exit", "continue")),
    Option("--headless", "calls of drawing, audio and input", default="warn", choices=("error", "warn", "ignore")),
    Option("--seed", "the random seed to start with", "N", 0, seed),
    Option("--exit-at-frame", "end after N frames", "N", convert=whole_number),
    Option("--fps", "frames a second, whatever the program says", "N", convert=rate),
    Option("--frame-async", "deliver network events at the start of frames, as GameMaker does"),
    Option("--max-sockets", "how many sockets may be open (GameMaker: 1024)", "N", convert=whole_number),
    Option("--send-queue", "how much may wait for one slow receiver (default 16)", "MIB", 16, whole_number),
    Option("--tls-cert", "the certificate (PEM) of servers of network_socket_wss", "FILE"),
    Option("--tls-key", "its private key (PEM), when it is in a file of its own", "FILE"),
    Option("--trace-net", "print each network event and packet; =FILE.pcapng writes a capture", "FILE.pcapng",
           convert=trace_target, is_repeated=True),
    Option("--save-dir", "where the program's files are saved", "FOLDER"),
    Option("--no-cache", "compile afresh"),
)  # fmt: skip
BY_NAME = {option.name: option for option in RUN_OPTIONS}


def defaults() -> dict[str, Any]:
    """What the options are when they are not given."""
    usual: dict[str, Any] = {}
    for option in RUN_OPTIONS:
        usual[option.destination] = [] if option.is_repeated else False if option.is_switch else option.default
    return usual


def quick_options(words: Sequence[str]) -> SimpleNamespace | None:
    """The options of a `run` that is written plainly and without a fault; None for anything else."""
    if words[0] != "run":
        return None
    found: dict[str, Any] = {"command": "run", "paths": [], **defaults()}
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-"):
            found["paths"].append(word)
        elif not take_option(found, word, rest):
            return None
    return SimpleNamespace(**found) if found["paths"] else None


def take_option(found: dict[str, Any], word: str, rest: Any) -> bool:
    """Stores an option's value; False when it is not plain."""
    name, equals, text = word.partition("=")
    option = BY_NAME.get(name)
    if option is None or (option.is_switch and equals):
        return False
    if option.is_switch:
        found[option.destination] = True
        return True
    if not equals:
        text = next(rest, "-")
        if text.startswith("-"):
            return False
    try:
        value = option.convert(text)
    except ValueError:
        return False
    if option.choices and text not in option.choices:
        return False
    if option.is_repeated:
        found[option.destination].append(value)
    else:
        found[option.destination] = value
    return True
