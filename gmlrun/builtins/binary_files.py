"""Binary files, byte by byte. Manual: File_Handling/Binary_Files."""

from __future__ import annotations

import os
import weakref

from gmlrun.builtins.registry import Chapter, Int, String
from gmlrun.engine.files import FileArea, Slots, close_all
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

chapter = Chapter("File_Handling/Binary_Files")

READ, WRITE, BOTH = 0, 1, 2
MODES = {READ: "rb", WRITE: "w+b", BOTH: "r+b"}


class BinaryFiles(GamePart):
    """The open binary files of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.area = rt.service(FileArea)
        self.slots: Slots[IO[bytes]] = Slots("binary file")
        weakref.finalize(self, close_all, self.slots)

    def open(self, path: str, mode: int) -> IO[bytes] | None:
        """Opens a file, making it when there is none; None when that is not possible."""
        if mode not in MODES:
            raise GmlError(f"file_bin_open: the mode {mode} is none of 0 (read), 1 (write), 2 (both)")
        place = None if mode == WRITE else self.area.resolve_read(path)
        try:
            if place is None or mode != READ:
                place = self.area.resolve_update(path)
                if place is None:
                    return None
                place.touch()
            return place.open(MODES[mode])
        except OSError:
            return None


def file_of(binary_files: BinaryFiles, number: int) -> IO[bytes]:
    """The open file of a number; raises GmlError for a closed one."""
    return binary_files.slots.get(number)


@chapter
def file_bin_open(files: BinaryFiles, fname: String, mode: Int) -> float:
    """Opens a file to read (mode 0), to write from the start (1) or for both (2), making it when there is none.

    Gives its number, or -1 when that is not possible.
    """
    opened = files.open(fname, mode)
    return -1.0 if opened is None else files.slots.add(opened)


@chapter
def file_bin_close(files: BinaryFiles, binfile: Int) -> None:
    """Closes a binary file."""
    try:
        files.slots.remove(binfile).close()
    except OSError as error:
        files.area.tell(f"binary file {binfile}", error)


@chapter
def file_bin_rewrite(binary_files: BinaryFiles, binfile: Int) -> None:
    """Empties a file that is open for writing."""
    file = file_of(binary_files, binfile)
    check_writable(file)
    file.seek(0)
    file.truncate()


@chapter
def file_bin_size(binary_files: BinaryFiles, binfile: Int) -> float:
    """The size of a file in bytes."""
    file = file_of(binary_files, binfile)
    at = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(at)
    return float(size)


@chapter
def file_bin_position(binary_files: BinaryFiles, binfile: Int) -> float:
    """The position at which the next byte is read or written, from 0 on."""
    return float(file_of(binary_files, binfile).tell())


@chapter
def file_bin_seek(binary_files: BinaryFiles, binfile: Int, pos: Int) -> None:
    """Moves to a position; a negative one is the start."""
    file_of(binary_files, binfile).seek(min(max(0, pos), 2**62))


@chapter
def file_bin_read_byte(binary_files: BinaryFiles, binfile: Int) -> float:
    """The byte at the current position, 0 at the end of the file."""
    return float(int.from_bytes(file_of(binary_files, binfile).read(1), "little"))


@chapter
def file_bin_write_byte(binary_files: BinaryFiles, binfile: Int, byte: Int) -> None:
    """Writes one byte, the value modulo 256."""
    file = file_of(binary_files, binfile)
    check_writable(file)
    file.write(bytes([byte % 256]))


def check_writable(file: IO[bytes]) -> None:
    """Raises GmlError for a file that is open only for reading."""
    if not file.writable():
        raise GmlError("binary file: the file is open for reading, not for writing")
