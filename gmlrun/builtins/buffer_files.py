"""Buffers to and from files, at once or with an Async Save/Load event. Manual: Buffers."""

from __future__ import annotations

from typing import Any

from gmlrun.builtins.buffers import BufferArg, buffer_of
from gmlrun.builtins.encoding import contents
from gmlrun.builtins.registry import Chapter, Int, Real, String
from gmlrun.runtime.buffers import Buffer
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.events import SAVE_LOAD, AsyncEvents
from gmlrun.runtime.files import FileArea

chapter = Chapter("Buffers")

DEFAULT_GROUP = "default"
"""The folder of what is saved and loaded asynchronously outside a group."""


def save(rt: Runtime, filename: str, data: bytes) -> bool:
    """Writes a file of the save area; False, with a line in the log, when that fails."""
    place = rt.service(FileArea).resolve_write(filename)
    try:
        if place is not None:
            place.write_bytes(data)
            return True
    except OSError as error:
        rt.log(f"{filename}: {error.strerror}")
        return False
    rt.log(f"{filename}: outside the save area")
    return False


@chapter
def buffer_save(rt: Runtime, buffer: BufferArg, filename: String) -> None:
    """Saves a whole buffer, used or not."""
    save(rt, filename, bytes(buffer.data))


@chapter
def buffer_save_ext(rt: Runtime, buffer: BufferArg, filename: String, offset: Int, size: Int) -> None:
    """Saves SIZE bytes of a buffer from OFFSET on."""
    save(rt, filename, buffer.region(offset, size))


@chapter
def buffer_load(rt: Runtime, filename: String) -> Any:
    """A new grow buffer with the bytes of a file; -1 when there is no such file."""
    data = contents(rt, filename)
    return -1.0 if data is None else buffer_of(rt, data)


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


class AsyncSaves:
    """The numbers of one game's requests, and the group that is open: its name and its results so far.

    A file is written and read when it is asked for, since the buffer may be gone a line later; what comes
    later is the event.
    """

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.requests = 0
        self.group: str | None = None
        self.results: list[bool] = []

    @property
    def folder(self) -> str:
        return self.group or DEFAULT_GROUP

    def finish(self, done: bool) -> float:
        """Takes a request's result: an event of its own, or one of the group's. Returns its number."""
        if self.group is not None:
            self.results.append(done)
            return float(self.requests)
        return self.announce(done)

    def announce(self, status: Any) -> float:
        """Queues the event of a new request; returns its number."""
        number = float(self.requests)
        self.requests += 1
        self.rt.service(AsyncEvents).post(SAVE_LOAD, {"id": number, "status": status})
        return number


@chapter
def buffer_save_async(rt: Runtime, buffer: BufferArg, filename: String, offset: Int, size: Int) -> Real:
    """Saves a part of a buffer below the group's folder; an Async Save/Load event tells when it is done.

    Returns the request's number, `id` in the event.
    """
    saves = rt.service(AsyncSaves)
    return saves.finish(save(rt, f"{saves.folder}/{filename}", buffer.region(offset, size)))


@chapter
def buffer_load_async(rt: Runtime, buffer: BufferArg, filename: String, offset: Int, size: Int) -> Real:
    """Loads a file of the group's folder, or else of that name, into a buffer; an event tells when it is done.

    SIZE -1 is the whole file. Returns the request's number, `id` in the event.
    """
    saves = rt.service(AsyncSaves)
    inner = f"{saves.folder}/{filename}"
    name = filename if rt.service(FileArea).resolve_read(inner) is None else inner
    return saves.finish(load(rt, buffer, name, 0, size, offset))


@chapter
def buffer_async_group_begin(rt: Runtime, groupname: String) -> None:
    """Opens a group: what is saved and loaded until its end is in one folder and has one event."""
    saves = rt.service(AsyncSaves)
    saves.group, saves.results = groupname, []


@chapter
def buffer_async_group_option(option: String, value: Any) -> None:
    """Sets an option for how consoles show saving; there is nothing to set here."""


@chapter
def buffer_async_group_end(rt: Runtime) -> Real:
    """Closes the group; returns the number of the request whose event tells that all is done."""
    saves = rt.service(AsyncSaves)
    saves.group = None
    return saves.announce(all(saves.results))
