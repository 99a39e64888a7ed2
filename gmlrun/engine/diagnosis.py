"""The classic mistakes of servers: a game that runs goes in, sentences that say what to do come out, once each.

Only a game that asks for it (`--diagnose`, `--leaks`) has this: it takes the place of functions of the loop's parts.
"""

from __future__ import annotations

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import event_label
from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from gmlrun.engine.dispatch import Dispatch
    from gmlrun.engine.events import EventNumber
    from gmlrun.engine.instances import Instance, ObjectType
    from gmlrun.runtime import Runtime
    from gmlrun.values.buffers import Buffer

EVERY = 1.0
"""Seconds between two looks at what piles up."""
MOST_TOLD = 20
"""How many events and kinds of packets are spoken of."""
WARMING = 0.1
"""Seconds that the first run of an event may take beyond a frame: what it needs may be imported only then."""
DEAF = 3.0
"""Seconds after which a peer that takes nothing is spoken of."""


def begin(rt: Runtime) -> None:
    """Watches a game from now on, before its program is linked."""
    looks: list[Callable[[], None]] = []
    if rt.settings.diagnose:
        looks.append(GameWatcher(rt).look)
    if rt.settings.leaks:
        from gmlrun.engine.leaks import Leaks

        leaks = Leaks(rt)
        looks.append(leaks.look)
        tell_at_end(rt, leaks.tell_all)
    look_often(rt, looks)


def look_often(rt: Runtime, looks: list[Callable[[], None]]) -> None:
    """Looks about once a second, as long as the game has something to do."""
    loop, clock = rt.service(Loop), rt.clock.monotonic
    advance, due = loop.advance, clock() + EVERY

    def advanced() -> None:
        nonlocal due
        advance()
        if clock() >= due:
            due = clock() + EVERY
            for look in looks:
                look()

    loop.advance = advanced  # type: ignore[method-assign]


def tell_at_end(rt: Runtime, tell: Callable[[], None]) -> None:
    """Tells something when the game ends, before its last events free what is left."""
    loop = rt.service(Loop)
    end = loop.end

    def ended(code: int, events: bool = True) -> None:
        end(code, events)
        tell()

    loop.end = ended  # type: ignore[method-assign]


class PacketBytes(bytearray):
    """The bytes of a packet while its event runs; what takes a piece out of them whole is noted in `reach`."""

    reach = 0
    __hash__ = None

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            self.reach = max(self.reach, at.indices(len(self))[1])
        return super().__getitem__(at)

    def __eq__(self, other: object) -> bool:
        self.reach = len(self)  # a packet that is sent on is compared with what came
        return super().__eq__(other)

    def startswith(self, *words: Any) -> bool:
        self.reach = len(self)
        return super().startswith(*words)


class GameWatcher:
    """Watches events, packets and peers."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.loop = rt.service(Loop)
        self.told = 0
        self.is_running = False
        """Whether the program has started: what its start takes, no client waits for."""
        self.warm: set[tuple[str, EventNumber]] = set()
        """The events that have run before."""
        self.slow = 0
        """How many slow events there were; one around another slow one does not count."""
        self._watch_packets(rt.service(AsyncEvents), rt.service(World).dispatch)
        self._watch_events(rt.service(World).dispatch)

    def tell(self, key: str, words: str) -> None:
        """Says something once, as long as not too much has been said."""
        if self.told < MOST_TOLD and self.rt.warn_once(f"diagnosis {key}", words):
            self.told += 1

    # ------------------------------------------------------------------- packets

    def _watch_packets(self, events: AsyncEvents, dispatch: Dispatch) -> None:
        """Looks, when the event of a packet is over, how far it was read, unless an error has ended the event."""
        prepare, note_error = events.prepare, dispatch.note_error

        def prepared() -> bool:
            self.look_at_packet(events.buffer)
            is_ready = prepare()
            if is_ready:
                events.buffer.data = PacketBytes(events.buffer.data)
            return is_ready

        def noted(owner: ObjectType | None, number: EventNumber) -> None:
            if events.buffer is not None:
                events.buffer.position = events.buffer.used
            note_error(owner, number)

        events.prepare_by(prepared)
        dispatch.note_error = noted  # type: ignore[method-assign]

    def look_at_packet(self, buffer: Buffer | None) -> None:
        """Tells of a packet of which the beginning alone has been read, and that was not sent on or copied whole."""
        if buffer is None or not buffer.live or not isinstance(buffer.data, PacketBytes):
            return
        data, size = buffer.data, buffer.used
        at = max(buffer.position, data.reach)
        if buffer.position > 0 and at < size and data:
            words = f"was read up to byte {at} only: do both sides use the same types, and as many of them?"
            self.tell(f"short {data[0]}", f"a packet of {size} bytes that begins with {data[0]} {words}")
        buffer.position = size

    # -------------------------------------------------------------------- events

    def _watch_events(self, dispatch: Dispatch) -> None:
        """Takes the time of each event."""
        run_in, run, start = dispatch.run_in, dispatch._run, self.loop.begin
        clock = self.rt.clock.monotonic

        def started() -> None:
            start()
            self.is_running = True

        def timed_in(instances: Iterator[Instance], number: EventNumber) -> None:
            run_in(self.each(instances, number), number)

        def timed(found: Any, instance: Instance, number: EventNumber, other: Any) -> None:
            began, slow = clock(), self.slow
            run(found, instance, number, other)
            self.took(clock() - began, slow, found[1], number)

        self.loop.begin = started  # type: ignore[method-assign]
        dispatch.run_in = timed_in  # type: ignore[method-assign]
        dispatch._run = timed  # type: ignore[method-assign]

    def each(self, instances: Iterator[Instance], number: EventNumber) -> Iterator[Instance]:
        """Instances one after the other; between two of them the event of the first one runs."""
        clock = self.rt.clock.monotonic
        for instance in instances:
            began, slow = clock(), self.slow
            yield instance
            self.took(clock() - began, slow, instance.__object__, number)

    def took(self, seconds: float, slow: int, owner: ObjectType, number: EventNumber) -> None:
        """Tells of an event that took longer than a frame, unless another one did that it ran.

        `slow` is what `self.slow` was before it.
        """
        event, frame = (owner.name, number), 1.0 / self.loop.speed
        is_cold = event not in self.warm
        self.warm.add(event)
        if seconds <= frame or not self.is_running or self.slow > slow:
            return
        self.slow += 1
        if is_cold and seconds <= frame + WARMING:
            return
        words = "all clients wait meanwhile: spread the work over frames, or measure its parts with get_timer"
        took = f"the {event_label(number)} of {owner.name} took {seconds * 1000.0:.0f} ms"
        self.tell(f"slow {event}", f"{took}, and a frame has {frame * 1000.0:.1f} ms: {words}")

    # --------------------------------------------------------------------- peers

    def look(self) -> None:
        """Tells of peers that take nothing of what waits for them."""
        board = getattr(self.rt.backend, "board", None)
        if board is None:
            return
        now = board.now()
        for number, connection in list(board.streams.items()):
            if connection.stalled is not None and now - connection.stalled > DEAF:
                place = f"socket {number} ({connection.address})"
                words = "does its program still read? network_set_timeout lets sends fail, network_destroy closes it"
                queued = f"{connection.queued} bytes wait for it"
                self.tell("deaf", f"{place} has read nothing for {DEAF:.0f} s, and {queued}: {words}")
