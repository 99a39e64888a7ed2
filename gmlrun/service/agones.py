"""`--agones`: a game goes in; what Agones wants to know of a game server goes to the REST side of its SDK.

The SDK's own server stands beside the game, may come later than it, and may be away for a while: what matters is
tried again, in a thread of its own. See https://agones.dev/site/docs/guides/client-sdks/rest/.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import threading
from collections.abc import Iterator, Mapping

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.bus import Engine
from gmlrun.engine.events import SYSTEM
from gmlrun.game import Game
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.service.pulse import Pulse

PORT = 9358
HEALTH = 2.0
"""Seconds between two signs of life."""
TIMEOUT = 5.0
"""Seconds that the SDK's server may take to answer."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds until the next try, the last one again and again."""
MOST_WAITING = 1000
EVENT_TYPE = "gmlrun_agones"
"""The value of `async_load[? "event_type"]` when the state of the game server changes."""
WISHES = {
    "ready": ("POST", "/ready"),
    "allocate": ("POST", "/allocate"),
    "shutdown": ("POST", "/shutdown"),
    "label": ("PUT", "/metadata/label"),
    "annotation": ("PUT", "/metadata/annotation"),
}


class Agones:
    """Speaks for one game."""

    def __init__(self, game: Game, pulse: Pulse, environment: Mapping[str, str] = os.environ) -> None:
        self.game = game
        self.pulse = pulse
        port = environment.get("AGONES_SDK_HTTP_PORT", "")
        self.port = int(port) if port.isdecimal() else PORT
        self.wishes: queue.Queue[tuple[str, Mapping[str, str]]] = queue.Queue(MOST_WAITING)
        self.is_over = threading.Event()
        self.was_told = False
        self.state = ""
        game.rt.service(Engine).ask = self.ask
        pulse.on_first_turn.append(self._ready)

    def open(self) -> None:
        """Starts the thread that talks to Agones."""
        for run in (self._speak, self._live, self._watch):
            if begin_thread(run) is None:
                self._log(f"warning: Agones hears nothing of this game: {REFUSED}")
                return

    def close(self) -> None:
        """The game has ended: the game server can be taken away."""
        self.is_over.set()
        with contextlib.suppress(OSError, http.client.HTTPException):
            self.request("POST", "/shutdown", {})

    def ask(self, wish: str, facts: Mapping[str, str]) -> bool:
        """See Engine."""
        try:
            self.wishes.put_nowait((wish, facts))
        except queue.Full:
            return False
        return True

    def _ready(self) -> None:
        """The program has started: unless it could not listen, players may come."""
        if self.game.rt.listening is not False:
            self.ask("ready", {})

    def request(self, method: str, path: str, body: Mapping[str, str]) -> None:
        """One request; raises OSError and HTTPException."""
        with contextlib.closing(http.client.HTTPConnection("localhost", self.port, timeout=TIMEOUT)) as connection:
            connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read(1000)
        if answer.status >= 500:
            raise OSError(f"it answers {answer.status}")
        if answer.status >= 400:
            words = text.decode("utf-8", "replace").strip()
            self._log(f"warning: Agones refuses {path}: {answer.status} {words}")

    # ----------------------------------------------------------------- threads

    def _speak(self) -> None:
        """Says one thing after the other; what could not be said is tried again."""
        tries = 0
        wish: tuple[str, Mapping[str, str]] | None = None
        while not self.is_over.is_set():
            try:
                wish = wish or self.wishes.get(timeout=HEALTH)
                self.request(*WISHES[wish[0]], wish[1])
                wish, tries = None, 0
            except queue.Empty:
                continue
            except (OSError, http.client.HTTPException) as error:
                self._tell(error)
                self.is_over.wait(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    def _live(self) -> None:
        """Says now and then that the loop turns."""
        while not self.is_over.wait(HEALTH):
            if self.pulse.is_beating(HEALTH):
                with contextlib.suppress(OSError, http.client.HTTPException):
                    self.request("POST", "/health", {})

    def _watch(self) -> None:
        """Hears of changes of the game server, and tells the program of its state."""
        while not self.is_over.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                for found in self._changes():
                    self._take(found)
            self.is_over.wait(PAUSES[-1])

    def _changes(self) -> Iterator[object]:
        """The game server as it is, and again after each change: an object a line."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=None)
        with contextlib.closing(connection):
            connection.request("GET", "/watch/gameserver")
            answer = connection.getresponse()
            while line := answer.readline():
                yield json.loads(line)

    def _take(self, found: object) -> None:
        facts = found.get("result", found) if isinstance(found, dict) else {}
        status = facts.get("status") if isinstance(facts, dict) else None
        state = str(status.get("state", "")) if isinstance(status, dict) else ""
        if state and state != self.state:
            self.state = state
            events = self.game.rt.service(AsyncEvents)
            told = {"event_type": EVENT_TYPE, "state": state}
            self.game.call_soon(lambda: events.post(SYSTEM, told))

    def _tell(self, error: Exception) -> None:
        """Logs once that Agones does not answer."""
        if not self.was_told:
            self.was_told = True
            self._log(f"warning: the SDK of Agones does not answer at port {self.port} ({error}): it is tried again")

    def _log(self, line: str) -> None:
        self.game.call_soon(lambda: self.game.rt.log(line))
