"""The prompt on a terminal, over prompt_toolkit: keys go in, texts for the console come out.

It has a thread of its own, so that the game goes on while somebody types; what the game prints meanwhile
appears above the line that is being edited.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import emacs_insert_mode, has_focus, vi_insert_mode
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.renderer import print_formatted_text
from prompt_toolkit.styles import Style

from gmlrun.repl.console import COMMAND, Console
from gmlrun.repl.editing import indent_after, is_finished
from gmlrun.repl.printer import Fragments
from gmlrun.repl.state import state_folder

PROMPT = "gml> "
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
        if self.loop is not None:
            try:
                self.loop.call_soon_threadsafe(lambda: run_in_terminal(self._flush))
            except RuntimeError:
                return  # the editor has just ended: what is pending is written then

    def _flush(self) -> None:
        with self.lock:
            fragments, self.pending = self.pending, []
            if fragments:
                styled = FormattedText([(f"class:{style}" if style else "", text) for style, text in fragments])
                print_formatted_text(self.output, styled, self.style)
                self.output.flush()

    def begin(self) -> None:
        """A line is going to be edited."""
        self.is_editing = True

    def editor_runs(self) -> None:
        """The editor has drawn its line; what has come before is written above it."""
        with self.lock:
            self.loop = asyncio.get_running_loop()
            if self.pending:
                self._call_editor()

    def end(self) -> None:
        """The line is done."""
        with self.lock:
            self.is_editing, self.loop = False, None
            self._flush()


class Prompt:
    """Reads texts from the terminal and hands them to the console."""

    def __init__(self, make_session: Callable[..., Any]) -> None:
        output = create_output()
        style = Style.from_dict(STYLE)
        self.screen = Screen(output, style)
        self.console = Console(make_session, self.screen.write, self.screen.write, is_interactive=True)
        self.console.width = lambda: max(20, output.get_size().columns)
        self.editor: PromptSession[str] = PromptSession(
            [("class:prompt", PROMPT)],
            multiline=True,
            prompt_continuation=lambda width, line, soft: [("class:continuation", "... ".rjust(width))],
            style=style,
            history=history(),
            auto_suggest=AutoSuggestFromHistory(),
            enable_history_search=True,
            key_bindings=key_bindings(),
            editing_mode=editing_mode(),
            include_default_pygments_style=False,
            output=output,
        )

    def run(self) -> int:
        """Runs the game on this thread and the editor on another; returns the exit code."""
        signal.signal(signal.SIGINT, self.interrupt)
        reader = threading.Thread(target=self.read)
        reader.start()
        try:
            return self.console.run()
        finally:
            self.close()
            reader.join()

    def interrupt(self, number: int, frame: Any) -> None:
        """Ctrl-C stops what the program is doing, if it does anything."""
        if not self.console.session.backend.is_waiting:
            raise KeyboardInterrupt

    def close(self) -> None:
        """Ends the editor, when the game has ended by itself."""
        app = self.editor.app
        with self.screen.lock:
            if self.screen.loop is not None and app.is_running:
                self.screen.loop.call_soon_threadsafe(lambda: app.exit(exception=EOFError))

    def read(self) -> None:
        """Reads texts until Ctrl-D, or until the game has ended."""
        while not self.console.is_over:
            try:
                self.console.submit(self.ask())
            except KeyboardInterrupt:
                if not self.console.session.backend.is_waiting:
                    signal.raise_signal(signal.SIGINT)
            except EOFError:
                self.console.quit()
                return

    def ask(self) -> str:
        """One text."""
        self.screen.begin()
        try:
            return self.editor.prompt(pre_run=self.screen.editor_runs, handle_sigint=False)
        finally:
            self.screen.end()


def run(make_session: Callable[..., Any]) -> int:
    """Opens the prompt; returns the exit code."""
    return Prompt(make_session).run()


def history() -> History:
    """What was typed in earlier sessions; only this one's where there is no place to keep it."""
    try:
        folder = state_folder()
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "history"
        file.touch()
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))


def editing_mode() -> EditingMode:
    """vi keys for whoever has GMLRUN_KEYS=vi, or an editor of that family; else Emacs keys."""
    editor = Path(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").name
    wanted = os.environ.get("GMLRUN_KEYS") or ("vi" if editor in ("vi", "vim", "nvim") else "emacs")
    return EditingMode.VI if wanted == "vi" else EditingMode.EMACS


def key_bindings() -> KeyBindings:
    """Enter runs what is whole and begins a new line in what is not."""
    keys = KeyBindings()

    edited = has_focus(DEFAULT_BUFFER)
    typed = edited & (emacs_insert_mode | vi_insert_mode)

    @keys.add("enter", filter=edited)
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        text = buffer.document.text
        if text.startswith(COMMAND) or is_finished(text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n" + indent_after(buffer.document.current_line_before_cursor))

    @keys.add("escape", "enter", filter=typed)
    def new_line(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        buffer.insert_text("\n" + indent_after(buffer.document.current_line_before_cursor))

    @keys.add("}", filter=typed)
    def close_block(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if not buffer.document.current_line_before_cursor.strip():
            buffer.delete_before_cursor(min(4, len(buffer.document.current_line_before_cursor)))
        buffer.insert_text("}")

    return keys
