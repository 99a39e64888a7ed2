"""Standard input as lines that are edited: on a terminal, with history, below what the tool shows meanwhile."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.patch_stdout import patch_stdout

from gmlrun.repl.history import history
from gmlrun.workbench.keyboard import LineReader
from gmlrun.workbench.views import EventScreen

PROMPT = "net> "
HISTORY = "packets"
PATIENCE = 2.0
"""Seconds that the editor may take to leave the terminal."""


class LineEditor(LineReader):
    """Edits lines on a thread of its own; Ctrl-C is what it is without an editor."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self.editor: PromptSession[str] = PromptSession(
            PROMPT, history=history(HISTORY), auto_suggest=AutoSuggestFromHistory(), enable_history_search=True
        )
        self.has_ended = False
        """Whether the tool ends, so that no more lines are wanted."""
        super().__init__(wake)

    def _read(self) -> None:
        while not self.has_ended:
            try:
                self._add(self.editor.prompt(pre_run=self._look_at_end, handle_sigint=False).encode())
            except EOFError:
                break
            except KeyboardInterrupt:
                signal.raise_signal(signal.SIGINT)
                self._wake()
        self.is_over = True
        self._wake()

    def _look_at_end(self) -> None:
        """A line can be edited from now on, unless the tool has ended meanwhile."""
        if self.has_ended:
            self._leave()

    def _leave(self) -> None:
        app = self.editor.app
        if app.is_running and app.future is not None and not app.future.done():
            app.exit(exception=EOFError)

    @contextlib.contextmanager
    def below(self, screen: EventScreen) -> Iterator[None]:
        """Lets what is shown appear above the line that is edited; at the end the terminal is as it was."""
        with patch_stdout(raw=True):
            screen.stream = sys.stdout
            try:
                yield
            finally:
                self.has_ended = True
                loop = self.editor.app.loop
                if loop is not None:
                    with contextlib.suppress(RuntimeError):  # its loop has ended
                        loop.call_soon_threadsafe(self._leave)
                self.thread.join(PATIENCE)
