"""Many games of one program on one asyncio loop, with what each sends and gets counted: what a process of bots runs.

GML tells of an answer with `bot_sent(key)` and `bot_received(key)`. Where it never does, the next packet that comes on
a socket is the answer to what was sent on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from array import array
from typing import Any, NamedTuple

from gmlrun.diagnostics import Report, print_error
from gmlrun.embedding.functions import Host
from gmlrun.embedding.game import Game
from gmlrun.embedding.program import CompiledProgram
from gmlrun.errors import GmlError
from gmlrun.net.backend import FAILED, Backend, NetworkError, NetworkLimits
from gmlrun.net.messages import Connected, ConnectResult, Disconnected, Message, Received
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.runtime import Settings
from gmlrun.workbench.figures import is_own

PATIENCE = 1.0
"""Seconds after which what has no answer is lost."""
NAMES = frozenset(("bot_sent", "bot_received", "bot_index", "bot_count"))
"""The functions that bots have beside GameMaker's."""
MOST_KEYS = 100_000


class Order(NamedTuple):
    """The bots that one process is to run."""

    path: str
    first: int
    """The number of its first bot."""
    size: int
    total: int
    seconds: float
    ramp: float
    """Seconds over which the bots of all processes start."""
    host: str
    port: int
    seed: int
    has_consent: bool


class Tally(NamedTuple):
    """The result of one bot."""

    number: int
    connected: int
    failed: int
    disconnected: int
    sent: int
    received: int
    trips: bytes
    """The round trips in seconds, as an array of doubles."""
    lost: int
    error: str


class Counter:
    """The counts of one bot while it runs."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.connected = self.failed = self.disconnected = self.sent = self.received = self.lost = 0
        self.trips = array("d")
        self.waiting: dict[object, float] = {}
        """When each key, or the first packet of each socket that has no answer, was sent."""
        self.has_keys = False
        self.error = ""

    def ask(self, key: object) -> None:
        """Notes when something was sent that will have an answer."""
        now = time.monotonic()
        before = self.waiting.get(key)
        if before is not None and now - before <= PATIENCE and not self.has_keys:
            return
        if before is not None or len(self.waiting) >= MOST_KEYS:
            self.lost += 1
        if len(self.waiting) < MOST_KEYS or before is not None:
            self.waiting[key] = now

    def answer(self, key: object) -> None:
        """An answer has arrived; one that nobody waits for is none."""
        sent = self.waiting.pop(key, None)
        if sent is not None:
            self.trips.append(time.monotonic() - sent)

    def use_keys(self) -> None:
        """The program says itself what is an answer."""
        if not self.has_keys:
            self.has_keys = True
            self.waiting.clear()
            self.lost = 0
            del self.trips[:]

    def tally(self, now: float) -> Tally:
        """The result; what was sent a moment ago is not lost yet."""
        late = sum(now - sent > PATIENCE for sent in self.waiting.values())
        counts = (self.connected, self.failed, self.disconnected, self.sent, self.received)
        return Tally(self.number, *counts, self.trips.tobytes(), self.lost + late, self.error)


class SwarmBackend:
    """See Backend for the contract; what is not counted is the backend's own."""

    def __init__(self, backend: Backend, counter: Counter, has_consent: bool) -> None:
        self._backend = backend
        self._counter = counter
        self._has_consent = has_consent
        self._own: dict[str, bool] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def _may_reach(self, host: str) -> bool:
        if host not in self._own:
            self._own[host] = self._has_consent or is_own(host.rpartition("//")[2].partition("/")[0])
        return self._own[host]

    def connect(self, kind: Any, url: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Begins to connect. Raises NetworkError for another machine that nobody has agreed to."""
        redirect = self._backend.limits.redirect
        host = redirect(url, port)[0] if redirect is not None else url
        if not self._may_reach(host):
            raise NetworkError(f"{host} is not this machine: give --yes if it is yours, and bots are welcome there")
        return self._backend.connect(kind, url, port, raw, socket)

    def send(self, socket: float, payload: bytes, raw: bool = False, is_text: bool = False) -> int:
        """Queues a packet."""
        taken = self._backend.send(socket, payload, raw, is_text)
        self._count(int(socket), taken)
        return taken

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends a datagram."""
        taken = self._backend.send_to(socket, host, port, payload, raw) if self._may_reach(host) else FAILED
        self._count(socket, taken)
        return taken

    def _count(self, socket: int, taken: int) -> None:
        if taken != FAILED:
            self._counter.sent += 1
            if not self._counter.has_keys:
                self._counter.ask(socket)

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways."""
        messages = self._backend.poll(timeout)
        for message in messages:
            self._note(message)
        return messages

    def _note(self, message: Message) -> None:
        counter = self._counter
        if isinstance(message, Received):
            counter.received += len(message.packets)
            if not counter.has_keys:
                counter.answer(message.socket)
        elif isinstance(message, ConnectResult):
            counter.connected += message.succeeded
            counter.failed += not message.succeeded
        elif isinstance(message, Disconnected):
            counter.disconnected += 1
        elif isinstance(message, Connected):
            counter.connected += 1


class Bot:
    """One game and what is counted of it."""

    def __init__(self, order: Order, program: CompiledProgram, number: int) -> None:
        self.counter = Counter(number)
        backend = SelectorBackend(NetworkLimits(), log=self.log)
        if order.host or order.port:
            backend.limits.redirect = lambda host, port: (order.host or host, order.port or port)
        self.game = Game(
            program,
            host=host_of(self.counter, order.total),
            settings=Settings(),
            seed=order.seed + number,
            backend=SwarmBackend(backend, self.counter, order.has_consent),
            on_output=self.log,
            on_log=self.log,
            on_error=self.failed,
        )

    def log(self, line: str) -> None:
        """A line of the bot's."""
        print_error(f"bot {self.counter.number}: {line}")

    def failed(self, report: Report) -> None:
        """An error that nobody caught: the first one is kept, and the bot continues."""
        if not self.counter.error:
            place = "" if report.place is None else f" ({report.place.file}:{report.place.line})"
            self.counter.error = f"{report.message}{place}"

    async def run(self, delay: float) -> None:
        """Waits for its turn, and runs until the game ends or is stopped."""
        await asyncio.sleep(delay)
        try:
            await self.game.run_async()
        except GmlError as error:
            self.counter.error = self.counter.error or str(error)


def host_of(counter: Counter, total: int) -> Host:
    """The functions of bots: which bot this is, and which packets are asked and answered."""
    host = Host()

    def bot_sent(key: object) -> None:
        """Notes when something was sent whose answer carries the same key."""
        counter.use_keys()
        counter.ask(key)

    def bot_received(key: object) -> None:
        """The answer to what was sent under a key has arrived."""
        counter.use_keys()
        counter.answer(key)

    def bot_index() -> float:
        """The number of this bot, from 0 on."""
        return float(counter.number)

    def bot_count() -> float:
        """How many bots there are."""
        return float(total)

    for function in (bot_sent, bot_received, bot_index, bot_count):
        assert function.__name__ in NAMES
        host.function(function)
    return host


def run_order(order: Order) -> list[Tally]:
    """Runs the bots of one process; Ctrl-C ends them early. Raises SourceErrors and UsageError."""
    program = CompiledProgram(order.path, host=host_of(Counter(0), order.total))
    return asyncio.run(run_bots(order, program))


async def run_bots(order: Order, program: CompiledProgram) -> list[Tally]:
    """The bots side by side, until the time is up or all have ended."""
    bots = [Bot(order, program, order.first + at) for at in range(order.size)]
    delays = [order.ramp * bot.counter.number / order.total for bot in bots]
    tasks = [asyncio.ensure_future(bot.run(delay)) for bot, delay in zip(bots, delays, strict=True)]
    over = asyncio.Event()
    with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, over.set)
    everything = asyncio.ensure_future(asyncio.wait(tasks))
    with contextlib.suppress(TimeoutError):
        waiting = asyncio.ensure_future(over.wait())
        await asyncio.wait({everything, waiting}, timeout=order.seconds, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
    now = time.monotonic()
    results = [bot.counter.tally(now) for bot in bots]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, everything, return_exceptions=True)
    return results
