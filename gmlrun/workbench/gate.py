"""`gmlrun net proxy`: shows what passes, holds packets back, and lets somebody change them.

A line that is typed is an answer about the packet that is asked about, a packet of one's own, or a command.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import NamedTuple

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.net.printable import printable
from gmlrun.workbench.commands import Commands, help_lines, run_command
from gmlrun.workbench.figures import is_own, place
from gmlrun.workbench.line_input import open_keyboard
from gmlrun.workbench.packets import PacketFault, packet
from gmlrun.workbench.proxy import Proxy
from gmlrun.workbench.proxy_links import Observer, ProxiedClient
from gmlrun.workbench.proxy_sockets import ProxyPlan
from gmlrun.workbench.units import TLS, TO_CLIENT, TO_SERVER, WireUnit
from gmlrun.workbench.views import EventScreen

ARROWS = {TO_SERVER: ">", TO_CLIENT: "<"}
SEEING = "give the proxy a certificate that the client trusts: --tls-cert FILE --tls"
DIRECTIONS = {">": TO_SERVER, "<": TO_CLIENT}


class Held(NamedTuple):
    """A unit that waits."""

    link: ProxiedClient
    direction: int
    unit: WireUnit

    @property
    def way(self) -> tuple[int, int]:
        """The link and direction: what goes the same way keeps its order."""
        return self.link.number, self.direction


class Gate(Observer):
    """The observer that shows units to a person and does what is typed about them."""

    is_looking = True

    def __init__(self, screen: EventScreen, is_quiet: bool, is_paused: bool, is_editing: bool) -> None:
        self.screen = screen
        self.is_quiet = is_quiet
        self.is_paused = is_paused
        self.is_editing = is_editing
        self.waiting: list[Held] = []
        self.asked: Held | None = None
        """The packet that an answer is about."""
        self.steps = 0
        self.faults = 0
        self.links: dict[int, ProxiedClient] = {}
        self.was_told = False
        """Whether it has been said how TLS can be seen into."""

    # ------------------------------------------------------------------ what passes

    def opened(self, link: ProxiedClient) -> None:
        """Called when a client has connected."""
        self.links[link.number] = link
        self.screen.line(f"{link.number} *  client {link.number} is {link.peer}")

    def closed(self, link: ProxiedClient, reason: str) -> None:
        """Called when a link has ended."""
        self.links.pop(link.number, None)
        self.screen.line(f"{link.number} *  {printable(reason)}")

    def passing(self, link: ProxiedClient, direction: int, unit: WireUnit) -> None:
        """Lets a unit through, or keeps it."""
        if not self.waiting and not self.holds(unit):
            self.count(unit)
            self.show(link, direction, unit, link.forward(direction, unit))
            return
        link.waiting += 1
        self.waiting.append(Held(link, direction, unit))
        self.advance()

    def holds(self, unit: WireUnit) -> bool:
        """Whether a unit has to wait for somebody."""
        return bool(unit.packets) and (self.is_editing or (self.is_paused and self.steps == 0))

    def count(self, unit: WireUnit) -> None:
        """One of the packets that may pass while it is paused does."""
        if unit.packets and self.is_paused:
            self.steps -= 1

    def forgotten(self, link: ProxiedClient) -> None:
        """Drop the units that wait for a link that is over."""
        self.waiting = [held for held in self.waiting if held.link is not link]
        link.waiting = 0
        if self.asked is not None and self.asked.link is link:
            self.asked = None
            self.advance()

    def advance(self) -> None:
        """Lets through what may pass now, in the order of each way."""
        blocked: set[tuple[int, int]] = set()
        for held in list(self.waiting):
            if held.way in blocked:
                continue
            if self.holds(held.unit):
                blocked.add(held.way)
                self.ask(held)
                continue
            self.count(held.unit)
            self.release(held, held.unit)

    def release(self, held: Held, unit: WireUnit | None) -> None:
        """Lets a unit through as it is or as it was made; None drops it."""
        self.waiting.remove(held)
        held.link.waiting -= 1
        notes = ["dropped"] if unit is None else held.link.forward(held.direction, unit)
        if unit is not None and unit is not held.unit:
            notes.insert(0, "changed")
        self.show(held.link, held.direction, unit or held.unit, notes)

    def show(self, link: ProxiedClient, direction: int, unit: WireUnit, notes: list[str]) -> None:
        """Shows a unit that is passed on."""
        if self.is_quiet:
            return
        who = f"{link.number} {ARROWS[direction]}"
        words = ", ".join(note for note in (printable(unit.note), "text" if unit.is_text else "", *notes) if note)
        for payload in unit.packets or ():
            self.screen.packet(who, payload, words)
        if unit.note == TLS and not self.was_told:
            self.was_told = True
            print_error(f"gmlrun: client {link.number} speaks TLS, which nobody can see into: {SEEING}")
        if unit.packets is None:
            self.screen.line(f"{who}  {len(unit.wire):>6}  ({words})")

    # --------------------------------------------------------------------- answers

    def ask(self, held: Held) -> None:
        """Asks about a packet, one at a time."""
        if self.is_editing and self.asked is None:
            self.asked = held
            text = "; ".join(self.screen.decoder.text(payload) for payload in held.unit.packets or ())
            self.screen.line(f"{held.link.number} {ARROWS[held.direction]}  ?  {text}")

    def do(self, line: str, number: int) -> None:
        """One line that was typed."""
        if line.startswith("#"):
            return
        if line.startswith(":"):
            self.command(line)
        elif line[:1] in DIRECTIONS:
            self.inject(line)
        elif self.asked is not None:
            self.answer(line)
        elif line:
            self.fail(
                f"line {number}: no packet is asked about; > PACKET sends one to the server, < PACKET to the client"
            )

    def answer(self, line: str) -> None:
        """Send, change or drop the packet that is asked about; an empty line sends it as it is."""
        held = self.asked
        assert held is not None
        unit: WireUnit | None = held.unit
        if line == "drop":
            unit = None
        elif line:
            try:
                payload = packet(line)
            except PacketFault as fault:
                self.fail("\n".join(fault.lines()))
                return
            wire = held.unit.head + held.link.wrap(held.direction, payload, held.unit.is_text)
            unit = held.unit._replace(wire=wire, packets=[payload])
        self.asked = None
        self.release(held, unit)
        self.advance()

    def inject(self, line: str) -> None:
        """`> PACKET` and `< PACKET`: one of one's own, on the newest link or, `> @2 PACKET`, on another."""
        direction, rest = DIRECTIONS[line[0]], line[1:].strip()
        number = max(self.links, default=0)
        if rest.startswith("@"):
            word, _, rest = rest[1:].partition(" ")
            number = int(word) if word.isdecimal() else 0
        link = self.links.get(number)
        if link is None or not link.lines:
            self.fail("there is no such client" if self.links else "no client is there yet")
            return
        try:
            payload = packet(rest)
        except PacketFault as fault:
            self.fail("\n".join(fault.lines()))
            return
        unit = WireUnit(link.wrap(direction, payload), [payload])
        self.show(link, direction, unit, ["typed", *link.forward(direction, unit)])

    def command(self, line: str) -> None:
        """A line that begins with a colon."""
        run_command(self.commands(), line, self.fail)

    def commands(self) -> Commands:
        """The commands by name."""
        return {
            "help": (self.help, "this list"),
            "pause": (lambda rest: self.switch(True), "let no packet pass"),
            "resume": (lambda rest: self.switch(False), "let all pass, and ask about none"),
            "step": (self.step, "[N]: let N packets pass while it is paused"),
            "edit": (self.edit, "ask about each packet"),
            "hex": (self.hex, "show the bytes of packets as well, or no longer"),
            "quit": (self.quit, "end"),
        }

    def help(self, rest: str) -> None:
        self.screen.write("  > PACKET  sends a packet to the server, < PACKET to the client (> @2 PACKET: of client 2)")
        self.screen.write("  asked about a packet: Enter sends it, drop drops it, a packet takes its place")
        for line in help_lines(self.commands()):
            self.screen.write(line)

    def switch(self, is_paused: bool) -> None:
        self.is_paused, self.is_editing, self.asked, self.steps = is_paused, False, None, 0
        self.advance()

    def step(self, rest: str) -> None:
        if rest and not rest.isdecimal():
            self.fail(f"expected a whole number, not {printable(rest)}")
            return
        self.steps += int(rest or 1)
        self.advance()
        if not self.is_paused:
            self.steps = 0

    def edit(self, rest: str) -> None:
        self.is_editing = True
        self.advance()

    def hex(self, rest: str) -> None:
        self.screen.has_hex = not self.screen.has_hex

    def quit(self, rest: str) -> None:
        raise asyncio.CancelledError

    def stop(self, reading: asyncio.Task[None]) -> None:
        """Called when nobody reads the output any more."""
        self.faults += 1
        reading.cancel()

    def fail(self, text: str) -> None:
        """A line that could not be done."""
        self.faults += 1
        print_error(f"gmlrun: {text}")


def run(plan: ProxyPlan, gate: Gate) -> int:
    """Runs a proxy until Ctrl-C or `:quit`; returns the exit code."""
    return asyncio.run(serve(plan, gate))


async def serve(plan: ProxyPlan, gate: Gate) -> int:
    """The proxy and the keyboard, side by side."""
    if plan.port == plan.listen and is_own(plan.host):
        raise UsageError(f"port {plan.port} of this machine cannot lead to itself: let the proxy listen on another one")
    proxy = Proxy(plan, gate)
    try:
        await proxy.start()
    except OSError as error:
        raise UsageError(
            f"cannot listen on {place(plan.bind or '*', plan.listen)}: {error.strerror or error}"
        ) from None
    kind = "udp" if plan.is_udp else "tcp"
    places = " ".join(place(address, proxy.port) for address in proxy.addresses)
    print_error(f"gmlrun: listening {kind} {places} for {place(plan.host, plan.port)}")
    reading = asyncio.ensure_future(read_lines(gate))
    gate.screen.on_lost = lambda: gate.stop(reading)
    try:
        await asyncio.wait([reading])
    finally:
        reading.cancel()
        await proxy.close()
    return 1 if gate.faults else 0


async def read_lines(gate: Gate) -> None:
    """Does what is typed, forever; at the end of the input nobody is asked any more."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(changed.set)

    keyboard = open_keyboard(wake)
    with keyboard.below(gate.screen):
        while True:
            await changed.wait()
            changed.clear()
            while (line := keyboard.take()) is not None:
                await until_asked(gate, line)
                gate.do(line.strip(), keyboard.number)
            if keyboard.is_done and (gate.is_editing or gate.is_paused):
                gate.switch(False)
            if keyboard.is_done and keyboard.is_terminal:
                return


async def until_asked(gate: Gate, line: str) -> None:
    """An answer from a pipe waits for its question."""
    is_answer = line.strip()[:1] not in ("#", ":", ">", "<")
    while gate.is_editing and is_answer and gate.asked is None:
        await asyncio.sleep(0.01)
