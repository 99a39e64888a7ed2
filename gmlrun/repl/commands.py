"""The commands of the prompt: `:NAME ARGUMENT` goes in, what it answers comes out."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gmlrun.errors import UsageError
from gmlrun.repl.printer import Fragments, shortened, table
from gmlrun.repl.session import Error, Failed, Session
from gmlrun.suggestions import nearest
from gmlrun.values.buffers import FAST, FIXED, GROW, WRAP, Buffer
from gmlrun.values.containers import Handles
from gmlrun.values.text import string_of

if TYPE_CHECKING:
    from gmlrun.repl.console import Console
    from gmlrun.values.model import Value

ENOUGH = 0.3
"""Seconds that `:time` runs a short expression again and again."""
VALUE_WIDTH = 50
"""Characters of a value that `:vars` shows."""
HEX_LINE = 16
HEX_SIZE = 1024
"""Bytes that `:hex` shows at most."""


class PromptCommand(NamedTuple):
    """`argument` says what completes it: a word in capitals for people, `on|off` for a choice, empty for none."""

    run: Callable[[Console, str], Fragments]
    argument: str
    help: str


def run_command(console: Console, text: str) -> None:
    """Runs a command and shows its answer; raises UsageError for an unknown or incomplete one."""
    begun, _, argument = text.partition(" ")
    name = command_named(begun)
    command = COMMANDS[name]
    if command.argument and not argument.strip():
        raise UsageError(f"write :{name} {command.argument}")
    console.show(command.run(console, argument.strip()))


def command_named(text: str) -> str:
    """The command of that name, or the only one that begins so; raises UsageError when there is none."""
    if not text:
        raise UsageError("a command stands behind the colon, as in :help")
    begun = [name for name in COMMANDS if name.startswith(text)]
    if text in COMMANDS or len(begun) == 1:
        return text if text in COMMANDS else begun[0]
    if begun:
        raise UsageError(f"there is no command :{text}: there are {' and '.join(f':{name}' for name in begun)}")
    guess = nearest(text, COMMANDS)
    raise UsageError(f"there is no command :{text}: " + (f"did you mean :{guess}?" if guess else ":help lists all"))


def said(*lines: str) -> Fragments:
    """Plain lines."""
    return [("", f"{line}\n") for line in lines]


# ------------------------------------------------------------------------ help


def help_(console: Console, argument: str) -> Fragments:
    """All commands with what they do."""
    width = max(len(f"{name} {command.argument}") for name, command in COMMANDS.items())
    made: Fragments = said("GML runs when you press Enter; events and sockets go on while you type.", "")
    for name, command in COMMANDS.items():
        made += [("name", f"  :{name} {command.argument}".ljust(width + 5)), ("", f"{command.help}\n")]
    return made + said("", "Tab completes, Ctrl-R searches, Alt-Enter begins a new line, Ctrl-C stops, Ctrl-D leaves.")


def doc(console: Console, name: str) -> Fragments:
    """Show what `gmlrun doc` says; for a function of the program its parameters."""
    from gmlrun.builtins.table import describe_name, known_names

    own = console.session.signature(name)
    text = "\n".join([own, *(f"    {line}" for line in console.session.description(name))]) if own else None
    text = text or describe_name(name)
    if text is None:
        guess = nearest(name, [*console.session.function_names(), *known_names()])
        raise UsageError(f"there is no {name}" + (f": did you mean {guess}?" if guess else ""))
    first, _, rest = text.partition("\n")
    return [("name", first + "\n"), *(said(rest) if rest else [])]


# ----------------------------------------------------------------------- files


def load(console: Console, name: str) -> Fragments:
    """Runs a file in the session."""
    path = Path(name).expanduser()
    if path.is_dir():
        raise UsageError(f"a project runs in a session of its own: gmlrun repl {name}")
    console.show_outcome(console.session.load(path))
    return []


def reload(console: Console, argument: str) -> Fragments:
    """Reads the files of the session again; what they define takes the place of what they defined."""
    names = console.session.reload()
    if not names:
        raise UsageError("no file has been loaded: :load FILE")
    return said(f"reloaded {', '.join(names)}: functions and events are new, variables and sockets stay")


def python(console: Console, text: str) -> Fragments:
    """The Python code that a file or a piece of GML compiles to."""
    if text.endswith(".gml") and Path(text).is_file():
        from gmlrun.build.checking import show_python

        return said(show_python(text))
    return said(console.session.python(text))


def save(console: Console, name: str) -> Fragments:
    """Writes what was typed and had no error into a new file; what only asked for a value becomes a comment."""
    texts = console.session.ran
    if not texts:
        raise UsageError("nothing has been typed that could be saved")
    lines = (text.rstrip() if console.session.can_load(text) else commented(text) for text in texts)
    words = f"{len(texts)} {'text' if len(texts) == 1 else 'texts'} saved in {name}"
    return said(*console.keep(Path(name).expanduser(), "".join(f"{line}\n" for line in lines), words))


def commented(text: str) -> str:
    """A text as a comment."""
    return "\n".join(f"// {line}" for line in text.strip().splitlines())


# --------------------------------------------------------------------- looking


def variables(console: Console, argument: str) -> Fragments:
    """The variables that can be named here, with what they hold."""
    rows = [(name, kind, shortened(value, VALUE_WIDTH)) for name, kind, value in console.session.variables()]
    return table(("name", "kind", "value"), rows) if rows else said("there are no variables")


def sockets(console: Console, argument: str) -> Fragments:
    """The sockets that are open."""
    rows = console.session.sockets()
    return table(SOCKET_HEADINGS, rows) if rows else said("no socket is open")


SOCKET_HEADINGS = ("id", "kind", "peer", "state", "packets in", "bytes in", "packets out", "bytes out", "queued")


def trace(console: Console, argument: str) -> Fragments:
    """Shows each event and packet of the network, or no longer."""
    if argument not in ("on", "off"):
        raise UsageError("write :trace on or :trace off")
    console.session.trace(console.log if argument == "on" else None)
    return []


def instances(console: Console, argument: str) -> Fragments:
    """The living instances."""
    rows = [
        (i.id.index, i.__object__.name, string_of(i.x), string_of(i.y), "no" if i.__inactive__ else "yes")
        for i in console.session.world.instances.values()
    ]
    return table(("id", "object", "x", "y", "active"), rows) if rows else said("there are no instances")


def buffers(console: Console, argument: str) -> Fragments:
    """The buffers that exist."""
    rows = [
        (b.index, BUFFER_TYPES[b.type], b.used, len(b.data), b.position)
        for b in console.session.game.rt.service(Handles).all(Buffer)
    ]
    return table(("id", "type", "used", "size", "position"), rows) if rows else said("there are no buffers")


BUFFER_TYPES = {FIXED: "fixed", GROW: "grow", WRAP: "wrap", FAST: "fast"}


def hex_(console: Console, text: str) -> Fragments:
    """A buffer's bytes."""
    value = value_of(console.session, text)
    found = console.session.game.rt.service(Handles).find(Buffer, value)
    if found is None:
        raise UsageError(f"{text} is no buffer: :buffers lists those that exist")
    data = bytes(found.data[: max(found.used, 0)])
    lines = [hex_line(data[at : at + HEX_LINE], at) for at in range(0, min(len(data), HEX_SIZE), HEX_LINE)]
    more = [f"… {len(data) - HEX_SIZE} more bytes"] if len(data) > HEX_SIZE else []
    return said(*lines, *more) if data else said("the buffer is empty")


def hex_line(data: bytes, at: int) -> str:
    """An offset, up to sixteen bytes, and the letters that they stand for."""
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in data)
    return f"{at:06x}  {data.hex(' '):<{HEX_LINE * 3}} {letters}"


def value_of(session: Session, text: str) -> Value:
    """The value of an expression; raises Failed."""
    outcome = session.feed(text, is_whole=True)
    if isinstance(outcome, Error):
        raise Failed(outcome)
    return getattr(outcome, "value", None)


def time_(console: Console, text: str) -> Fragments:
    """How long a piece of GML takes; a short one is run many times."""
    run = console.session.prepared(text)
    start = time.perf_counter()
    run()
    once = time.perf_counter() - start
    count = 1 if once > ENOUGH else max(1, int(ENOUGH / max(once, 1e-6)) // 5)
    rounds = [seconds(run, count) / count for _ in range(5)] if count > 1 else [once]
    return said(f"{duration(min(rounds))}" + (f" (best of 5 times {count} runs)" if count > 1 else " (one run)"))


def seconds(run: Callable[[], Value], count: int) -> float:
    """Measures how long a number of runs take."""
    start = time.perf_counter()
    for _ in range(count):
        run()
    return time.perf_counter() - start


def duration(value: float) -> str:
    """Seconds in a unit that gives short numbers."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"


# ----------------------------------------------------------------------- input


def press(console: Console, text: str) -> Fragments:
    """Presses a key."""
    return acted(console, "press", text)


def type_(console: Console, text: str) -> Fragments:
    """Types a text."""
    return acted(console, "typing", text)


def click(console: Console, text: str) -> Fragments:
    """Clicks an instance or a point."""
    return acted(console, "click", text)


def acted(console: Console, kind: str, text: str) -> Fragments:
    """Hands an action to the keyboard and the mouse; raises UsageError for what cannot be pressed or clicked."""
    from gmlrun.engine import input_script
    from gmlrun.engine.input import Input

    session = console.session
    try:
        action = getattr(input_script, kind)(text)
    except ValueError as error:
        raise UsageError(f"{error}, not {text}") from None
    session.game.world_loader.check_click(action)
    session.game.rt.service(Input).perform(action)
    return []


# --------------------------------------------------------------------- session


def reset(console: Console, argument: str) -> Fragments:
    """A new game."""
    console.reset()
    return said("a new game: all variables, sockets and definitions are gone")


def resume(console: Console, argument: str) -> Fragments:
    """Lets paused events run again."""
    names = console.session.world.dispatch.resume()
    return said(f"the events of {', '.join(names)} go on" if names else "no event is paused")


def quit_(console: Console, argument: str) -> Fragments:
    """Leaves the prompt."""
    console.leave()
    return []


COMMANDS: dict[str, PromptCommand] = {
    "help": PromptCommand(help_, "", "what can be typed here"),
    "doc": PromptCommand(doc, "NAME", "signature and description of a function, variable or constant"),
    "load": PromptCommand(load, "FILE", "run a .gml file here"),
    "reload": PromptCommand(reload, "", "read the files again: new code, same variables and sockets"),
    "save": PromptCommand(save, "FILE", "write what was typed without an error into a new file"),
    "vars": PromptCommand(variables, "", "the variables, and what they hold"),
    "sockets": PromptCommand(sockets, "", "the sockets that are open, and what they have carried"),
    "instances": PromptCommand(instances, "", "the instances in the room"),
    "buffers": PromptCommand(buffers, "", "the buffers that exist"),
    "hex": PromptCommand(hex_, "BUFFER", "a buffer's bytes"),
    "trace": PromptCommand(trace, "on|off", "each network event and packet as a line"),
    "press": PromptCommand(press, "KEY", "press a key: enter, A, vk_f1, mb_right"),
    "type": PromptCommand(type_, "TEXT", "type a text into keyboard_string"),
    "click": PromptCommand(click, "OBJECT|X,Y", "click the first instance of an object, or a point"),
    "time": PromptCommand(time_, "EXPRESSION", "how long it takes; a short one runs many times"),
    "python": PromptCommand(python, "GML-OR-FILE", "the Python code that it compiles to"),
    "resume": PromptCommand(resume, "", "let events go on that Ctrl-C has paused"),
    "reset": PromptCommand(reset, "", "begin anew"),
    "quit": PromptCommand(quit_, "", "leave"),
}
