"""The commands and their options, one table; a command of files that is written plainly is read from it at once.

Importing and filling argparse takes longer than everything else that a start from the cache does, so it
reads only what `quick_options` leaves to it: other commands, help, and all that is wrong. Help, completion
and the manual's test read the table too.
"""

from __future__ import annotations

from gmlrun.cli.option_values import (
    address,
    at_least_one,
    bad_line,
    click,
    folder,
    folders,
    host_pair,
    hosts,
    name_and_value,
    names,
    origin,
    port,
    port_pair,
    ports,
    press,
    rate,
    seconds,
    seed,
    trace_target,
    typing,
    whole_number,
)
from gmlrun.lean import NamedTuple, SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any


class CommandOptions(SimpleNamespace):
    """The options of one command, by their names: attributes of whatever type the option's row converts to."""


OWN_OPTIONS = ("-h", "--help", "--version")


class Option(NamedTuple):
    """One option; without `metavar` and `choices` it is a switch."""

    name: str
    help: str
    metavar: str = ""
    default: object = None
    convert: Callable[[str], object] = str
    """Raises ValueError, whose text says what was expected."""
    choices: tuple[str, ...] = ()
    is_repeated: bool = False
    key: str = ""
    """The name of the value, where it is not that of the option."""
    alone: str | None = None
    """The value of the option without one; then a value follows only after `=`."""

    @property
    def destination(self) -> str:
        return self.key or self.name.removeprefix("--").replace("-", "_")

    @property
    def is_switch(self) -> bool:
        return not (self.metavar or self.choices)

    @property
    def spelling(self) -> str:
        """How help writes it: `--seed N`, `--watch[=reload]`."""
        value = self.metavar or "|".join(self.choices)
        return self.name if not value else f"{self.name} {value}" if self.alone is None else f"{self.name}[={value}]"


class Topic(NamedTuple):
    """Options that are about one thing, and what it is."""

    name: str
    help: str
    options: tuple[Option, ...]


class Command(NamedTuple):
    """One command. `key` is what its words that are no options are called.

    `many` is how many of them: one, `?`, `+`, `*` or `words`, which are as the metavar says, and which the command
    itself counts.
    """

    name: str
    help: str
    metavar: str = ""
    """Empty where no words follow."""
    key: str = ""
    many: str = ""
    topics: tuple[Topic, ...] = ()
    examples: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """The words that can be, where only these can."""
    needs_one: bool = False
    """Whether exactly one of its options must be there."""
    above: str = ""
    """The command that it is a tool of."""
    has_tools: bool = False
    """Whether its first word names one of the tools that `net_options` lists."""

    @property
    def spelling(self) -> str:
        """How it is called: `check`, `net connect`."""
        return f"{self.above} {self.name}".strip()

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(option for topic in self.topics for option in topic.options)


COLOR = Option(
    "--color", "colours in errors (default: on a terminal)", default="auto", choices=("auto", "always", "never")
)
CONFIG = Option("--config", "the project's configuration whose macros hold", "NAME", "Default")
RUN_TOPICS: tuple[Topic, ...] = (
    Topic("program", "what runs, and how", (
        Option("--room", "the room to start in (default: the first)", "NAME", ""),
        Option("--spawn", "make an instance once the room has started", "OBJECT[,X,Y]", ""),
        CONFIG,
        Option("--set", "facts of the machine, e.g. os_type=os_windows", "NAME=VALUE",
               convert=name_and_value, is_repeated=True),
        Option("--exec", "run CODE first, e.g. global.port = 7000", "CODE", "", key="execute"),
        Option("--seed", "the random seed to start with", "N", 0, seed),
        Option("--fps", "frames a second, whatever the program says", "N", convert=rate),
        Option("--exit-at-frame", "end after N frames", "N", convert=whole_number),
        Option("--on-error", "after an unhandled error", default="exit", choices=("exit", "continue")),
        Option("--dialogs", "what show_message and its kin do", default="default",
               choices=("default", "stdin", "fail")),
        Option("--extension", "Python code of a project's extension", "NAME=MODULE",
               convert=name_and_value, is_repeated=True),
        Option("--headless", "calls of drawing, audio and input", default="warn", choices=("error", "warn", "ignore")),
        COLOR,
    )),
    Topic("input", "keys and clicks, for a menu before the server", (
        Option("--press", "press a key, e.g. enter or vk_f1@60", "KEY[@FRAME]",
               convert=press, is_repeated=True, key="input"),
        Option("--type", "type a text, a character a frame", "TEXT[@FRAME]",
               convert=typing, is_repeated=True, key="input"),
        Option("--click", "click an instance, once it is there, or a point", "OBJECT|X,Y[@FRAME]",
               convert=click, is_repeated=True, key="input"),
        Option("--draw-events", "run Draw events, although nothing is drawn"),
    )),
    Topic("network", "where servers listen and clients connect, TLS, traces", (
        Option("--bind", "where servers listen (default: everywhere)", "ADDRESS", ""),
        Option("--map-port", "use port TO, not FROM; 0 is any free port", "FROM=TO",
               convert=port_pair, is_repeated=True),
        Option("--map-host", "connect to host TO, not FROM", "FROM=TO", convert=host_pair, is_repeated=True),
        Option("--ws-origin", "a web page that may connect: https://a.org", "ORIGIN", convert=origin, is_repeated=True),
        Option("--tls-cert", "the certificate of servers of wss (PEM)", "FILE"),
        Option("--tls-key", "its private key (PEM), if it is in another file", "FILE"),
        Option("--trace-net", "print network events, or write a capture", "FILE.pcapng",
               convert=trace_target, is_repeated=True, alone=""),
        Option("--net", "servers on a bad line: latency=80,loss=0.1", "CONDITIONS", convert=bad_line),
        Option("--frame-async", "network events at frame starts, as in GameMaker"),
    )),
    Topic("limits", "what a program and its clients may take", (
        Option("--event-timeout", "end an event that runs longer, as an error", "SECONDS", convert=rate),
        Option("--idle-timeout", "disconnect clients that send nothing", "SECONDS", convert=rate),
        Option("--max-per-address", "how many clients one address may have", "N", convert=at_least_one),
        Option("--max-sockets", "how many sockets may be open at once", "N", convert=whole_number),
        Option("--send-queue", "what may wait for a slow receiver (default: 16)", "MIB", 16, whole_number),
        Option("--max-unpack", "what data may unpack to (default: 64)", "MIB", 64, at_least_one),
        Option("--max-instances", "how many instances may be there at once", "N", convert=at_least_one),
        Option("--max-handles", "how many data structures, buffers and timers", "N", convert=at_least_one),
        Option("--max-output", "the characters that one event may print", "N", convert=at_least_one),
        Option("--max-memory", "the memory that the process may take", "MIB", convert=at_least_one),
    )),
    Topic("files", "where programs read and save", (
        Option("--data-dir", "where its own files are read", "FOLDER", convert=folder),
        Option("--save-dir", "where the program's files are saved", "FOLDER"),
    )),
    Topic("permissions", "what a program may reach, beside what GameMaker gives it", (
        Option("--sandbox", "computing only, and what the options below allow"),
        Option("--deny-net", "no network, but for what the options below allow"),
        Option("--allow-net", "connect to these alone, or to all", "HOST:PORT,...", convert=hosts, alone=""),
        Option("--allow-listen", "listen on these ports alone, or on all", "PORT,...", convert=ports, alone=""),
        Option("--allow-http", "HTTP to these alone, or to all", "HOST,...", convert=hosts, alone=""),
        Option("--allow-read", "read these folders alone, or the game's", "FOLDER,...",
               convert=folders, alone=""),
        Option("--allow-write", "write to the save area"),
        Option("--allow-env", "read these environment variables alone", "NAME,...",
               convert=names, alone=""),
    )),
    Topic("service", "a server that runs for long: status, logs, its end", (
        Option("--control", "where the control socket is", "PATH"),
        Option("--no-control", "no control socket, for gmlrun attach and stop"),
        Option("--status", "health, metrics and a page about the server", "[ADDRESS:]PORT", convert=address),
        Option("--status-token", "whose first line must be sent to see it", "FILE"),
        Option("--log-format", "a line for all that is said, with time and level", choices=("text", "json")),
        Option("--log-file", "write it there, not to the terminal", "FILE"),
        Option("--log-size", "when that file begins anew (default: 10)", "MIB", 10, at_least_one),
        Option("--workers", "how many processes share the ports", "N", convert=at_least_one),
        Option("--redis", "carries gmlrun_bus_publish to other servers", "URL"),
        Option("--agones", "tell Agones how the server is"),
        Option("--drain-timeout", "at SIGTERM, wait for clients to leave", "SECONDS", convert=seconds),
    )),
    Topic("development", "reloading, debugger, profiler, looking into gmlrun", (
        Option("--debug", "wait for a debugger (default: port 5678)", "PORT", convert=port, alone="5678"),
        Option("--record", "keep what comes from outside, for gmlrun replay", "FILE"),
        Option("--virtual-time", "a clock that jumps, and a network of its own"),
        Option("--profile", "print hot functions and lines; stacks into FILE", "FILE", alone=""),
        Option("--watch", "run again, or replace code, at each change", default="",
               choices=("rerun", "reload"), alone="rerun"),
        Option("--reload-on-hup", "replace code when SIGHUP comes"),
        Option("--diagnose", "tell of the classic mistakes of servers"),
        Option("--leaks", "tell of maps, lists and buffers that pile up"),
        Option("--no-cache", "compile afresh"),
        Option("--no-optimise", "compile without inline forms"),
        Option("--internal-tracebacks", "log the whole traceback of faults of gmlrun"),
    )),
)  # fmt: skip
"""The options of `run`. Help shows the first topic, and names the others."""
RUN_OPTIONS = tuple(option for topic in RUN_TOPICS for option in topic.options)
NOT_AT_THE_PROMPT = {"--record", "--virtual-time", "--debug", "--profile",
                     "--watch", "--reload-on-hup", "--no-optimise"}  # fmt: skip
REPL_TOPICS = tuple(
    topic._replace(options=tuple(option for option in topic.options if option.name not in NOT_AT_THE_PROMPT))
    for topic in RUN_TOPICS
    if topic.name != "service"
)
CHECK_OPTIONS = (
    Option("--format", "lines for people, or an object a line", default="text", choices=("text", "json")),
    Option("--strict", "exit with 1 for a warning, too"),
    CONFIG,
    COLOR,
)
TEST_OPTIONS = (
    Option("--filter", "tests whose name has TEXT, or fits /REGEX/", "TEXT", ""),
    Option("--fail-fast", "stop at the first test that fails"),
    Option("--jobs", "processes (default: 0, one a processor)", "N", 0, whole_number),
    Option("--timeout", "real time that a test may take (default: 10)", "SECONDS", 10.0, seconds),
    Option("--seed", "of chance, of the network and of --shuffle", "N", convert=seed),
    Option("--shuffle", "in a random order"),
    Option("--real-network", "over real sockets on free ports, in real time"),
    Option("--room", "where a project of another framework starts", "NAME", ""),
    Option("--junit", "write a report as JUnit's XML", "FILE"),
    Option("--coverage", "report which lines have run", choices=("text", "html", "lcov", "xml"), alone="text"),
    Option("--tap", "print the Test Anything Protocol"),
    Option("--list", "print the tests, run none"),
    Option("--watch", "run again after each change of a file"),
    Option("--verbose", "a line for each test, in a pipe too"),
    Option("--no-cache", "compile afresh"),
    COLOR,
)
NEW_OPTIONS = (
    Option("--server", "a server and its test (this is the default)"),
    Option("--project", "a folder laid out like a project"),
    Option("--test", "scripts and their test"),
)
SHOW_OPTIONS = (Option("--ast", "the syntax tree"), Option("--python", "the Python code"))
STOP_OPTIONS = (
    Option("--drain-timeout", "how long clients have (default: 30)", "SECONDS", convert=seconds),
    Option("--now", "do not wait for clients"),
)


def plain(options: tuple[Option, ...]) -> tuple[Topic, ...]:
    """The options of a command that are few enough for one topic."""
    return (Topic("all", "all options", options),)


SHELLS = ("bash", "zsh", "fish")

COMMANDS: tuple[Command, ...] = (
    Command("run", "run a program or a project", "FILE", "paths", "+", RUN_TOPICS,
            ("gmlrun server.gml --bind 127.0.0.1", "gmlrun MyGame.yyp --room rm_server -- --verbose")),
    Command("repl", "type GML while a program runs", "FILE", "paths", "*", REPL_TOPICS,
            ("gmlrun repl server.gml",)),
    Command("eval", "run CODE; print the value of a final expression", "CODE", "code", topics=plain((COLOR,)),
            examples=("gmlrun eval 'string_upper(\"gml\")'",)),
    Command("check", "report every error and warning without running", "FILE", "paths", "+", plain(CHECK_OPTIONS),
            ("gmlrun check server.gml --format json", "gmlrun check --strict - < server.gml")),
    Command("doctor", "tell how to start a project's server", "PROJECT", "path", topics=plain((CONFIG, COLOR)),
            examples=("gmlrun doctor MyGame.yyp",)),
    Command("test", "run the tests in test_*.gml and *_test.gml", "PATH", "paths", "*", plain(TEST_OPTIONS),
            ("gmlrun test", "gmlrun test tests/test_lobby.gml --filter join")),
    Command("replay", "run again what gmlrun run --record has kept", "FILE", "path",
            examples=("gmlrun replay crash.gmlrec",)),
    Command("new", "make a folder with a program, its test and a CI file", "NAME", "name", topics=plain(NEW_OPTIONS),
            examples=("gmlrun new my_server",)),
    Command("show", "show what gmlrun makes of a file", "FILE", "path", topics=plain(SHOW_OPTIONS), needs_one=True,
            examples=("gmlrun show --python server.gml",)),
    Command("doc", "signature and description of a builtin", "NAME", "name", examples=("gmlrun doc buffer_write",)),
    Command("ps", "list the servers that run, with ports, clients and uptime", examples=("gmlrun ps",)),
    Command("attach", "open the prompt inside a server (by name, process or path)", "NAME", "server", "?",
            examples=("gmlrun attach lobby", "gmlrun attach /run/lobby/control.sock")),
    Command("stop", "end a server (by name, process or path) once clients left", "NAME", "server",
            topics=plain(STOP_OPTIONS), examples=("gmlrun stop lobby", "gmlrun stop 4711 --now")),
    Command("net", "packets: type them, see them, delay and change them", "TOOL", "tool", has_tools=True,
            examples=("gmlrun net connect 127.0.0.1 6510",)),
    Command("completion", "print the completions for a shell", "SHELL", "shell", choices=SHELLS,
            examples=('eval "$(gmlrun completion bash)"',)),
)  # fmt: skip
COMMAND_NAMES = tuple(command.name for command in COMMANDS)


def written_out(words: Sequence[str]) -> list[str]:
    """A command and its options; those that stand without the value that they may have, with that value."""
    alone = {
        option.name: option.alone
        for command in COMMANDS
        if command.name == words[0]
        for option in command.options
        if option.alone is not None
    }
    return [f"{word}={alone[word]}" if word in alone else word for word in words]


def defaults(options: Sequence[Option]) -> dict[str, object]:
    """The values of options that are not given."""
    usual: dict[str, object] = {}
    for option in options:
        usual[option.destination] = [] if option.is_repeated else False if option.is_switch else option.default
    return usual


def quick_options(words: Sequence[str]) -> CommandOptions | None:
    """The options of a command that is written plainly and without a fault; None for anything else."""
    command = next((command for command in COMMANDS if command.name == words[0]), None)
    if command is None or command.many not in ("+", "*") or command.has_tools or command.choices:
        return None
    paths: list[str] = []
    by_name = {option.name: option for option in command.options}
    found: dict[str, Any] = {"command": command.name, command.key: paths, **defaults(command.options)}
    rest = iter(words[1:])
    for word in rest:
        if not word.startswith("-"):
            paths.append(word)
        elif not take_option(found, by_name, word, rest):
            return None
    return CommandOptions(**found) if paths or command.many == "*" else None


def take_option(found: dict[str, Any], by_name: dict[str, Option], word: str, rest: Iterator[str]) -> bool:
    """Stores an option's value; False when it is not plain."""
    name, equals, text = word.partition("=")
    option = by_name.get(name)
    if option is None or (option.is_switch and equals):
        return False
    if option.is_switch:
        found[option.destination] = True
        return True
    if not equals and option.alone is not None:
        text = option.alone
    elif not equals:
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
