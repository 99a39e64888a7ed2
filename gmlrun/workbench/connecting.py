"""`gmlrun net connect`: a GameMaker client at the keyboard."""

from __future__ import annotations

from gmlrun.errors import UsageError
from gmlrun.net.backend import FAILED, NetworkError
from gmlrun.net.messages import ConnectResult, Disconnected, Message, Received
from gmlrun.net.printable import printable
from gmlrun.net.protocols.stream import HELLO, PACKET_MAGIC
from gmlrun.workbench.asking import ALERT, language_of
from gmlrun.workbench.desk import FULL, Desk, DeskOptions
from gmlrun.workbench.figures import place
from gmlrun.workbench.views import EventScreen

LONGEST_DATAGRAM = 65495
"""Bytes that fit into one, with GameMaker's header."""
MAGIC = PACKET_MAGIC.to_bytes(4, "little")


class ConnectedPeer(Desk):
    """One connection, or one UDP socket that sends to one place."""

    def __init__(self, host: str, port: int, wish: DeskOptions, screen: EventScreen) -> None:
        super().__init__(wish, screen)
        self.host, self.port = host, port
        self.number = -1
        self.is_open = False
        self.is_told = False
        """Whether advice on raw sockets has been given."""

    def open(self) -> None:
        """Begins to connect."""
        try:
            if self.wish.kind == "udp":
                self.number = self.backend.listen("udp", self.wish.bind, 0, 0, self.wish.raw)
                self.is_open = True
                self.screen.line(f"*  packets go to {place(self.host, self.port)} over UDP; :help for help")
            else:
                self.number = self.backend.connect(self.wish.kind, self.host, self.port, self.wish.raw)
        except NetworkError as error:
            raise UsageError(f"cannot connect to {place(self.host, self.port)}: {error}") from None

    @property
    def may_send(self) -> bool:
        """Whether the connection stands, and its peer takes what is sent."""
        return self.is_open and (self.wish.kind == "udp" or self.queued(self.number) < FULL)

    def is_settled(self) -> bool:
        """Whether it has been found out if there is a connection."""
        return self.is_open

    def take(self, message: Message) -> None:
        """Shows what has happened."""
        if isinstance(message, ConnectResult):
            self.connected(message)
        elif isinstance(message, Received):
            self.heard()
            for payload in message.packets:
                self.screen.packet("<", payload, "text" if message.is_text else "")
                self.advise(payload)
        elif isinstance(message, Disconnected):
            self.screen.line(f"*  the connection is over: {printable(message.reason)}")
            is_fault = "the peer closed" not in message.reason
            self.code = 1 if is_fault or self.faults or not self.keyboard.is_done else 0
            if self.keyboard.is_terminal and not is_fault:
                self.code = 0

    def connected(self, result: ConnectResult) -> None:
        """The connection is there, or is not."""
        if result.succeeded:
            self.is_open = True
            how = "raw" if self.wish.raw else "as a GameMaker client"
            self.screen.line(f"*  connected to {place(result.address, result.port)} {how}; :help for help")
            self.heard()
            return
        said = advice(result.reason) or self.advice_of_peer(result)
        self.complain(f"cannot connect to {place(self.host, self.port)}: {printable(result.reason)}{said}")
        self.code = 1

    def advice_of_peer(self, result: ConnectResult) -> str:
        """Asks a peer that answers what it speaks, and returns advice when that is another protocol."""
        found = language_of(result.address or self.host, result.port or self.port)
        return f"; {found}" if found else ""

    def advise(self, payload: bytes) -> None:
        """Says once what a raw connection to a server that is not raw looks like."""
        found = next((words for start, words in STRANGE if payload.startswith(start)), "")
        if self.wish.raw and found and not self.is_told:
            self.is_told = True
            self.complain(found)

    def send(self, payload: bytes, target: str, typed: str) -> None:
        """Sends a packet."""
        if target:
            self.fail("@N is for gmlrun net listen: here is one peer")
            return
        if self.wish.kind == "udp":
            taken = self.backend.send_to(self.number, self.host, self.port, payload, self.wish.raw) != FAILED
        else:
            taken = self.put(self.number, payload)
        if taken:
            self.screen.packet(">", payload, typed=typed)
        else:
            is_long = self.wish.kind == "udp" and len(payload) > LONGEST_DATAGRAM
            self.fail(f"not sent: {'a datagram cannot be so long' if is_long else 'the network refuses it'}")


OWN = "that is GameMaker's own handshake or header: connect without --raw"
OTHER = "that is an answer of a server that speaks {}: is that the right port?"
STRANGE = ((HELLO, OWN), (MAGIC, OWN), (b"HTTP/", OTHER.format("HTTP")), (ALERT, OTHER.format("TLS")))
"""First bytes that no raw server of a game sends, and what to tell of them."""


def advice(reason: str) -> str:
    """Advice on a connection that could not be made; empty where the peer is there and answers otherwise."""
    words = reason.lower()
    if "refused" in words:
        return "; nothing listens there: is the server running, and is that its port? One of UDP needs --udp"
    if "not known" in words or "no address" in words or "resolution" in words:
        return "; is the name written correctly?"
    if "timed out" in words or "unreachable" in words:
        return "; a firewall may be in between"
    if "certificate" in words:
        return "; SSL_CERT_FILE=FILE names a certificate to trust"
    return ""
