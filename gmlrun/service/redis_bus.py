"""`--redis`: the messages of a game go to a Redis server and come from it, in threads beside the game.

A Redis that is away stops no game: it is tried again, and up to MOST_WAITING messages wait for it.
"""

from __future__ import annotations

import queue
import threading
from typing import Any

from gmlrun.engine.bus import Bus
from gmlrun.errors import UsageError
from gmlrun.game import Game
from gmlrun.net.threads import REFUSED, begin_thread

MOST_WAITING = 10_000
LOOK = 0.1
"""Seconds between two looks for channels that are new."""
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds until the next try, the last one again and again."""
TIMEOUT = 5.0
"""Seconds that Redis may take to answer."""


class RedisBus:
    """Carries the messages of one game. Raises UsageError without the package, and for an address that is none."""

    def __init__(self, game: Game, url: str) -> None:
        try:
            import redis
        except ImportError:
            raise UsageError("--redis needs the package redis: pip install 'gmlrun[redis]'") from None
        self.errors = (redis.RedisError, OSError)
        try:
            self.server: Any = redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        except ValueError as error:
            raise UsageError(f"--redis: {error}") from None
        self.game = game
        self.bus = game.rt.service(Bus)
        self.outgoing: queue.Queue[tuple[str, str] | None] = queue.Queue(MOST_WAITING)
        self.channels: set[str] = set()
        self.is_over = threading.Event()
        self.lock = threading.Lock()
        self.is_away = False
        self.bus.carry, self.bus.tune = self.carry, self.tune
        self.threads: list[threading.Thread] = []

    def open(self) -> None:
        """Starts the threads that talk to Redis."""
        for run in (self._publish, self._listen):
            begun = begin_thread(run)
            if begun is None:
                self.game.rt.log(f"warning: no messages go to Redis or come from it: {REFUSED}")
                return
            self.threads.append(begun)

    def close(self) -> None:
        """Ends, after a little time for what is still to be sent."""
        self.is_over.set()
        self.carry_end()
        for thread in self.threads:
            thread.join(1.0)
        self.server.close()

    def carry_end(self) -> None:
        """Ends the thread that publishes, when all before has been sent."""
        try:
            self.outgoing.put_nowait(None)
        except queue.Full:
            return

    # -------------------------------------------------------------- the game's

    def carry(self, channel: str, message: str) -> bool:
        """See Bus."""
        try:
            self.outgoing.put_nowait((channel, message))
        except queue.Full:
            return False
        return True

    def tune(self, channel: str, is_wanted: bool) -> None:
        """See Bus."""
        with self.lock:
            (self.channels.add if is_wanted else self.channels.discard)(channel)

    # ----------------------------------------------------------------- threads

    def _publish(self) -> None:
        """Sends one message after the other; one that could not be sent is tried again."""
        while (item := self.outgoing.get()) is not None:
            tries = 0
            while not self._sent(*item):
                if self.is_over.wait(PAUSES[min(tries, len(PAUSES) - 1)]):
                    return
                tries += 1

    def _sent(self, channel: str, message: str) -> bool:
        try:
            self.server.publish(channel, message)
        except self.errors as error:
            self._tell(error)
            return False
        self._tell(None)
        return True

    def _listen(self) -> None:
        """Listens to the subscribed channels, and reconnects when the connection is lost."""
        tries = 0
        while not self.is_over.is_set():
            try:
                with self.server.pubsub(ignore_subscribe_messages=True) as channel:
                    tuned: set[str] = set()
                    while not self.is_over.is_set():
                        tuned = self._follow(channel, tuned)
                        tries = 0
            except self.errors as error:
                self._tell(error)
                self.is_over.wait(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    def _follow(self, channel: Any, tuned: set[str]) -> set[str]:
        """Adjusts the subscriptions, and hands on the messages; returns the channels that are subscribed."""
        with self.lock:
            wanted = set(self.channels)
        if wanted - tuned:
            channel.subscribe(*(wanted - tuned))
        if tuned - wanted:
            channel.unsubscribe(*(tuned - wanted))
        if not wanted and not tuned:
            self.is_over.wait(LOOK)
            return wanted
        found = channel.get_message(timeout=LOOK)
        self._tell(None)
        if found is not None and found["type"] == "message":
            name, text = (str(found[key], "utf-8", "replace") for key in ("channel", "data"))
            self.game.call_soon(lambda: self.bus.deliver(name, text))
        return wanted

    def _tell(self, error: Exception | None) -> None:
        """Logs once that Redis cannot be reached, and once that it can be again."""
        with self.lock:
            if self.is_away == (error is not None):
                return
            self.is_away = error is not None
        words = "Redis is back" if error is None else f"warning: Redis does not answer ({error}): it is tried again"
        self.game.call_soon(lambda: self.game.rt.log(words))
