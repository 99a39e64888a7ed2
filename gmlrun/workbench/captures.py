"""`gmlrun net decode`: a capture goes in, its connections and packets come out as lines."""

from __future__ import annotations

import os
from typing import BinaryIO

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.net.printable import printable
from gmlrun.workbench.datagrams import datagram_unit
from gmlrun.workbench.figures import place
from gmlrun.workbench.pcap import CaptureFault, frames
from gmlrun.workbench.segments import ACK, FIN, RST, SYN, Segment, Unpacker
from gmlrun.workbench.units import TLS, TO_CLIENT, TO_SERVER, Conversation, WireUnit
from gmlrun.workbench.views import EventScreen

WRAP = 1 << 32
HALF = 1 << 31
MOST_EARLY = 1 << 20
"""Bytes behind a gap that are kept until it is taken for one that the capture has, too."""
SEEING = "gmlrun net proxy --tls-cert shows it as it passes, and Wireshark with the keys of SSLKEYLOGFILE"
ARROWS = {TO_SERVER: ">", TO_CLIENT: "<"}


class Flow:
    """One direction of a stream: segments in any order go in, its bytes come out in theirs."""

    def __init__(self) -> None:
        self.next: int | None = None
        """The number of the byte that is to come."""
        self.early: dict[int, bytes] = {}
        self.has_ended = False

    def take(self, sequence: int, data: bytes) -> bytes:
        """The bytes that are in order after a segment."""
        if self.next is None:
            self.next = sequence
        if data:
            kept = self.early.get(sequence, b"")
            self.early[sequence] = max(kept, data, key=len)
        return self.ready()

    def ready(self) -> bytes:
        """The bytes that have arrived without a gap."""
        found = b""
        moves = True
        while moves and self.next is not None:
            moves = False
            for sequence in sorted(self.early, key=self.distance):
                behind = -self.distance(sequence)
                if behind < 0:
                    break
                data = self.early.pop(sequence)[behind:]
                found += data
                self.next = (self.next + len(data)) % WRAP
                moves = moves or bool(data)
        return found

    def distance(self, sequence: int) -> int:
        """How far a number is from the next one; below 0 for what came before."""
        assert self.next is not None
        return (sequence - self.next + HALF) % WRAP - HALF

    def is_stuck(self) -> bool:
        """Whether enough bytes wait behind a gap to conclude that the capture lacks the missing ones."""
        return sum(map(len, self.early.values())) > MOST_EARLY

    def skip(self) -> int:
        """Goes on behind the gap; how long it was."""
        if not self.early or self.next is None:
            return 0
        first = min(self.early, key=self.distance)
        missing = self.distance(first)
        self.next = first
        return missing


class Talk:
    """One connection of a capture, or what two UDP sockets say to each other."""

    def __init__(self, number: int, first: Segment, client: tuple[str, int], server: tuple[str, int]) -> None:
        self.number = number
        self.is_tcp = first.is_tcp
        self.client, self.server = client, server
        self.flows = [Flow(), Flow()]
        self.conversation = Conversation()
        self.start = self.end = first.time
        self.counts = [0, 0]
        self.sizes = [0, 0]
        self.state = "open"

    @property
    def kind(self) -> str:
        """The protocol that is spoken."""
        return (self.conversation.kind or "nothing") if self.is_tcp else "UDP"

    def direction(self, segment: Segment) -> int:
        """The direction of a segment."""
        return TO_SERVER if segment.source == self.client else TO_CLIENT


class CaptureReading:
    """Reads one capture and shows it."""

    def __init__(self, screen: EventScreen, port: int | None, has_packets: bool) -> None:
        self.screen = screen
        self.port = port
        self.has_packets = has_packets
        self.unpacker = Unpacker()
        self.talks: dict[object, Talk] = {}
        self.all: list[Talk] = []
        self.start: float | None = None

    def read(self, file: BinaryIO) -> None:
        """All of a capture. Raises CaptureFault, after what came before the damage has been shown."""
        try:
            for frame in frames(file):
                segment = self.unpacker.segment(frame)
                if segment is not None and self.is_wanted(segment):
                    self.start = segment.time if self.start is None else self.start
                    self.take(segment)
        finally:
            for talk in self.all:
                self.finish(talk)

    def is_wanted(self, segment: Segment) -> bool:
        return self.port is None or self.port in (segment.source[1], segment.target[1])

    def take(self, segment: Segment) -> None:
        """One segment or datagram."""
        key = (segment.is_tcp, *sorted((segment.source, segment.target)))
        talk = self.talks.get(key)
        is_new = segment.is_tcp and segment.flags & (SYN | ACK) == SYN
        if talk is None or (is_new and talk.state != "open"):
            talk = self.talks[key] = self.begin(segment)
        talk.end = segment.time
        if segment.is_tcp:
            self.take_tcp(talk, segment)
        else:
            self.show(talk, talk.direction(segment), datagram_unit(segment.data))

    def begin(self, segment: Segment) -> Talk:
        """A connection that was not known."""
        client, server = segment.source, segment.target
        is_answer = segment.is_tcp and segment.flags & (SYN | ACK) == SYN | ACK
        is_middle = segment.is_tcp and not segment.flags & SYN
        if is_answer or server[1] == self.port != client[1]:
            client, server = (server, client) if is_answer else (client, server)
        elif client[1] == self.port or (is_middle and client[1] < server[1]):
            client, server = server, client
        talk = Talk(len(self.all) + 1, segment, client, server)
        self.all.append(talk)
        kind = "TCP" if segment.is_tcp else "UDP"
        if self.has_packets:
            self.line(talk, f"{kind} from {place(*client)} to {place(*server)}")
        return talk

    def take_tcp(self, talk: Talk, segment: Segment) -> None:
        """A segment of a stream."""
        direction = talk.direction(segment)
        flow = talk.flows[direction]
        sequence = segment.sequence + (1 if segment.flags & SYN else 0)
        self.feed(talk, direction, flow.take(sequence % WRAP, segment.data))
        if flow.is_stuck():
            self.skip(talk, direction)
        if segment.flags & RST and talk.state == "open":
            talk.state = "reset"
            self.line(talk, f"the {'client' if direction == TO_SERVER else 'server'} broke the connection off")
        if segment.flags & FIN and not flow.has_ended:
            flow.has_ended = True
            if all(each.has_ended for each in talk.flows) and talk.state == "open":
                talk.state = "closed"
                self.line(talk, "closed")

    def feed(self, talk: Talk, direction: int, data: bytes) -> None:
        """Bytes of a stream, in order."""
        for unit in talk.conversation.feed(direction, data) if data else []:
            self.show(talk, direction, unit)

    def skip(self, talk: Talk, direction: int) -> None:
        """Goes on behind what the capture does not have."""
        flow = talk.flows[direction]
        while missing := flow.skip():
            self.line(talk, f"{ARROWS[direction]} {missing} bytes are missing in the capture")
            talk.conversation.resume(direction)
            self.feed(talk, direction, flow.ready())

    def finish(self, talk: Talk) -> None:
        """The end of the capture."""
        for direction in (TO_SERVER, TO_CLIENT):
            self.skip(talk, direction)
            for unit in talk.conversation.end(direction):
                self.show(talk, direction, unit)

    # --------------------------------------------------------------------- showing

    def line(self, talk: Talk, text: str) -> None:
        """Shows what happened to a connection."""
        if self.has_packets:
            self.screen.line(f"{talk.number} *  {text}", talk.end - (self.start or 0.0))

    def show(self, talk: Talk, direction: int, unit: WireUnit) -> None:
        """Count and show a unit."""
        talk.counts[direction] += len(unit.packets or ())
        talk.sizes[direction] += len(unit.wire)
        if not self.has_packets:
            return
        who, at = f"{talk.number} {ARROWS[direction]}", talk.end - (self.start or 0.0)
        note = ", ".join(word for word in (printable(unit.note), "text" if unit.is_text else "") if word)
        for payload in unit.packets or ():
            self.screen.packet(who, payload, note, at)
        if unit.packets is None:
            self.screen.line(f"{who}  {len(unit.wire):>6}  ({note})", at)

    def summary(self) -> None:
        """The connections as a table."""
        rows = [("", "client", "server", "speaks", "packets", "bytes", "seconds", "end")]
        for talk in self.all:
            packets, sizes = (f"{ways[0]} > < {ways[1]}" for ways in (talk.counts, talk.sizes))
            seconds = f"{talk.end - talk.start:.3f}"
            state = talk.state if talk.is_tcp else ""
            client, server = place(*talk.client), place(*talk.server)
            rows.append((str(talk.number), client, server, talk.kind, packets, sizes, seconds, state))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            self.screen.write("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())

    def complain(self) -> None:
        """Tell of the parts that could not be read."""
        for link in sorted(self.unpacker.strange_links):
            print_error(f"gmlrun: frames of link type {link} were left out: that type is not known")
        if self.unpacker.damaged:
            print_error(f"gmlrun: {self.unpacker.damaged} packets were left out: they are cut off")
        secret = sum(talk.kind == TLS for talk in self.all)
        if secret:
            print_error(f"gmlrun: {secret} connections speak TLS, which stays encrypted here: {SEEING}")
        if not self.all:
            where = "" if self.port is None else f" from or to port {self.port}"
            print_error(f"gmlrun: there is neither TCP nor UDP{where} in the capture")


def decode(path: str, screen: EventScreen, port: int | None, is_summary: bool) -> int:
    """Shows a capture; returns the exit code. Raises UsageError for a file that cannot be opened."""
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder, not a capture")
    try:
        file = open(path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    reading = CaptureReading(screen, port, not is_summary)
    fault = ""
    with file:
        try:
            reading.read(file)
        except CaptureFault as found:
            fault = str(found)
    if is_summary:
        reading.summary()
    if fault:
        print_error(f"gmlrun: {path}: {fault}{'; what comes before is shown' if reading.all else ''}")
    else:
        reading.complain()
    return 1 if fault else 0
