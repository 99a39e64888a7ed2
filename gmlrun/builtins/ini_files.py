"""Ini files: one open at a time, its sections and keys read and written. Manual: File_Handling/Ini_Files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.engine.files import FileArea
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime

chapter = Chapter("File_Handling/Ini_Files")

Sections = dict[str, dict[str, str]]

LINE = re.compile(r"[^\r\n]*+")
LINE_END = re.compile(r"\r\n|\r|\n|\Z")
QUOTED = {mark: re.compile(rf"((?:\\.|[^{mark}\\])*+){mark}", re.DOTALL) for mark in ('"', "'")}
"""A value behind its opening mark: a backslash keeps the next character from ending it."""
BLANKS = " \t"
LEADING_NUMBER = re.compile(r"[ \t\r\n\f\v]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)


def parse(text: str) -> Sections:
    """The sections of an ini text, in time that grows as the text does."""
    sections: Sections = {}
    keys: dict[str, str] | None = None
    position = 0
    while position < len(text):
        end = line_end(text, position)
        start = after_blanks(text, position, end)
        first = text[start] if start < end else ""
        equals = text.find("=", start, end)
        if first == "[":
            closing = text.find("]", start, end)
            keys = sections.setdefault(text[start + 1 : closing], {}) if closing >= 0 else keys
        elif equals > start and first not in (";", "#"):
            value, end = value_at(text, after_blanks(text, equals + 1, end), end)
            if keys is not None:
                keys[text[start:equals].rstrip(BLANKS)] = value
        found = LINE_END.match(text, end)
        position = len(text) if found is None else max(found.end(), end)
    return sections


def line_end(text: str, position: int) -> int:
    """Where the line that a position is on ends."""
    found = LINE.match(text, position)
    return position if found is None else found.end()


def after_blanks(text: str, start: int, end: int) -> int:
    """The position of the first character that is no blank, `end` when there is none."""
    while start < end and text[start] in BLANKS:
        start += 1
    return start


def value_at(text: str, start: int, end: int) -> tuple[str, int]:
    """The value that begins at a position, and the end of its last line: one in quotes may have several."""
    mark = text[start] if start < end else ""
    if mark in QUOTED:
        found = QUOTED[mark].match(text, start + 1)
        if found is not None:
            return found[1], line_end(text, found.end())
        closing = text.find(mark, start + 1, end)
        if closing >= 0:
            return text[start + 1 : closing], end
    if mark in ("[", "{"):
        return text[start:end].rstrip(), end
    stops = [at for at in (text.find(";", start, end), text.find("#", start, end)) if at >= 0]
    return text[start : min(stops, default=end)].rstrip(), end


def format_sections(sections: Sections) -> str:
    """An ini text with these sections."""
    lines: list[str] = []
    for name, keys in sections.items():
        lines.append(f"[{name}]")
        lines += [f"{key}={quoted_value(value)}" for key, value in keys.items()]
    return "".join(line + "\r\n" for line in lines)


def quoted_value(value: str) -> str:
    """A value in the quotes that it does not contain."""
    mark = '"' if '"' not in value else "'" if "'" not in value else ""
    return mark + value + mark


@dataclass
class Ini:
    """The open ini: its sections, and the file that they are saved to (None for one made of a string)."""

    sections: Sections
    path: str | None
    is_changed: bool = field(default=False)


class IniFile(GamePart):
    """The ini that one game has open."""

    def __init__(self, rt: Runtime) -> None:
        self.area = rt.service(FileArea)
        self.opened: Ini | None = None

    @property
    def current(self) -> Ini:
        """The open ini; raises GmlError when there is none."""
        if self.opened is None:
            raise GmlError("No ini file is open: call ini_open first")
        return self.opened

    def open(self, path: str) -> None:
        """Opens a file, which need not exist."""
        self.close()
        place: Path | None = self.area.resolve_read(path)
        try:
            text = "" if place is None else place.read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            text = ""
        self.opened = Ini(parse(text), path)

    def close(self) -> str:
        """Saves what was changed and returns the text of the whole ini; `""` when none is open."""
        ini, self.opened = self.opened, None
        if ini is None:
            return ""
        text = format_sections(ini.sections)
        if ini.path is not None and ini.is_changed:
            self.area.save_whole(ini.path, text.encode("utf-8", "replace"))
        return text

    def find(self, section: str, key: str) -> str | None:
        """The text of a key."""
        return self.current.sections.get(section, {}).get(key)

    def put(self, section: str, key: str, value: str) -> None:
        """Sets a key, making its section if need be."""
        self.current.sections.setdefault(section, {})[key] = value
        self.current.is_changed = True


@chapter
def ini_open(ini_file: IniFile, name: String) -> None:
    """Opens an ini file; one that is open already is closed first.

    The file need not exist, and is made only if something is written.
    """
    ini_file.open(name)


@chapter
def ini_open_from_string(files: IniFile, string: String) -> None:
    """Opens a string as an ini; nothing of it is saved to a file."""
    files.close()
    files.opened = Ini(parse(string), None)


@chapter
def ini_close(ini_file: IniFile) -> str:
    """Closes the open ini, saving what was written to it, and gives its whole text."""
    return ini_file.close()


@chapter
def ini_read_string(ini_file: IniFile, section: String, key: String, default: String) -> str:
    """The text of a key, or the default when there is no such key."""
    found = ini_file.find(section, key)
    return default if found is None else found


@chapter
def ini_read_real(ini_file: IniFile, section: String, key: String, default: Real) -> Real:
    """The number at the start of a key's text, or the default when there is no such key.

    A text that starts with no number gives 0.
    """
    found = ini_file.find(section, key)
    if found is None:
        return default
    number = LEADING_NUMBER.match(found)
    return float(number[1]) if number else 0.0


@chapter
def ini_write_string(ini_file: IniFile, section: String, key: String, value: String) -> None:
    """Sets a key to a text."""
    ini_file.put(section, key, value)


@chapter
def ini_write_real(ini_file: IniFile, section: String, key: String, value: Real) -> None:
    """Sets a key to a number, written with six decimals."""
    ini_file.put(section, key, f"{value:.6f}")


@chapter
def ini_key_exists(ini_file: IniFile, section: String, key: String) -> bool:
    """Whether a section has a key."""
    return ini_file.find(section, key) is not None


@chapter
def ini_section_exists(ini_file: IniFile, section: String) -> bool:
    """Whether there is a section."""
    return section in ini_file.current.sections


@chapter
def ini_key_delete(ini_file: IniFile, section: String, key: String) -> None:
    """Takes a key out of its section, which stays."""
    ini = ini_file.current
    if ini.sections.get(section, {}).pop(key, None) is not None:
        ini.is_changed = True


@chapter
def ini_section_delete(ini_file: IniFile, section: String) -> None:
    """Takes out a section with all of its keys."""
    ini = ini_file.current
    if ini.sections.pop(section, None) is not None:
        ini.is_changed = True
