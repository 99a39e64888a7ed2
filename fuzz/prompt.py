"""What people may type at the prompt: each text has an answer, and none tells of a fault of gmlrun."""

from __future__ import annotations

import random

from fuzz.engine import Fuzzer, Hang, Parts
from fuzz.programs import EXTRA, corpus
from gmlrun.engine.loop import Loop
from gmlrun.errors import GameEnd
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.repl.commands import COMMANDS
from gmlrun.repl.console import Console
from gmlrun.repl.printer import Fragments
from gmlrun.repl.session import Session
from gmlrun.repl.stream import statements
from gmlrun.runtime import Runtime, Settings

TEXTS = (
    "1 + 1", "a = [1, 2]", "a[5]", "b = { x: 1, toString: function() { throw 1; } }", "b", "f(1)",
    "function f(x) { return f; }", "_", "_ + _", "var c = 5; c", "throw b", "x?", "?f", "string?", "??",
    "enum E { A, B }", "E.A", "E.C",
    "#macro M 3", "M", "#macro M M", "M", "event step { n += 1; }", "event step { throw 1; }",
    "if (true) {", "}", "else 1",
    "object o { event create { x = 1; } }", "instance_create_depth(0, 0, 0, o)", "with (o) instance_destroy()",
    "self", "global",
    "game_restart()", "game_end()", "room_goto(0)", "ds_list_create()", "buffer_create(9, buffer_grow, 1)", "exit",
    "function() {}", "new f(1)", "a = undefined; a.b", "\"\\ud800\"", "/// @desc x", "@'",
    "repeat (3) a", "(function() { return self; })()",
)  # fmt: skip
WORDS = (
    "", "f", "a", "x", "0", "1", "-1", "on", "off", "nowhere/x", "é", "string_copy", "network_create_server",
    "o", "enter",
    "5,5", "9" * 400, "\0", "f f", "1 +", "ds_list_create()", "{", "E", "..", ".", "/",
)  # fmt: skip
LEFT_OUT = ("reset", "quit", "save", "load")
"""Commands that end the session, or read and write where this runs."""


def make(rng: random.Random) -> Parts:
    """Texts and commands, one after the other in one session."""
    return [line(rng) for _ in range(rng.randint(1, 8))]


def line(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.3:
        return f":{rng.choice([name for name in COMMANDS if name not in LEFT_OUT])} {rng.choice(WORDS)}"
    if kind < 0.8:
        return rng.choice(TEXTS)
    if kind < 0.9:
        tokens = rng.choice(corpus())
        start = rng.randrange(len(tokens))
        return "".join(tokens[start : start + 20])
    return " ".join(rng.choices((*EXTRA, *WORDS), k=rng.randint(1, 8)))


def run(parts: Parts) -> None:
    shown: list[str] = []

    def show(fragments: Fragments) -> None:
        shown.extend(text for _, text in fragments)

    def make_session(console: Console) -> Session:
        rt = Runtime(Settings(headless="ignore"), output=console.print, log=console.log, backend=MemoryBackend())
        return Session(rt, [], console.report)

    console = Console(make_session, show, show, is_interactive=True)
    try:
        console.session.start()
        for text in parts:
            console.enter(text)
            console.session.game.rt.service(Loop).frame()
            console.state()
        list(statements([f"{text}\n" for text in parts]))
    except (GameEnd, Hang):
        return
    assert "fault of gmlrun" not in "".join(shown), "".join(shown)


def show(parts: Parts) -> str:
    return "\n".join(map(repr, parts))


FUZZER = Fuzzer("prompt", make, run, show)
