"""Async events: what happened outside the game goes in, and waits; each runs with an `async_load` of its own.

Packets that came together wait as one, and share a map and a buffer while their events run. Manual:
The_Asset_Editors/Object_Properties/Async_Events.
"""

from __future__ import annotations

from gmlrun.engine.events import NETWORKING, OTHER
from gmlrun.engine.world import World
from gmlrun.lean import NamedTuple, deque
from gmlrun.runtime import GamePart
from gmlrun.values.containers import DsMap, Handles, Lent, destroy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from gmlrun.engine.dispatch import Further
    from gmlrun.engine.instances import Instance
    from gmlrun.net.payload import Payload
    from gmlrun.runtime import Runtime
    from gmlrun.values.buffers import Buffer


class PendingEvent(NamedTuple):
    """An async event whose turn has not come; or one event for each of the payloads that came together."""

    number: int
    data: dict[Any, tuple[Any, Any]]
    """The content of `async_load`, as a ds_map holds it; with payloads, a pattern of it that is not changed."""
    done: Callable[[], None] | None = None
    """Called when the event is over."""
    payloads: list[bytes] | None = None
    """The content of the buffer under the key "buffer" in each event, the last event first."""
    begin: Callable[[], None] | None = None
    """Called when the event begins, where there are no payloads."""

    @property
    def values(self) -> dict[Any, Any]:
        """The keys and their values."""
        return dict(self.data.values())


def packet_buffer() -> Buffer:
    """A buffer for the data of events."""
    from gmlrun.values.buffers import Buffer

    made = Buffer(0)
    made.is_packet = True
    return made


class AsyncEvents(GamePart):
    """The async events that wait for their turn, and `async_load` while one runs."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.dispatch = rt.service(World).dispatch
        self.load: Any = -1.0
        """The ds_map of the event that is running, -1 outside one."""
        self.queue: deque[PendingEvent] = deque()
        self.maps = Lent(rt.service(Handles), DsMap, DsMap)
        self.buffers: Lent[Buffer] | None = None
        self.buffer: Buffer | Any = None
        """The buffer of the events that are running, None outside one."""
        self.number = -1
        """The event that is running."""
        self.done: Callable[[], None] | None = None
        """Called when the event has ended."""
        self.payload: Payload
        """The bytes of the event's packet, or those sent last; the game's sockets set it before any packet comes."""
        self.burst: list[bytes] = []
        """Packets that came together with the one whose event runs, the next one last."""
        self.pattern: dict[Any, tuple[Any, Any]] = {}
        """The content of `async_load` in the events of all of them."""
        self.further: Further | None = self._further
        """Makes the further events of a burst ready; None where `prepare` makes them all."""
        self.expected = 0
        """How many results are under way (HTTP requests, async saves): a program waits for them."""

    def take_buffer(self) -> Buffer:
        """A buffer for events, of those that are made once there is an event."""
        if self.buffers is None:
            from gmlrun.values.buffers import Buffer

            self.buffers = Lent(self.rt.service(Handles), Buffer, packet_buffer)
        return self.buffers.take()

    @property
    def is_busy(self) -> bool:
        """Whether events wait, or are going to come."""
        return bool(self.queue) or self.expected > 0

    def post(
        self,
        number: int,
        values: Mapping[str, Any],
        done: Callable[[], None] | None = None,
        begin: Callable[[], None] | None = None,
    ) -> None:
        """Queues an async event with what its `async_load` will hold; `begin` runs before it, `done` after it."""
        self.queue.append(PendingEvent(number, {key: (key, values[key]) for key in values}, done, None, begin))

    def discard(self, unwanted: Callable[[int, Mapping[str, Any]], bool]) -> None:
        """Drops the events of which `unwanted(number, values)` is true."""
        for waiting in list(self.queue):
            if unwanted(waiting.number, waiting.values):
                self.queue.remove(waiting)
                if waiting.done is not None:
                    waiting.done()
        if self.burst and unwanted(NETWORKING, dict(self.pattern.values())):
            self.burst.clear()

    def deliver(self) -> None:
        """Runs all events that wait, those queued meanwhile included.

        What the engine does around an event is done once for all of a kind that wait, which a busy server feels: they
        share one map and one buffer.
        """
        while self.queue:
            outer = self.number, self.load, self.buffer, self.burst, self.pattern
            self.burst = []
            self.number, self.load, self.buffer = self.queue[0].number, self.maps.take(), self.take_buffer()
            try:
                self.dispatch.broadcast_each((OTHER, self.number), self.prepare, self.further)
            finally:
                if self.done is not None:
                    self._finish()
                self._free(self.load)
                self.buffer.plain = False
                if self.buffers is not None:
                    self.buffers.give_back(self.buffer)
                self.number, self.load, self.buffer, self.burst, self.pattern = outer

    def prepare(self) -> bool:
        """Makes `async_load` that of the next event of the kind that runs; returns whether there was one."""
        if self.done is not None:
            self._finish()
        burst = self.burst
        if not burst and not (self.queue and self.queue[0].number == self.number):
            return False
        load, buffer = self.load, self.buffer
        if load.marks or not (load.live and buffer.live):
            self._renew()
            load, buffer = self.load, self.buffer
        load.walk = None
        if burst:
            data = self.pattern.copy()
        else:
            waiting = self.queue.popleft()
            if waiting.payloads is None:
                load.data, self.done = waiting.data, waiting.done
                if waiting.begin is not None:
                    waiting.begin()
                return True
            self.burst, self.pattern = waiting.payloads, waiting.data
            burst, data = waiting.payloads, waiting.data.copy()
        self.payload.data = payload = burst.pop()
        buffer.refill(payload)
        data["buffer"] = ("buffer", buffer)
        data["size"] = ("size", float(len(payload)))
        load.data = data
        return True

    def _further(self, listener: Instance, lists: object) -> Iterable[Instance]:
        """A listener again for each further packet of a burst, as long as `prepare` would do just this for it."""
        return self._further_packets(listener, lists) if self.burst else ()

    def _further_packets(self, listener: Instance, lists: object) -> Iterator[Instance]:
        burst, load, buffer, payload, world = self.burst, self.load, self.buffer, self.payload, self.dispatch.world
        pattern, size = {**self.pattern, "buffer": ("buffer", buffer)}, -1
        while burst and load.live and buffer.live and not load.marks and world.lists is lists:
            load.walk = None
            payload.data = data = burst.pop()
            buffer.data = bytearray(data)  # as `refill`
            buffer.position = 0
            buffer.plain = True
            if size != len(data):
                size = len(data)
                pattern["size"] = ("size", float(size))
            buffer.used = size
            load.data = pattern.copy()
            yield listener

    def _finish(self) -> None:
        """Tells those who wait for an event that it has ended."""
        done, self.done = self.done, None
        if done is not None:
            done()

    def _renew(self) -> None:
        """Takes another map and buffer for the next event where the program has freed, or filled, the last ones."""
        if self.load.marks or not self.load.live:
            self._free(self.load)
            self.load = self.maps.take()
        if not self.buffer.live:
            self.buffer = self.take_buffer()

    def _free(self, load: DsMap) -> None:
        if load.marks:
            destroy(self.rt, load)
        else:
            load.data = {}
            self.maps.give_back(load)

    def watch(self, tell: Callable[[int, Mapping[str, Any]], None]) -> None:
        """Calls `tell` before each event with the event's number and the contents of its `async_load`."""
        prepare = self.prepare

        def told() -> bool:
            is_ready = prepare()
            if is_ready:
                tell(self.number, dict(self.load.data.values()))
            return is_ready

        self.prepare_by(told)

    def prepare_by(self, prepare: Callable[[], bool]) -> None:
        """Makes each event ready by another function, those of a burst too."""
        self.prepare = prepare  # type: ignore[method-assign]
        self.further = None

    def run_with(self, number: int, load: DsMap) -> None:
        """Runs one async event with a map that is there already, and frees it."""
        outer, self.load = self.load, load
        try:
            self.dispatch.broadcast((OTHER, number))
        finally:
            self.load = outer
            destroy(self.rt, load)
