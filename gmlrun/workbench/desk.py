"""The common part of the client and the server at the keyboard: typed lines go in, packets and commands come out.

A line is a packet, unless it begins with `:` (a command) or `#` (a comment). The same from a terminal and a pipe.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.net.backend import FAILED, NetworkLimits, SocketType
from gmlrun.net.messages import Message
from gmlrun.net.printable import printable
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.workbench.commands import Commands, help_lines, run_command
from gmlrun.workbench.line_input import open_keyboard
from gmlrun.workbench.packets import PacketFault, packet
from gmlrun.workbench.views import Decoder, EventScreen, decoder_of, pattern_decoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

AT_ONCE = 50
"""How many typed lines are taken in one turn."""
FULL = 1 << 20
"""Bytes that may wait for the peer before lines from a pipe wait too."""
LONGEST_WAIT = 5.0
"""Seconds that `:await` waits for a packet, where it is not said."""


class DeskOptions(NamedTuple):
    """The options of `connect` and `listen`."""

    kind: SocketType
    raw: bool
    is_text: bool
    wait: float
    """Seconds of silence after the last line of a pipe that end it."""
    is_echo: bool = False
    bind: str = ""
    max_clients: int = 1024
    timeout: float = 4.0
    certificate: str | None = None
    key: str | None = None


class Desk:
    """A loop over the network and the keyboard."""

    def __init__(self, wish: DeskOptions, screen: EventScreen) -> None:
        self.wish = wish
        self.screen = screen
        limits = NetworkLimits(
            connect_timeout=wish.timeout, tls_certificate=wish.certificate, tls_key=wish.key, address=wish.bind
        )
        limits.on_dropped.append(
            lambda dropped: screen.line(f"!  {dropped.address} dropped: {printable(dropped.reason)}")
        )
        self.backend = SelectorBackend(limits, log=self.complain)
        try:
            self.keyboard = open_keyboard(self.backend.wake)
        except UsageError:
            self.backend.close_all(0.0)
            raise
        self.code: int | None = None
        """The exit code, once it is over."""
        self.faults = 0
        self.resume_at = 0.0
        """Until when no line is taken."""
        self.awaits = False
        """Whether a packet ends that wait."""
        self.last_heard = time.monotonic()

    # ------------------------------------------------------------------ the loop

    def run(self) -> int:
        """Runs until the end of the input or of the connection; returns the exit code."""
        with self.keyboard.below(self.screen):
            return self.serve()

    def serve(self) -> int:
        """The loop; returns the exit code."""
        try:
            self.open()
            while self.code is None:
                for message in self.backend.poll(self.patience()):
                    self.take(message)
                self.take_lines()
                self.look_at_end()
        finally:
            self.backend.close_all(2.0)
        return self.code or (1 if self.faults else 0)

    def patience(self) -> float | None:
        """How long to wait for the network or a key; None for no limit."""
        now = time.monotonic()
        if self.resume_at > now:
            return self.resume_at - now
        if self.keyboard.lines and self.may_send:
            return 0.0
        if self.keyboard.is_done and not self.keyboard.is_terminal:
            return max(0.0, self.last_heard + self.wish.wait - now)
        return None if not self.keyboard.lines else 0.02

    def look_at_end(self) -> None:
        """Ends with the input: at once on a terminal, after some silence in a pipe."""
        now = time.monotonic()
        if self.awaits and self.resume_at <= now:
            self.awaits = False
            self.fail(f"line {self.keyboard.number}: no packet came in time")
        if self.code is None and self.keyboard.is_done and self.resume_at <= now and self.is_settled():
            quiet = now - self.last_heard >= self.wish.wait
            if self.keyboard.is_terminal or quiet:
                self.code = 0

    def heard(self) -> None:
        """Called when a packet has arrived."""
        self.last_heard = time.monotonic()
        if self.awaits:
            self.awaits, self.resume_at = False, 0.0

    # --------------------------------------------------------------- what differs

    def open(self) -> None:
        """Begins to listen or to connect."""
        raise NotImplementedError

    def take(self, message: Message) -> None:
        """Shows what has happened."""
        raise NotImplementedError

    def send(self, payload: bytes, target: str, typed: str) -> None:
        """Sends a packet to the peer, or to the one that a line names; `typed` is what it was made of."""
        raise NotImplementedError

    @property
    def may_send(self) -> bool:
        """Whether there is somebody to send to who takes it."""
        raise NotImplementedError

    def is_settled(self) -> bool:
        """Whether the input may end it: nothing is still being begun."""
        return True

    # --------------------------------------------------------------------- lines

    def take_lines(self) -> None:
        """Does what has been typed."""
        for _ in range(AT_ONCE):
            if self.code is not None or self.resume_at > time.monotonic() or not self.may_send:
                return
            line = self.keyboard.take()
            if line is None:
                return
            self.do(line.strip())

    def do(self, line: str) -> None:
        """Does what one line says."""
        if not line or line.startswith("#"):
            return
        if line.startswith(":"):
            self.command(line)
            return
        target, rest = "", line
        if line.startswith("@"):
            target, _, rest = line[1:].partition(" ")
        try:
            payload = packet(rest)
        except PacketFault as fault:
            self.wrong(fault)
            return
        self.last_heard = time.monotonic()
        self.send(payload, target, rest)

    def wrong(self, fault: PacketFault) -> None:
        """A line that is no packet: nothing is sent."""
        first, *more = fault.lines()
        where = "" if self.keyboard.is_terminal else f"line {self.keyboard.number}: "
        self.fail("\n".join([f"{where}{first}", *more]))

    def fail(self, text: str) -> None:
        """Tells of a fault, which the exit code will tell too, unless somebody has read it."""
        if not self.keyboard.is_terminal:
            self.faults += 1
        self.complain(text)

    def complain(self, text: str) -> None:
        """A sentence on standard error."""
        print_error(f"gmlrun: {text}")

    def command(self, line: str) -> None:
        """A line that begins with a colon."""
        run_command(self.commands(), line, self.fail)

    def commands(self) -> Commands:
        """The commands by name."""
        return {
            "help": (self.help, "this list"),
            "hex": (self.switch_hex, "show the bytes of packets as well, or no longer"),
            "read": (self.read_by, "PATTERN: read packets so, before other ways"),
            "wait": (self.wait, "SECONDS: take no line for so long"),
            "await": (self.wait_for_packet, "[SECONDS]: take no line until a packet comes"),
            "quit": (self.quit, "close and end"),
        }

    def help(self, rest: str) -> None:
        self.screen.write('a packet is typed as   u8:3 u16:700 str:"hi"')
        for line in help_lines(self.commands()):
            self.screen.write(line)

    def switch_hex(self, rest: str) -> None:
        self.screen.has_hex = not self.screen.has_hex

    def read_by(self, rest: str) -> None:
        try:
            self.screen.decoder.ways.insert(0, pattern_decoder(rest))
        except PacketFault as fault:
            self.wrong(fault)

    def wait(self, rest: str) -> None:
        self.resume_at = time.monotonic() + self.seconds(rest, 1.0)

    def wait_for_packet(self, rest: str) -> None:
        self.wait(rest or str(LONGEST_WAIT))
        self.awaits = True

    def seconds(self, text: str, usual: float) -> float:
        """A time that was typed."""
        try:
            found = float(text) if text else usual
        except ValueError:
            found = -1.0
        if not 0.0 <= found < 1e6:
            self.fail(f"expected a number of seconds, not {printable(text)}")
            return 0.0
        return found

    def quit(self, rest: str) -> None:
        self.code = 0

    def queued(self, number: int) -> int:
        """Bytes that wait for a peer."""
        return sum(facts.queued for facts in self.backend.facts() if facts.number == number)

    def put(self, number: int, payload: bytes) -> bool:
        """Sends on a stream; returns whether it was taken."""
        return self.backend.send(number, payload, self.wish.raw, self.wish.is_text) != FAILED


def desk_screen(options: CommandOptions, stream: Any) -> EventScreen:
    """The screen that options ask for."""
    decoder: Decoder = decoder_of(options.read, options.decoder)
    return EventScreen(decoder, options.hex, stream)
