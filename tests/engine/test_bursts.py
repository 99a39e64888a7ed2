"""Packets that come together are made events of in a loop of their own: it does as the plain way does.

A game that is watched takes the plain way, so both are run with the same packets and compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.engine.sockets import TCP
from gmlrun.errors import GmlError
from gmlrun.net.messages import Received
from gmlrun.net.transports.memory import MemoryNetwork
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import DsList, DsMap, Handles, destroy
from tests.engine.test_sockets import Game


def nothing(game: Game, load: DsMap, buffer: Buffer) -> None:
    pass


def change(game: Game, load: DsMap, buffer: Buffer) -> None:
    load.set("size", 99.0)
    load.set("mine", 1.0)


def walk(game: Game, load: DsMap, buffer: Buffer) -> None:
    load.keys()


def clear(game: Game, load: DsMap, buffer: Buffer) -> None:
    load.clear()


def own(game: Game, load: DsMap, buffer: Buffer) -> None:
    load.set("owned", game.rt.service(Handles).add(DsList()))
    load.marks["owned"] = "list"


def end_map(game: Game, load: DsMap, buffer: Buffer) -> None:
    destroy(game.rt, load)


def end_buffer(game: Game, load: DsMap, buffer: Buffer) -> None:
    game.rt.service(Handles).free(buffer)
    buffer.live = False


def read(game: Game, load: DsMap, buffer: Buffer) -> None:
    buffer.position = len(buffer.data)
    buffer.data += b"more"


def come(game: Game, load: DsMap, buffer: Buffer) -> None:
    game.world.create(game.world.by_name["o"])


def leave(game: Game, load: DsMap, buffer: Buffer) -> None:
    if len(game.world.instances) > 1:
        game.world.destroy(next(iter(game.world.instances.values())))


def drop(game: Game, load: DsMap, buffer: Buffer) -> None:
    game.sockets.destroy(1)


def fail(game: Game, load: DsMap, buffer: Buffer) -> None:
    raise GmlError("on purpose")


def call(game: Game, load: DsMap, buffer: Buffer) -> None:
    game.events.post(68, {"type": 0.0, "id": 7.0})
    game.events.deliver()


ACTIONS: list[Callable[[Game, DsMap, Buffer], None]] = [
    nothing,
    nothing,
    change,
    walk,
    clear,
    own,
    end_map,
    end_buffer,
    read,
    come,
    leave,
    drop,
    fail,
    call,
]


class Observed(Game):
    """A game whose events note everything that there is to see, and then do something."""

    def __init__(self, is_watched: bool, actions: list[int]) -> None:
        super().__init__(MemoryNetwork())
        self.actions = iter(actions)
        self.noted: list[Any] = []
        self.world.dispatch.on_error = lambda error: self.noted.append(str(error))
        self.sockets.listen(TCP, 6510, 4, raw=False)
        self.sockets.known[1] = self.sockets.known[0]
        if is_watched:
            self.events.watch(lambda number, values: None)

    @property
    def world(self) -> Any:
        return self.events.dispatch.world

    def note(self, other: Any, self_: Any) -> None:
        load, buffer, handles = self.events.load, self.events.buffer, self.rt.service(Handles)
        entries = [(key, value if type(value) in (float, str) else type(value)) for key, value in load.data.values()]
        state = (buffer.live, bytes(buffer.data), buffer.position, buffer.used, buffer.plain)
        living = (len(handles.all(DsMap)), len(handles.all(Buffer)), len(handles.all(DsList)))
        self.noted.append((self_.id.index, load.index, load.live, load.walk, entries, state, living))
        if load.live and buffer.live:
            ACTIONS[next(self.actions, 0)](self, load, buffer)

    def take(self, packets: list[bytes]) -> list[Any]:
        """Everything that is noted while these packets come together."""
        self.sockets.take_received(Received(1, packets, 0, "127.0.0.1", 5000))
        self.events.deliver()
        handles = self.rt.service(Handles)
        self.noted.append((len(handles.all(DsMap)), len(handles.all(Buffer)), self.events.buffer, self.events.load))
        return self.noted


@given(
    st.lists(st.binary(max_size=20), min_size=1, max_size=12),
    st.lists(st.integers(0, len(ACTIONS) - 1), max_size=20),
    st.lists(st.binary(max_size=5), min_size=1, max_size=3),
)
def test_packets_that_come_together_are_events_as_those_that_are_watched(
    packets: list[bytes], actions: list[int], later: list[bytes]
) -> None:
    quick, plain = Observed(False, actions), Observed(True, actions)
    for some in (packets, later):
        assert quick.take(list(some)) == plain.take(list(some))
