"""The terminal: fragments from any thread go in and appear above the line that is being edited, which stays whole."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.renderer import print_formatted_text
from prompt_toolkit.styles import Style

from gmlrun.repl.printer import Fragments

STYLE = {
    "prompt": "ansigreen bold",
    "continuation": "ansibrightblack",
    "error": "ansired bold",
    "warning": "ansiyellow bold",
    "hint": "ansicyan",
    "comment": "ansibrightblack",
    "heading": "bold",
    "number": "ansimagenta",
    "string": "ansigreen",
    "constant": "ansicyan",
    "reference": "ansiblue",
    "name": "ansiyellow",
    "keyword": "ansiblue bold",
    "function": "ansicyan",
    "directive": "ansibrightblack",
    "bottom-toolbar": "noreverse ansibrightblack",
    "argument": "bold underline",
}
"""The terminal's own sixteen colours, so that they suit its background."""


class Screen:
    """Writes to the terminal from any thread: above the line that is being edited, while there is one."""

    def __init__(self, output: Any, style: Style) -> None:
        self.output = output
        self.style = style
        self.pending: Fragments = []
        self.is_editing = False
        self.loop: asyncio.AbstractEventLoop | None = None
        """That of the editor, once it runs."""
        self.has_drawn = threading.Event()
        """Set when the first line can be edited."""
        self.lock = threading.RLock()

    def write(self, fragments: Fragments) -> None:
        """Shows fragments; while a line is edited, soon and together with what comes meanwhile."""
        with self.lock:
            is_first = not self.pending
            self.pending += fragments
            if not self.is_editing:
                self._flush()
            elif is_first:
                self._call_editor()

    def _call_editor(self) -> None:
        self.call_editor(lambda: run_in_terminal(self._flush))

    def call_editor(self, function: Callable[[], object]) -> None:
        """Asks the editor's thread to call a function, if there is an editor."""
        with self.lock, contextlib.suppress(RuntimeError):  # it may just have ended
            if self.loop is not None:
                self.loop.call_soon_threadsafe(function)

    def _flush(self) -> None:
        with self.lock:
            fragments, self.pending = self.pending, []
            if fragments:
                print_formatted_text(self.output, styled(fragments), self.style)
                self.output.flush()

    def begin(self) -> None:
        """A line is going to be edited."""
        with self.lock:
            self.is_editing = True

    def editor_runs(self) -> None:
        """The editor has drawn its line; what has come before is written above it."""
        with self.lock:
            self.loop = asyncio.get_running_loop()
            self.loop.call_soon(self.has_drawn.set)
            if self.pending:
                self._call_editor()

    def end(self) -> None:
        """Called when the line is complete."""
        with self.lock:
            self.is_editing, self.loop = False, None
            self._flush()


def styled(fragments: Fragments) -> FormattedText:
    """Fragments as prompt_toolkit has them."""
    return FormattedText([(f"class:{style}" if style else "", text) for style, text in fragments])
