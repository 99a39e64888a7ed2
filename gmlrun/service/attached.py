"""The prompt inside a running server: texts of people who are attached go in, what they are shown comes out.

All of them share one session. What is typed runs in the game, between two events, and may not take long.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gmlrun.builtins.table import Table
from gmlrun.diagnostics import Report
from gmlrun.engine.loop import Loop
from gmlrun.errors import EventTimeout, GmlError, SourceErrors, UsageError
from gmlrun.game import Game
from gmlrun.net.shapes import fits
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.repl.console import Console
from gmlrun.repl.installing import OWNER
from gmlrun.repl.lines import Lines
from gmlrun.repl.names import SessionNames
from gmlrun.repl.printer import Fragments
from gmlrun.repl.session import Session
from gmlrun.sandbox.watchdog import Watchdog
from gmlrun.values.unicode import clean

if TYPE_CHECKING:
    from gmlrun.service.control import Visitor

LIMIT = 5.0
"""Seconds that a typed text may run, during which the server does nothing else."""
QUESTIONS: dict[str, object] = {"named": None, "members": [str], "events": None, "parameters": str}
"""The questions about names that a terminal may ask, each with the shape of what it asks about."""
WIDTHS = (20, 1000)
"""Columns that a terminal is taken to have at least and at most."""


class AttachedSession(Session):
    """A session in a game that runs already; `lines` know what its program declares."""

    def __init__(self, game: Game, lines: Lines) -> None:
        self.paths = [Path(path) for path in game.paths]
        self.loaded: list[Path] = []
        self.count = 0
        self.table, self.lines = lines.table, lines
        self.enter_game(game)
        self.loop = game.rt.service(Loop)
        self.installer.find_owner()
        self.is_started = True

    def unmeter(self) -> None:
        """Counts no longer, as nobody looks."""
        sockets = self.game.rt.network
        if sockets.backend is self.backend:
            sockets.backend = self.game.rt.backend = self.network

    def forget_instance(self) -> None:
        """Takes the instance away that was made for the texts of a project."""
        if self.owner.name == OWNER:
            for instance in list(self.owner.instances.values()):
                self.world.remove(instance)


class AttachedConsole(Console):
    """One person's view of the session. Leaving it, and resetting it, leave the game alone."""

    def __init__(self, session: Session, visitor: Visitor, width: int) -> None:
        self.visitor = visitor
        super().__init__(lambda console: session, self._say, self._say_error, is_interactive=True)
        self.width = lambda: width

    def _open(self) -> Session:
        return self.make_session(self)

    def _say(self, fragments: Fragments) -> None:
        self.visitor.send({"shown": fragments})

    def _say_error(self, fragments: Fragments) -> None:
        self.visitor.send({"shown": fragments, "error": True})

    def enter(self, text: str) -> None:
        """Runs a text or a command; one that does not come to an end is ended."""
        watchdog = self.session.game.rt.service(Watchdog)
        try:
            with watchdog.limited(LIMIT):
                super().enter(text)
        except EventTimeout as late:
            words = f"the text has run for {LIMIT:g} seconds, in which the server stood still: it was ended"
            self.show_outcome(self.session._failure(GmlError(words).with_traceback(late.__traceback__)))

    def reset(self) -> None:
        """Raises UsageError: a prompt cannot restart a server."""
        raise UsageError("the server goes on as it is: gmlrun stop ends it, :reload takes its files anew")

    def leave(self) -> None:
        """Ends the connection."""
        self.visitor.leave()

    def keep(self, path: Path, text: str, words: str) -> list[str]:
        """Writes a file on the user's machine, and says the words there."""
        self.visitor.send({"file": str(path), "text": text, "said": words})
        return []


class Attachments:
    """All who are attached to one game."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.session: AttachedSession | None = None
        self.waiting: list[tuple[Visitor, int]] = []
        self.consoles: dict[Visitor, AttachedConsole] = {}
        self.names = SessionNames(self._session)
        self.restore: Callable[[], None] = lambda: None
        """Gives the game back the output that it had before anybody attached."""

    def _session(self) -> Session:
        assert self.session is not None
        return self.session

    # ---------------------------------------------------------------- arriving

    def welcome(self, visitor: Visitor, request: dict[str, object]) -> None:
        """Opens the prompt for somebody, when it is ready: the front end is loaded beside the game."""
        width: Any = request.get("width")
        columns = min(max(width, WIDTHS[0]), WIDTHS[1]) if fits(width, int) else 80
        self.waiting.append((visitor, columns))
        if self.session is not None:
            self._let_in()
        elif len(self.waiting) == 1 and begin_thread(self._prepare) is None:
            self._refuse(f"there is no prompt: {REFUSED}")

    def _prepare(self) -> None:
        """Declares what the program declares; this parses all of it, in a thread of its own."""
        lines, game = Lines(Table()), self.game
        try:
            lines.declare(game.loaded.program, game.built)
            _ = lines.table.index
        except SourceErrors as errors:
            reason = f"the program cannot be read: {errors}"
            game.call_soon(lambda: self._refuse(reason))
        else:
            game.call_soon(lambda: self.ready(lines))

    def _refuse(self, reason: str) -> None:
        waiting, self.waiting = self.waiting, []
        for visitor, _ in waiting:
            visitor.send({"error": reason})
            visitor.leave()

    def ready(self, lines: Lines) -> None:
        self.session = AttachedSession(self.game, lines)
        self._let_in()

    def _let_in(self) -> None:
        """Gives those who wait their consoles."""
        assert self.session is not None
        waiting, self.waiting = self.waiting, []
        for visitor, width in waiting:
            if visitor.has_left:
                continue
            if not self.consoles:
                self.session.meter()
                self._listen()
            self.consoles[visitor] = console = AttachedConsole(self.session, visitor, width)
            visitor.take = lambda request, visitor=visitor: self.take(visitor, request)  # type: ignore[misc]
            visitor.on_leave = lambda visitor=visitor: self.part(visitor)  # type: ignore[misc]
            visitor.send({"done": True, "state": console.state()})

    def part(self, visitor: Visitor) -> None:
        """Called when somebody leaves; after the last one, the prompt costs the game nothing."""
        self.consoles.pop(visitor, None)
        if not self.consoles and self.session is not None:
            self.restore()
            self.session.trace(None)
            self.session.unmeter()
            self.session.forget_instance()

    # --------------------------------------------------------------- answering

    def take(self, visitor: Visitor, request: dict[str, Any]) -> None:
        """Runs a text, or answers a question about names; who asks for anything else has to go."""
        console, of = self.consoles[visitor], request.get("of")
        if fits(request, {"text": str}):
            console.enter(clean(request["text"]))
            visitor.send({"done": True, "state": console.state(), "failures": console.failures})
        elif fits(request, {"ask": str}) and fits(of, QUESTIONS.get(request["ask"], bool)) and of != []:
            answer = getattr(self.names, request["ask"])(*([] if of is None else [of]))
            visitor.send({"id": request.get("id"), "answer": None if answer is None else list(answer)})
        else:
            visitor.leave()

    def _listen(self) -> None:
        """Shows what the game says to those who are attached as well."""
        game, rt = self.game, self.game.rt
        on_report, log, output = game.on_report, rt.log, rt.output

        def restore() -> None:
            game.on_report, rt.log, rt.output = on_report, log, output

        def also_report(report: Report) -> None:
            on_report(report)
            self._each(lambda console: console.report(report))

        def also_log(line: str) -> None:
            log(line)
            self._each(lambda console: console.log(line))

        def also_print(line: str) -> None:
            output(line)
            self._each(lambda console: console.print(line))

        game.on_report, rt.log, rt.output, self.restore = also_report, also_log, also_print, restore

    def _each(self, tell: Callable[[AttachedConsole], None]) -> None:
        for console in list(self.consoles.values()):
            tell(console)
