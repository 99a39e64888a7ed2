"""The console: what is entered goes in, what is to be shown comes out; a prompt and a pipe are its two faces.

The game has the main thread, where Ctrl-C can stop it; what is entered comes from another one, and each
piece of it runs between two events.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from gmlrun.diagnostics import Place, Report
from gmlrun.errors import GmlrunError, UsageError
from gmlrun.repl.editing import question_of
from gmlrun.repl.printer import Fragments, Show, diagnostic_shown, headline, hint_shown, report_shown, shown
from gmlrun.repl.session import Error, Incomplete, Outcome, Session, error_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

COMMAND = ":"
"""The character that a command begins with; no statement of GML does."""


class Console:
    """One session and where it is shown. `make_session` is called again at each reset.

    An interactive one goes on after Ctrl-C; for any other that is the end.
    """

    def __init__(
        self, make_session: Callable[[Console], Session], show: Show, show_error: Show, is_interactive: bool = False
    ) -> None:
        self.make_session = make_session
        self.show = show
        self.show_error = show_error
        self.is_interactive = is_interactive
        self.is_over = False
        self.is_entering = False
        """Whether a text or a command runs."""
        self.waits: threading.Event | None = None
        """Set when the text that was submitted last is done."""
        self.width: Callable[[], int] = lambda: 80
        """How many columns a value may take."""
        self.failures = 0
        """How many texts and commands have failed."""
        self.reported: set[tuple[str, Place | None]] = set()
        """The errors of events that have been shown since the last text."""
        self.session = self._open()

    # ---------------------------------------------------------------- running

    def run(self) -> int:
        """Runs the game until it ends or somebody quits; returns the exit code."""
        try:
            while True:
                session = self.session
                code = self._run(session)
                if session is self.session:
                    return code
        finally:
            self.is_over = True
            if self.waits is not None:
                self.waits.set()

    def _open(self) -> Session:
        """A new session, which starts with the first turn of its loop, so that Ctrl-C can stop that too."""
        session = self.make_session(self)
        session.loop.call_soon(session.start)
        return session

    def _run(self, session: Session) -> int:
        """Runs one game; neither Ctrl-C in one of its events nor an internal fault ends the session."""
        while True:
            try:
                return session.loop.run()
            except KeyboardInterrupt as error:
                self.interrupted(error)
            except Exception:
                if not self.is_interactive:
                    raise
                self.show_error(fault())

    def interrupted(self, error: KeyboardInterrupt) -> None:
        """Says where Ctrl-C has stopped the program."""
        if not self.is_interactive:
            raise error
        self.show_outcome(self.session.interrupted(error))

    def reset(self) -> None:
        """Begins again, once the game that runs has closed what it has open."""
        old, self.session = self.session, self._open()
        old.loop.request_end(0)

    def leave(self) -> None:
        """Ends the game and with it the session; failures are an exit code where nobody has seen them."""
        self.session.loop.request_end(1 if self.failures and not self.is_interactive else 0)

    def submit(self, text: str) -> None:
        """Runs a text on the game's thread and waits for it to end; called by the thread that reads texts."""
        self.waits = done = threading.Event()

        def run() -> None:
            try:
                self.enter(text)
            finally:
                done.set()

        if not self.is_over:
            self.session.loop.call_soon(run)
            done.wait()

    # --------------------------------------------------------------- entering

    def enter(self, text: str) -> None:
        """Runs a text or a command and shows what comes of it."""
        self.is_entering = True
        self.reported.clear()
        try:
            asked = question_of(text)
            if text.startswith(COMMAND) or asked:
                self.command(f"doc {asked}" if asked else text)
            elif text.strip(" \t\r\n;") == "exit":
                self.leave()
            elif text.strip():
                self.show_outcome(self.session.feed(text, is_whole=True))
        except GmlrunError as error:
            self.show_outcome(error_of(error))
        except KeyboardInterrupt as error:
            self.interrupted(error)
        except Exception:
            self.failures += 1
            self.show_error(fault())
        finally:
            self.is_entering = False

    def command(self, text: str) -> None:
        """Runs a command: `:NAME ARGUMENT`."""
        from gmlrun.repl.commands import run_command

        run_command(self, text.removeprefix(COMMAND).strip())

    def keep(self, path: Path, text: str, words: str) -> list[str]:
        """Writes a new file; returns what is to be said then. Raises UsageError."""
        try:
            write_new(path, text)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        return [words]

    # ---------------------------------------------------------------- showing

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows a value or an error."""
        if isinstance(outcome, Error):
            self.failures += 1
            self.show_error(error_shown(outcome))
        elif not isinstance(outcome, Incomplete) and outcome.has_value:
            self._show_value(outcome.value)

    def _show_value(self, value: Value) -> None:
        """Shows a value; a `toString` in it may fail."""
        try:
            fragments = shown(value, self.width())
        except Exception as error:
            self.show_outcome(self.session._failure(error))
        else:
            self.show([*fragments, ("", "\n")])

    @property
    def is_started(self) -> bool:
        """Whether the program's own statements have run."""
        return self.session.is_started

    @property
    def is_idle(self) -> bool:
        """Whether the game sleeps, so that there is nothing to interrupt."""
        return self.session.backend.is_waiting

    @property
    def turns(self) -> int:
        """How often the game has looked for messages."""
        return self.session.backend.turns

    def warm_up(self) -> None:
        """Loads the names of the library."""
        _ = self.session.table.index

    def state(self) -> str:
        """The state of the session in a few words."""
        counts = [(len(self.session.world.instances), "instance"), (self.session.socket_count, "socket")]
        return ", ".join([":help", *(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)])

    def print(self, line: str) -> None:
        """Shows what the program prints."""
        self.show([("", f"{line}\n")])

    def log(self, line: str) -> None:
        """Shows what gmlrun says of itself."""
        self.show_error([("comment", f"{line}\n" if self.is_interactive else f"gmlrun: {line}\n")])

    def report(self, report: Report) -> None:
        """Shows an error that an event met; one that comes again and again is shown once for each text entered."""
        if (report.message, report.place) not in self.reported:
            self.reported.add((report.message, report.place))
            self.show_error(report_shown(report))


def write_new(path: Path, text: str) -> None:
    """Writes a file that is not there yet; raises OSError."""
    with path.open("x", encoding="utf-8") as file:
        file.write(text)


def fault() -> Fragments:
    """The text of the current exception, which is a fault of gmlrun."""
    return [*headline("error", "this is a fault of gmlrun's own"), ("", traceback.format_exc())]


def error_shown(error: Error) -> Fragments:
    """Show an error of any kind."""
    made: Fragments = []
    for found in error.diagnostics:
        made += diagnostic_shown(found)
    if error.report is not None:
        return report_shown(error.report, error.hint)
    if error.message:
        made += headline("error", error.message)
    return made + hint_shown(error.hint)
