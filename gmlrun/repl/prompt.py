"""The prompt on a terminal, over prompt_toolkit: keys go in, texts for the console come out.

It has a thread of its own, so that the game goes on while somebody types; what the game prints meanwhile
appears above the line that is being edited.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import Condition, emacs_insert_mode, has_focus, vi_insert_mode
from prompt_toolkit.formatted_text import FormattedText, StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import split_lines
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output import create_output
from prompt_toolkit.styles import Style

from gmlrun.errors import UsageError
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.repl.completion import candidates, signature_shown
from gmlrun.repl.console import COMMAND, Console
from gmlrun.repl.editing import INDENT, indent_after, is_finished
from gmlrun.repl.highlight import highlighted
from gmlrun.repl.history import history
from gmlrun.repl.names import SessionNames
from gmlrun.repl.printer import Show
from gmlrun.repl.screen import STYLE, Screen, styled

PROMPT = "gml> "
HISTORY = "history"
PATIENCE = 0.2
"""Seconds that an event may take before Ctrl-C stops it."""


OpenConsole = Callable[[Show], tuple[Any, Any]]
"""Makes a Console, or what does the same elsewhere, and the names that it knows."""


class GmlLexer(Lexer):
    """Colours the line that is being edited."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt

    def invalidation_hash(self) -> bool:
        """Names get their colours when they are known."""
        return self.prompt.is_ready

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """See prompt_toolkit."""
        style_of = self.prompt.names.style_of if self.prompt.is_ready else lambda name: ""
        lines = list(split_lines(styled(highlighted(document.text, style_of))))
        return lambda number: lines[number] if number < len(lines) else []


class GmlCompleter(Completer):
    """Offers what could be typed next."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
        """See prompt_toolkit."""
        if not self.prompt.console.is_started:
            return
        for found in candidates(document.text_before_cursor, self.prompt.names):
            yield Completion(found.text, -found.length, display_meta=found.kind)


class Prompt:
    """Reads texts from the terminal and hands them to the console."""

    def __init__(self, open_console: OpenConsole) -> None:
        output = create_output()
        style = Style.from_dict(STYLE)
        self.screen = Screen(output, style)
        self.console, self.names = open_console(self.screen.write)
        self.console.width = lambda: max(20, output.get_size().columns)
        self.is_loaded = False
        """Whether what is needed to know names has been loaded."""
        self.editor: PromptSession[str] = PromptSession(
            [("class:prompt", PROMPT)],
            multiline=True,
            prompt_continuation=lambda width, line, soft: [("class:continuation", "... ".rjust(width))],
            style=style,
            lexer=GmlLexer(self),
            completer=GmlCompleter(self),
            complete_while_typing=False,
            bottom_toolbar=self.toolbar,
            history=history(HISTORY),
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
        signal.signal(signal.SIGTERM, lambda number, frame: self.console.leave())
        reader = threading.Thread(target=self.read)
        try:
            reader.start()
        except RuntimeError:
            raise UsageError(f"the prompt cannot read beside the game: {REFUSED}") from None
        begin_thread(self.prepare)
        try:
            return int(self.console.run())
        finally:
            self.close()
            reader.join()

    def prepare(self) -> None:
        """Loads the front end and the library's names, once the editor is there, so that nobody has to wait later."""
        from gmlrun.syntax.tables import grammar

        self.screen.has_drawn.wait()
        self.console.warm_up()
        self.is_loaded = True
        self.editor.app.invalidate()
        grammar()

    @property
    def is_ready(self) -> bool:
        """Whether names can be asked for without anybody having to wait."""
        return self.is_loaded and self.console.is_started

    def toolbar(self) -> FormattedText:
        """The signature of the function that is being called, or how things are."""
        before = self.editor.default_buffer.document.text_before_cursor
        shown = signature_shown(before, self.names) if self.is_ready else []
        return styled(shown or [("", self.console.state())])

    def interrupt(self, number: int, frame: object) -> None:
        """Ctrl-C stops what the program is doing, if it does anything."""
        if self.console.is_entering or not self.console.is_idle:
            raise KeyboardInterrupt

    def close(self) -> None:
        """Ends the editor, when the game has ended by itself."""
        self.screen.call_editor(self.leave)

    def leave(self) -> None:
        """Ends the editor, if it runs though the session is over."""
        app = self.editor.app
        if self.console.is_over and app.is_running and app.future is not None and not app.future.done():
            app.exit(exception=EOFError)

    def editor_runs(self) -> None:
        """Called when a line can be edited."""
        self.screen.editor_runs()
        asyncio.get_running_loop().call_soon(self.leave)

    def read(self) -> None:
        """Reads texts until Ctrl-D, or until the game has ended."""
        try:
            while not self.console.is_over:
                try:
                    self.console.submit(self.ask())
                except KeyboardInterrupt:
                    self.stop_event()
        except EOFError:
            return
        finally:
            if not self.console.is_over:
                self.console.leave()

    def stop_event(self) -> None:
        """Ctrl-C while a line is edited: stops an event that does not end; one that does is left alone."""
        console = self.console
        turns, until = console.turns, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if console.is_idle or console.turns != turns:
                return
            time.sleep(PATIENCE / 10)
        signal.raise_signal(signal.SIGINT)

    def ask(self) -> str:
        """One text."""
        self.screen.begin()
        try:
            return self.editor.prompt(pre_run=self.editor_runs, handle_sigint=False)
        finally:
            self.screen.end()


def run(make_session: Callable[..., Any]) -> int:
    """Opens the prompt; returns the exit code."""

    def open_console(show: Show) -> tuple[Console, SessionNames]:
        console = Console(make_session, show, show, is_interactive=True)
        return console, SessionNames(lambda: console.session)

    return Prompt(open_console).run()


def editing_mode() -> EditingMode:
    """Returns vi keys when GMLRUN_KEYS is vi or the user's editor is a vi; Emacs keys otherwise."""
    editor = Path(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").name
    wanted = os.environ.get("GMLRUN_KEYS") or ("vi" if editor in ("vi", "vim", "nvim") else "emacs")
    return EditingMode.VI if wanted == "vi" else EditingMode.EMACS


def in_indent() -> Condition:
    """Whether nothing but spaces stands before the cursor on its line."""
    return Condition(lambda: not get_app().current_buffer.document.current_line_before_cursor.strip())


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

    @keys.add("tab", filter=typed & in_indent())
    def indent(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(INDENT)

    @keys.add("}", filter=typed)
    def close_block(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if not buffer.document.current_line_before_cursor.strip():
            buffer.delete_before_cursor(min(len(INDENT), len(buffer.document.current_line_before_cursor)))
        buffer.insert_text("}")

    return keys
