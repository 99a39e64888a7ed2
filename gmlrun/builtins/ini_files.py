"""Ini files: one open at a time, its sections and keys read and written. Manual: File_Handling/Ini_Files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.errors import GmlError
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.files import FileArea

chapter = Chapter("File_Handling/Ini_Files")

Sections = dict[str, dict[str, str]]

ENTRY = re.compile(
    r"""
    [ \t]* (?:
      \[ (?P<section>[^\]\r\n]*) \]
    | (?P<key>[^=\r\n;\#\[][^=\r\n]*?) [ \t]* = [ \t]* (?:
          "(?P<double>(?:\\.|[^"\\])*)"
        | '(?P<single>(?:\\.|[^'\\])*)'
        | "(?P<double_on_line>[^"\r\n]*)"
        | '(?P<single_on_line>[^'\r\n]*)'
        | (?P<json>[\[{][^\r\n]*)
        | (?P<plain>[^\r\n;\#]*)
      )
    )?
    [^\r\n]* (?:\r\n|\r|\n|\Z)
    """,
    re.VERBOSE | re.DOTALL,
)
VALUES = ("double", "single", "double_on_line", "single_on_line", "json", "plain")
LEADING_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def parse(text: str) -> Sections:
    """The sections of an ini text. A backslash in quotes keeps the next character from ending them."""
    sections: Sections = {}
    keys: dict[str, str] | None = None
    position = 0
    while position < len(text):
        found = ENTRY.match(text, position)
        assert found is not None
        position = found.end()
        if found["section"] is not None:
            keys = sections.setdefault(found["section"], {})
        elif found["key"] is not None and keys is not None:
            group = next(name for name in VALUES if found[name] is not None)
            keys[found["key"]] = found[group].rstrip() if group in ("json", "plain") else found[group]
    return sections


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


class IniFile:
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
        place = self.area.resolve_write(ini.path) if ini.path is not None and ini.is_changed else None
        if place is not None:
            place.write_bytes(text.encode("utf-8", "replace"))
        return text

    def find(self, section: str, key: str) -> str | None:
        """The text of a key."""
        return self.current.sections.get(section, {}).get(key)

    def put(self, section: str, key: str, value: str) -> None:
        """Sets a key, making its section if need be."""
        self.current.sections.setdefault(section, {})[key] = value
        self.current.is_changed = True


@chapter
def ini_open(rt: Runtime, name: String) -> None:
    """Opens an ini file; one that is open already is closed first.

    The file need not exist, and is made only if something is written.
    """
    rt.service(IniFile).open(name)


@chapter
def ini_open_from_string(rt: Runtime, string: String) -> None:
    """Opens a string as an ini; nothing of it is saved to a file."""
    files = rt.service(IniFile)
    files.close()
    files.opened = Ini(parse(string), None)


@chapter
def ini_close(rt: Runtime) -> str:
    """Closes the open ini, saving what was written to it, and gives its whole text."""
    return rt.service(IniFile).close()


@chapter
def ini_read_string(rt: Runtime, section: String, key: String, default: String) -> str:
    """The text of a key, or the default when there is no such key."""
    found = rt.service(IniFile).find(section, key)
    return default if found is None else found


@chapter
def ini_read_real(rt: Runtime, section: String, key: String, default: Real) -> Real:
    """The number at the start of a key's text, or the default when there is no such key.

    A text that starts with no number gives 0.
    """
    found = rt.service(IniFile).find(section, key)
    if found is None:
        return default
    number = LEADING_NUMBER.match(found)
    return float(number[0]) if number else 0.0


@chapter
def ini_write_string(rt: Runtime, section: String, key: String, value: String) -> None:
    """Sets a key to a text."""
    rt.service(IniFile).put(section, key, value)


@chapter
def ini_write_real(rt: Runtime, section: String, key: String, value: Real) -> None:
    """Sets a key to a number, written with six decimals."""
    rt.service(IniFile).put(section, key, f"{value:.6f}")


@chapter
def ini_key_exists(rt: Runtime, section: String, key: String) -> bool:
    """Whether a section has a key."""
    return rt.service(IniFile).find(section, key) is not None


@chapter
def ini_section_exists(rt: Runtime, section: String) -> bool:
    """Whether there is a section."""
    return section in rt.service(IniFile).current.sections


@chapter
def ini_key_delete(rt: Runtime, section: String, key: String) -> None:
    """Takes a key out of its section, which stays."""
    ini = rt.service(IniFile).current
    if ini.sections.get(section, {}).pop(key, None) is not None:
        ini.is_changed = True


@chapter
def ini_section_delete(rt: Runtime, section: String) -> None:
    """Takes out a section with all of its keys."""
    ini = rt.service(IniFile).current
    if ini.sections.pop(section, None) is not None:
        ini.is_changed = True
