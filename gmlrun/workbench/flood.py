"""`gmlrun net flood`: how many connections and packets a server takes, and how long its answers need."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import NamedTuple, TextIO

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.net.backend import FAILED, NetworkError, NetworkLimits, SocketType
from gmlrun.net.messages import ConnectResult, Disconnected, Message, Received
from gmlrun.net.printable import printable
from gmlrun.net.transports.descriptors import shortage
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.workbench.figures import need_consent, spread, table
from gmlrun.workbench.packets import PacketFault, packet

LONGEST = 60.0
"""Seconds that a measurement may take."""
AT_ONCE = 64
"""How many connections are under way at once."""
PATIENCE = 1.0
"""Seconds until a packet counts as unanswered, and the next one is sent."""
CONNECT_TIMEOUT = 5.0
NAP = 0.05


class FloodOptions(NamedTuple):
    """The server and the load to be measured."""

    host: str
    port: int
    kind: SocketType
    raw: bool
    payload: bytes
    connections: int
    seconds: float
    rate: float
    """Packets a second of each connection; 0 for one after each answer."""


class Flood:
    """One measurement."""

    def __init__(self, wish: FloodOptions) -> None:
        self.wish = wish
        self.backend = SelectorBackend(NetworkLimits(connect_timeout=CONNECT_TIMEOUT))
        self.begun: dict[int, float] = {}
        """When each connection under way was begun."""
        self.open: set[int] = set()
        self.pending: dict[int, deque[float]] = {}
        """When the packets of a connection were sent that have no answer yet."""
        self.connect_times: list[float] = []
        self.trips: list[float] = []
        self.failures: Counter[str] = Counter()
        self.endings: Counter[str] = Counter()
        self.sent = self.received = self.unanswered = self.refused = 0
        self.connected_in = self.lasted = 0.0

    def run(self) -> None:
        """Connects, and sends for as long as it was wished."""
        start = time.monotonic()
        try:
            self.connect_all()
            self.connected_in = time.monotonic() - start
            if self.open:
                self.send_all()
        finally:
            for number in self.open:
                self.backend.close(number)
            self.backend.close_all(0.5)

    # ------------------------------------------------------------------- connecting

    def connect_all(self) -> None:
        """Makes all connections, some at once."""
        left = self.wish.connections
        while left or self.begun:
            while left and len(self.begun) < AT_ONCE:
                left -= 1
                self.connect()
            for message in self.backend.poll(NAP if self.begun else 0.0):
                self.take(message)

    def connect(self) -> None:
        """Begins one connection; a UDP socket is there at once."""
        wish = self.wish
        try:
            if wish.kind == "udp":
                self.opened(self.backend.listen("udp", "", 0, 0, wish.raw))
            else:
                number = self.backend.connect(wish.kind, wish.host, wish.port, wish.raw)
                self.begun[number] = time.monotonic()
        except NetworkError as error:
            self.failures[str(error)] += 1

    def opened(self, number: int) -> None:
        """Counts a connection that has been established."""
        self.open.add(number)
        self.pending[number] = deque()

    # ---------------------------------------------------------------------- sending

    def send_all(self) -> None:
        """Sends until the time is up."""
        start = time.monotonic()
        end, turn = start + self.wish.seconds, 0
        if not self.wish.rate:
            for number in list(self.open):
                self.send(number)
        while (now := time.monotonic()) < end and self.open:
            if self.wish.rate and now - start >= turn / self.wish.rate:
                turn += 1
                for number in list(self.open):
                    self.send(number)
            due = start + turn / self.wish.rate if self.wish.rate else end
            for message in self.backend.poll(max(0.0, min(due, end, now + NAP) - now)):
                self.take(message)
            self.give_up(now)
        self.lasted = time.monotonic() - start

    def send(self, number: int) -> None:
        """Sends the packet on one connection."""
        wish, now = self.wish, time.monotonic()
        if wish.kind == "udp":
            taken = self.backend.send_to(number, wish.host, wish.port, wish.payload, wish.raw)
        else:
            taken = self.backend.send(number, wish.payload, wish.raw)
        if taken == FAILED:
            self.refused += 1
        else:
            self.sent += 1
            self.pending[number].append(now)

    def give_up(self, now: float) -> None:
        """Counts what has no answer, and continues without."""
        for number in list(self.open):
            queue = self.pending[number]
            while queue and now - queue[0] > PATIENCE:
                queue.popleft()
                self.unanswered += 1
                if not self.wish.rate:
                    self.send(number)

    # -------------------------------------------------------------------- receiving

    def take(self, message: Message) -> None:
        """Count a message of the network."""
        if isinstance(message, ConnectResult):
            begun = self.begun.pop(message.socket)
            if message.succeeded:
                self.connect_times.append(time.monotonic() - begun)
                self.opened(message.socket)
            else:
                self.failures[message.reason] += 1
        elif isinstance(message, Received):
            self.received += len(message.packets)
            for _ in message.packets:
                self.answer(message.socket)
        elif isinstance(message, Disconnected):
            self.open.discard(message.socket)
            self.endings[message.reason] += 1

    def answer(self, number: int) -> None:
        """The next packet that comes is the answer to the oldest that has none."""
        queue = self.pending.get(number)
        if queue:
            self.trips.append(time.monotonic() - queue.popleft())
            if not self.wish.rate and number in self.open:
                self.send(number)

    # -------------------------------------------------------------------- reporting

    def report(self, stream: TextIO) -> None:
        """Prints what has been measured."""
        rows = [["", "count", "a second", "p50", "p99", "longest"]]
        stands = len(self.connect_times) if self.wish.kind != "udp" else len(self.pending)
        rows.append(["connections", f"{stands:,}", rate(stands, self.connected_in), *spread(self.connect_times)])
        rows.append(["packets sent", f"{self.sent:,}", rate(self.sent, self.lasted), "", "", ""])
        rows.append(["packets received", f"{self.received:,}", rate(self.received, self.lasted), "", "", ""])
        rows.append(["round trips", f"{len(self.trips):,}", rate(len(self.trips), self.lasted), *spread(self.trips)])
        for name, count in (("unanswered", self.unanswered), ("not sent", self.refused)):
            if count:
                rows.append([name, f"{count:,}", "", "", "", ""])
        for line in table(rows):
            stream.write(line.rstrip() + "\n")
        stream.flush()
        for words, reasons in (("did not come about", self.failures), ("were ended", self.endings)):
            for reason, count in reasons.most_common(5):
                print_error(f"gmlrun: {count} connections {words}: {printable(reason)}")
        if self.sent and not self.received:
            print_error("gmlrun: the server answers nothing: give a packet that it answers with --packet")


def rate(count: int, seconds: float) -> str:
    """How many a second."""
    return f"{count / seconds:,.0f}" if seconds > 0 else "-"


def flood(wish: FloodOptions, text: str, has_consent: bool, stream: TextIO) -> int:
    """Measures a server with a packet; returns the exit code. Raises UsageError."""
    if wish.seconds > LONGEST:
        raise UsageError(f"--seconds may be {LONGEST:.0f} at most")
    try:
        payload = packet(text)
    except PacketFault as fault:
        raise UsageError("\n".join(["wrong packet: " + fault.lines()[0], *fault.lines()[1:]])) from None
    need_consent(wish.host, has_consent, "flood")
    missing = shortage(wish.connections)
    if missing:
        raise UsageError(missing)
    measured = Flood(wish._replace(payload=payload))
    try:
        measured.run()
    finally:
        measured.report(stream)
    return 0 if measured.pending else 1
