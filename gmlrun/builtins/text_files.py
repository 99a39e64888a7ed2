"""Text files, read and written line by line. Manual: File_Handling/Text_Files."""

from __future__ import annotations

import re
import weakref
from dataclasses import dataclass

from gmlrun.builtins.registry import Chapter, Int, Real, String
from gmlrun.engine.files import FileArea, Slots, close_all
from gmlrun.engine.saving import Draft
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

chapter = Chapter("File_Handling/Text_Files")

LINE = re.compile(r"[^\r\n]*")
LINE_END = re.compile(r"\r\n|\r|\n|$")
NUMBER = re.compile(r"\s*(-?(?:\d+\.?\d*|\.\d+))?")


@dataclass
class Reading:
    """A text file open for reading: all of its text, and where the cursor is."""

    text: str
    position: int = 0

    def take(self, pattern: re.Pattern[str]) -> str:
        """The text that a pattern matches at the cursor, which moves past it; `""` for none."""
        found = pattern.match(self.text, self.position)
        if found is None:
            return ""
        self.position = found.end()
        return found[found.lastindex or 0]

    def close(self) -> None:
        """Does nothing: a file that is read needs no writing."""


class TextFiles(GamePart):
    """The open text files of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.area = rt.service(FileArea)
        self.slots: Slots[Reading | Draft | IO[str]] = Slots("text file")
        weakref.finalize(self, close_all, self.slots)

    def reading(self, number: int) -> Reading:
        """A file that is open for reading; raises GmlError for any other."""
        found = self.slots.get(number)
        if not isinstance(found, Reading):
            raise GmlError(f"text file: the file {number} is open for writing, not for reading")
        return found

    def writing(self, number: int) -> Draft | IO[str]:
        """A file that is open for writing; raises GmlError for any other."""
        found = self.slots.get(number)
        if isinstance(found, Reading):
            raise GmlError(f"text file: the file {number} is open for reading, not for writing")
        return found

    def open_to_write(self, path: str, mode: str) -> float:
        """Opens a file of the save area; -1 when that is not possible. What is appended is written in its place."""
        place = self.area.resolve_update(path) if mode == "a" else self.area.resolve_write(path)
        try:
            if place is None or place.is_dir():
                return -1.0
            if mode == "a":
                return self.slots.add(open(place, "a", encoding="utf-8", errors="replace", newline=""))
            return self.slots.add(Draft(place))
        except OSError as error:
            self.area.tell(path, error)
            return -1.0


@chapter
def file_text_open_read(files: TextFiles, fname: String) -> float:
    """Opens a text file for reading.

    Gives its number, or -1 when there is no such file. The text is taken as UTF-8.
    """
    place = files.area.resolve_read(fname)
    try:
        data = None if place is None else place.read_bytes()
    except OSError:
        data = None
    return -1.0 if data is None else files.slots.add(Reading(data.decode("utf-8-sig", "replace")))


@chapter
def file_text_open_write(text_files: TextFiles, fname: String) -> float:
    """Opens a text file of the save area for writing, empty.

    Gives its number, or -1 when that is not possible.
    """
    return text_files.open_to_write(fname, "w")


@chapter
def file_text_open_append(text_files: TextFiles, fname: String) -> float:
    """Opens a text file of the save area for writing at its end, making it if need be.

    Gives its number, or -1 when that is not possible.
    """
    return text_files.open_to_write(fname, "a")


@chapter
def file_text_open_from_string(text_files: TextFiles, string: String) -> float:
    """Opens a string for reading as if it were a text file."""
    return text_files.slots.add(Reading(string))


@chapter
def file_text_close(files: TextFiles, fileid: Int) -> bool:
    """Closes a text file; what was written is then on the disk. Gives whether it was open, and could be written."""
    if fileid not in files.slots.taken:
        return False
    try:
        files.slots.remove(fileid).close()
    except OSError as error:
        files.area.tell(f"text file {fileid}", error)
        return False
    return True


@chapter
def file_text_read_string(text_files: TextFiles, fileid: Int) -> str:
    """The rest of the current line, without its end; the cursor stays before the line end."""
    return text_files.reading(fileid).take(LINE)


@chapter
def file_text_read_real(text_files: TextFiles, fileid: Int) -> Real:
    """The next number of the file, past blanks and line ends; 0 when something else comes."""
    return float(text_files.reading(fileid).take(NUMBER).strip() or 0)


@chapter
def file_text_readln(text_files: TextFiles, fileid: Int) -> str:
    """The rest of the current line with its line end; the cursor moves to the next line."""
    file = text_files.reading(fileid)
    return file.take(LINE) + file.take(LINE_END)


@chapter
def file_text_eof(text_files: TextFiles, fileid: Int) -> bool:
    """Whether the cursor is at the end of a file."""
    file = text_files.reading(fileid)
    return file.position >= len(file.text)


@chapter
def file_text_eoln(text_files: TextFiles, fileid: Int) -> bool:
    """Whether the cursor is at the end of a line or of the file."""
    file = text_files.reading(fileid)
    return LINE_END.match(file.text, file.position) is not None


@chapter
def file_text_write_string(text_files: TextFiles, fileid: Int, str: String) -> None:
    """Writes a string, without a line end."""
    text_files.writing(fileid).write(str)


@chapter
def file_text_write_real(text_files: TextFiles, fileid: Int, val: Real) -> None:
    """Writes a number in as few digits as it takes, without a line end."""
    text_files.writing(fileid).write(digits(val))


@chapter
def file_text_writeln(text_files: TextFiles, fileid: Int) -> None:
    """Ends the line that is being written."""
    text_files.writing(fileid).write("\r\n")


def digits(number: float) -> str:
    """A number as text, integers without a decimal point."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
