"""Buffers to and from files, at once or with an Async Save/Load event. Manual: Buffers."""

from __future__ import annotations

import os

from gmlrun.builtins.buffers import BufferArg, buffer_of
from gmlrun.builtins.encoding import contents
from gmlrun.builtins.registry import Chapter, Int, Real, String
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import SAVE_LOAD
from gmlrun.engine.files import FileArea
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import Handles
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

chapter = Chapter("Buffers")

DEFAULT_GROUP = "default"
"""The folder of what is saved and loaded asynchronously outside a group."""


def save(file_area: FileArea, filename: str, data: bytes) -> bool:
    """Writes a file of the save area; False, with a line in the log, when that fails."""
    return file_area.save_whole(filename, data)


@chapter
def buffer_save(file_area: FileArea, buffer: BufferArg, filename: String) -> None:
    """Saves a whole buffer, used or not."""
    save(file_area, filename, bytes(buffer.data))


@chapter
def buffer_save_ext(file_area: FileArea, buffer: BufferArg, filename: String, offset: Int, size: Int) -> None:
    """Saves SIZE bytes of a buffer from OFFSET on."""
    save(file_area, filename, buffer.region(offset, size))


@chapter
def buffer_load(rt: Runtime, handles: Handles, filename: String) -> Value:
    """A new grow buffer with the bytes of a file; -1 when there is no such file."""
    data = contents(rt, filename)
    return -1.0 if data is None else buffer_of(handles, data)


@chapter
def buffer_load_ext(rt: Runtime, buffer: BufferArg, filename: String, offset: Int) -> None:
    """Loads a file into a buffer from OFFSET on; a grow buffer is made large enough."""
    load(rt, buffer, filename, 0, -1, offset)


@chapter
def buffer_load_partial(
    rt: Runtime, buffer: BufferArg, filename: String, offset: Int, src_len: Int, dest_offset: Int
) -> None:
    """Loads SRC_LEN bytes of a file from OFFSET on into a buffer at DEST_OFFSET; -1 is the whole rest."""
    load(rt, buffer, filename, offset, src_len, dest_offset)


def load(rt: Runtime, buffer: Buffer, filename: str, start: int, size: int, to: int) -> bool:
    """Copies a part of a file into a buffer; False when there is no such file."""
    data = contents(rt, filename)
    if data is None:
        return False
    start = max(0, start)
    piece = data[start:] if size < 0 else data[start : start + size]
    if piece:
        buffer.put(to, piece)
    return True


# ---------------------------------------------------------------------- asynchronously


Task: TypeAlias = "Callable[[], tuple[bool, Callable[[], None] | None]]"
"""A request: whether it could be done, and what fills a buffer when its event begins."""


class AsyncSaves(GamePart):
    """The numbers of one game's requests, and the group that is open: its name and its requests so far.

    Outside a group a file is written and read when it is asked for, else when the group ends: a buffer that is saved
    may be gone a line later. What comes later is the event, and what a load brings.
    """

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.requests = 0
        self.group: str | None = None
        self.tasks: list[Task] = []

    @property
    def folder(self) -> str:
        return self.group or DEFAULT_GROUP

    def add(self, task: Task) -> float:
        """Takes a request, done at once or with its group; returns its number."""
        number = self.next_number()
        if self.group is None:
            self.announce(number, [task])
        else:
            self.tasks.append(task)
        return number

    def next_number(self) -> float:
        """The number of a new request."""
        self.requests += 1
        return float(self.requests - 1)

    def finish(self, status: float) -> float:
        """Queues the event of a new request that has been done already; returns its number."""
        number = self.next_number()
        self.rt.service(AsyncEvents).post(SAVE_LOAD, {"id": number, "status": status})
        return number

    def announce(self, number: float, tasks: list[Task]) -> None:
        """Does what was asked for and queues the event that tells of it."""
        results = [task() for task in tasks]
        fills = [fill for _, fill in results if fill is not None]

        def begin() -> None:
            for fill in fills:
                fill()

        values = {"id": number, "status": all(done for done, _ in results)}
        self.rt.service(AsyncEvents).post(SAVE_LOAD, values, begin=begin)


@chapter
def buffer_save_async(
    file_area: FileArea, saves: AsyncSaves, buffer: BufferArg, filename: String, offset: Int, size: Int
) -> Real:
    """Saves a part of a buffer below the group's folder; an Async Save/Load event tells when it is done.

    Returns the request's number, `id` in the event. What is saved in a group is saved at its end.
    """
    data = buffer.region(offset, size)
    name = filename if os.path.isabs(filename) else f"{saves.folder}/{filename}"
    return saves.add(lambda: (save(file_area, name, data), None))


@chapter
def buffer_load_async(
    rt: Runtime, saves: AsyncSaves, file_area: FileArea, buffer: BufferArg, filename: String, offset: Int, size: Int
) -> Real:
    """Loads a file of the group's folder, or else of that name, into a buffer, which has it in the event.

    SIZE -1 is the whole file. Returns the request's number, `id` in the event.
    """
    inner = filename if os.path.isabs(filename) else f"{saves.folder}/{filename}"

    def task() -> tuple[bool, Callable[[], None] | None]:
        name = filename if file_area.resolve_read(inner) is None else inner
        data = contents(rt, name)
        if data is None:
            return False, None
        piece = data if size < 0 else data[:size]
        return True, lambda: buffer.put(offset, piece) if buffer.live else None

    return saves.add(task)


@chapter
def buffer_async_group_begin(saves: AsyncSaves, groupname: String) -> None:
    """Opens a group: what is saved and loaded until its end is in one folder and has one event."""
    saves.group, saves.tasks = groupname, []


@chapter
def buffer_async_group_option(option: String, value: Value) -> None:
    """Sets an option for how consoles show saving; there is nothing to set here."""


@chapter
def buffer_async_group_end(saves: AsyncSaves) -> Real:
    """Closes the group; returns the number of the request whose event tells that all is done."""
    tasks, saves.tasks, saves.group = saves.tasks, [], None
    number = saves.next_number()
    saves.announce(number, tasks)
    return number
