"""The console without a terminal: lines from a pipe go in, plain values and errors come out.

It ends where the pipe does, with exit code 1 if anything failed, or with what `game_end` says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from gmlrun.errors import UsageError
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.repl.console import COMMAND, Console
from gmlrun.repl.editing import is_description, question_of
from gmlrun.repl.printer import Fragments, headline, plain
from gmlrun.repl.session import Session

CONTINUING = ("else", "catch", "finally")
"""Words that go on with the statement of the line before."""


def run(make_session: Callable[[Console], Session]) -> int:
    """Runs what standard input holds; returns the exit code."""
    return run_console(Console(make_session, writer(sys.stdout), writer(sys.stderr)))


def run_console(console: Any) -> int:
    """Runs what standard input holds at a Console, or at what does the same elsewhere."""
    if begin_thread(read, console, sys.stdin) is None:
        console.leave()
        console.run()
        raise UsageError(f"nothing can be read beside the game: {REFUSED}")
    return int(console.run())


def writer(stream: TextIO) -> Callable[[Fragments], None]:
    """A function that writes fragments to a stream, whatever its encoding can hold."""
    encoding = stream.encoding or "utf-8"

    def write(fragments: Fragments) -> None:
        stream.write(plain(fragments).encode(encoding, "replace").decode(encoding))
        stream.flush()

    return write


def read(console: Any, lines: Iterable[str]) -> None:
    """Enters one statement after the other; then ends the session, also where the system lets nothing more be read."""
    try:
        for text in statements(lines):
            console.submit(text)
    except (OSError, MemoryError, RecursionError) as error:
        console.failures += 1
        console.show_error([*headline("error", f"no more can be read: {reason_of(error)}")])
    finally:
        console.leave()


def reason_of(error: BaseException) -> str:
    """Why the rest of the input cannot be taken."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "there is not enough memory" if isinstance(error, MemoryError) else str(getattr(error, "strerror", error))


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Lines put together to whole statements; what is incomplete at the end comes as it is."""
    from gmlrun.syntax.parser import is_incomplete

    text = ""
    for line in lines:
        if text and may_go_on(text) and not line.lstrip("} \t").startswith(CONTINUING):
            yield text
            text = ""
        text += line
        if is_description(text):
            continue
        if text.startswith(COMMAND) or question_of(text) or not (is_incomplete(text) or may_go_on(text)):
            yield text
            text = ""
    if text.strip():
        yield text


def may_go_on(text: str) -> bool:
    """Whether a whole statement could still get an `else`, `catch` or `finally`."""
    from gmlrun.syntax.parser import is_incomplete

    return not is_incomplete(text) and any(is_incomplete(f"{text}\n{word}") for word in CONTINUING)
