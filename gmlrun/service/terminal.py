"""The terminal's side of `gmlrun attach`: keys go over the control socket, what the server shows comes back."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from gmlrun.builtins.table import Table
from gmlrun.errors import UsageError
from gmlrun.repl.completion import Named
from gmlrun.repl.console import write_new
from gmlrun.repl.names import LITERALS
from gmlrun.repl.printer import Fragments, Show
from gmlrun.service.link import Found, Link

ANSWER_TIME = 2.0
"""Seconds that a question about names waits, while somebody types."""


class RemoteConsole:
    """The prompt's Console for a session in another process."""

    def __init__(self, link: Link, name: str, show: Show, show_error: Show, is_interactive: bool) -> None:
        self.link = link
        self.name = name
        self.show = show
        self.show_error = show_error
        self.is_interactive = is_interactive
        self.width: Callable[[], int] = lambda: 80
        self.is_over = self.has_left = False
        self.is_started = True
        self.is_entering = False
        """Whether Ctrl-C should stop what runs: it is the server that ends what takes too long."""
        self.is_idle = True
        self.turns = 0
        self.failures = 0
        self.words = ""
        self.done = threading.Event()
        """Set when the text that was sent last is done."""
        self.numbers = itertools.count()
        self.answers: dict[int, object] = {}
        self.answered = threading.Condition()

    # ---------------------------------------------------------------- running

    def run(self) -> int:
        """Takes what the server sends until it ends or somebody leaves; returns the exit code."""
        for answer in self.link.answers():
            self.take(answer)
        self.is_over = True
        self.done.set()
        if not self.has_left:
            self.show_error([("comment", f"the connection to {self.name} has ended\n")])
        return 1 if self.failures and not self.is_interactive else 0

    def take(self, answer: dict[str, Any]) -> None:
        """Shows what the server shows; lets go on who waits for the end of a text, or for an answer."""
        if "shown" in answer:
            fragments: Fragments = [(str(style), str(text)) for style, text in answer["shown"]]
            (self.show_error if answer.get("error") else self.show)(fragments)
        elif "file" in answer:
            self.write(Path(answer["file"]), answer["text"], answer.get("said", ""))
        elif "done" in answer:
            self.words, self.failures = answer["state"], answer.get("failures", 0)
            self.done.set()
        elif "id" in answer:
            with self.answered:
                self.answers[answer["id"]] = answer["answer"]
                self.answered.notify_all()

    def write(self, path: Path, text: str, words: str) -> None:
        """Writes a file on this side, and shows what is to be said then."""
        try:
            write_new(path, text)
        except OSError as error:
            self.failures += 1
            self.show_error([("error", "error: "), ("", f"cannot write {path}: {error.strerror}\n")])
        else:
            self.show([("", f"{words}\n")])

    # --------------------------------------------------------------- entering

    def submit(self, text: str) -> None:
        """Sends a text to the server to run, and waits for the end of it."""
        if text.strip().rstrip(";") == "exit":
            self.leave()
            return
        self.done.clear()
        self.link.send({"text": text})
        if not self.is_over:
            self.done.wait()

    def leave(self) -> None:
        """Ends the connection; the server continues."""
        self.has_left = True
        self.link.close()

    def warm_up(self) -> None:
        """Does nothing: the session is in the server's process."""

    def state(self) -> str:
        """Where this is, and what there is."""
        return f"{self.name}: {self.words}"

    def ask(self, question: str, *given: object) -> Any:
        """Ask the session about names; None when the server is busy."""
        number = next(self.numbers)
        self.link.send({"ask": question, "id": number, **({"of": given[0]} if given else {})})
        with self.answered:
            self.answered.wait_for(lambda: number in self.answers or self.is_over, ANSWER_TIME)
            return self.answers.pop(number, None)


class RemoteNames:
    """See completion.Names: those of the session in the other process."""

    def __init__(self, console: RemoteConsole) -> None:
        self.console = console
        self.index = Table().index
        self.signatures: dict[str, Sequence[str] | None] = {}

    def named(self) -> Named:
        """All that can stand alone."""
        return [(name, kind) for name, kind in self.console.ask("named") or ()]

    def members(self, chain: Sequence[str]) -> Named:
        """Names that can follow the dot after `a.b`."""
        return [(name, kind) for name, kind in self.console.ask("members", list(chain)) or ()]

    def events(self) -> Named:
        """The events that a block can be for."""
        return [(name, kind) for name, kind in self.console.ask("events") or ()]

    def parameters(self, name: str) -> Sequence[str] | None:
        """The parameters of a function; each is asked for once."""
        if name not in self.signatures:
            self.signatures[name] = self.console.ask("parameters", name)
        return self.signatures[name]

    def style_of(self, name: str) -> str:
        """How a name is coloured."""
        if name in LITERALS or name in self.index.constants:
            return "constant"
        return "function" if name in self.index.functions else ""


def open_terminal(found: Found) -> int:
    """Opens the prompt in a server on the terminal, or reads statements from a pipe; returns the exit code."""
    link = Link(found.path)
    link.send({"do": "attach", "width": shutil.get_terminal_size().columns})
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")
    with contextlib.closing(link):
        first = next(link.answers(), {"error": f"{found.name} has ended"})
        if "error" in first and "shown" not in first:
            raise UsageError(str(first["error"]))
        return on_terminal(link, found.name, first) if is_terminal else in_pipe(link, found.name, first)


def on_terminal(link: Link, name: str, first: dict[str, Any]) -> int:
    """The prompt with its editor."""
    from gmlrun.repl.prompt import Prompt

    def open_console(show: Show) -> tuple[RemoteConsole, RemoteNames]:
        console = RemoteConsole(link, name, show, show, is_interactive=True)
        console.take(first)
        return console, RemoteNames(console)

    return Prompt(open_console).run()


def in_pipe(link: Link, name: str, first: dict[str, Any]) -> int:
    """Statements from standard input, plain values to standard output."""
    from gmlrun.repl.stream import run_console, writer

    console = RemoteConsole(link, name, writer(sys.stdout), writer(sys.stderr), is_interactive=False)
    console.take(first)
    return run_console(console)
