"""The notation of packets: `u8:3 u16:700 str:"hi"` goes in, bytes come out, and the other way round.

The types are the buffer_* constants without their prefix. A pattern is the same without values, or with some:
`u8:3 hp=u16 str` reads packets that begin with 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from gmlrun.values.data_types import BITS, BOOL, CODECS, F16, F32, F64, S8, S16, S32, SIGNED, SIZES, U8, U16, U32, U64

NUMBERS = {
    "u8": U8, "s8": S8, "u16": U16, "s16": S16, "u32": U32, "s32": S32, "u64": U64,
    "f16": F16, "f32": F32, "f64": F64, "bool": BOOL,
}  # fmt: skip
STRING, TEXT, HEX = "str", "text", "hex"
NAMES = {"string": STRING, **{name: name for name in (*NUMBERS, STRING, TEXT, HEX)}}
"""The names that a type may have, and the one that is shown."""
ALLOWED = f"the types are {', '.join(NUMBERS)}, str (ends in a zero byte), text (without one) and hex"
MANY = -1
"""How often an item stands that takes all that is left."""

HEAD = re.compile(r"(?:(?P<label>[A-Za-z_]\w*)=)?(?:buffer_)?(?P<type>[A-Za-z]\w*)")
COUNT = re.compile(r"\*(\d*)")
NUMBER = re.compile(r"[^\s,\"]+")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
HEX_DIGITS = re.compile(r"[0-9A-Fa-f]*")
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{1,6}|.)", re.DOTALL)


class PacketFault(Exception):
    """A text that is no packet: what is wrong, where, and what could stand there."""

    def __init__(self, text: str, at: int, message: str, allowed: str = "") -> None:
        super().__init__(message)
        self.text, self.at, self.message, self.allowed = text, at, message, allowed

    def lines(self) -> list[str]:
        """The message, the text with a caret under the place, and what is allowed."""
        shown = "".join(char if char.isprintable() else " " for char in self.text)
        caret = " " * self.at + "^"
        return [self.message, f"    {shown}", f"    {caret}", *([self.allowed] if self.allowed else [])]


class Item(NamedTuple):
    """One value of a packet, or a place for it: no values where any may stand."""

    type: str
    values: tuple[object, ...] | None
    label: str = ""
    times: int = 1
    """How many values are read; MANY for as many as there are."""
    at: int = 0
    """Where it stands in its text."""


# ------------------------------------------------------------------- reading texts


def parse(text: str) -> list[Item]:
    """The items of a packet or a pattern; raises PacketFault."""
    items: list[Item] = []
    at = 0
    while at < len(text):
        if text[at] in " \t":
            at += 1
            continue
        if items and items[-1].times == MANY:
            raise PacketFault(text, at, "nothing can follow what takes the rest of the packet")
        item, at = read_item(text, at)
        items.append(item)
    return items


def read_item(text: str, at: int) -> tuple[Item, int]:
    """The item that begins at a place, and where it ends."""
    head = HEAD.match(text, at)
    if head is None:
        raise PacketFault(text, at, "expected a type, as in u8:3", ALLOWED)
    start, type_ = head.start(), NAMES.get(head["type"].lower())
    if type_ is None:
        raise PacketFault(text, head.start("type"), f"there is no type {head['type']}", ALLOWED)
    at, label, values, count = head.end(), head["label"] or "", None, 1
    if at < len(text) and text[at] == ":":
        values, at = read_values(text, at + 1, type_)
    elif (found := COUNT.match(text, at)) is not None:
        if found[1] == "0":
            raise PacketFault(text, at + 1, "expected a count of at least 1, or none for all that is left")
        count, at = int(found[1]) if found[1] else MANY, found.end()
    elif type_ in (TEXT, HEX):
        count = MANY
    if at < len(text) and text[at] not in " \t":
        raise PacketFault(text, at, "expected a space between two values, as in u8:3 u16:700")
    return Item(type_, values, label, count, start), at


def read_values(text: str, at: int, type_: str) -> tuple[tuple[object, ...], int]:
    """The values after a colon, separated by commas, and where they end."""
    values: list[object] = []
    while True:
        value, at = READERS.get(type_, read_number)(text, at, type_)
        values.append(value)
        if type_ == HEX or at >= len(text) or text[at] != ",":
            return tuple(values), at
        at += 1


def read_number(text: str, at: int, type_: str) -> tuple[object, int]:
    """A number that its type holds."""
    found = NUMBER.match(text, at)
    number = None if found is None else number_of(found[0], type_)
    if found is None or number is None:
        raise PacketFault(text, at, f"expected {wanted(type_)}", f"buffer_{type_}: {range_of(type_)}")
    kind = NUMBERS[type_]
    if kind in BITS:
        low, high = bounds(type_)
        if not low <= number <= high:
            raise PacketFault(text, at, f"{found[0]} does not fit", f"buffer_{type_}: {range_of(type_)}")
    return number, found.end()


def number_of(word: str, type_: str) -> Any:
    """A word as a number of a type; None where it is none."""
    plain = word.lower()
    if plain in ("true", "false"):
        return plain == "true"
    try:
        if plain.startswith("$"):
            return int(plain[1:], 16)
        if NUMBERS[type_] in BITS or type_ == "bool" or plain.lstrip("+-").startswith("0x"):
            return int(plain, 0) if plain.lstrip("+-").startswith("0x") else int(plain)
        return float(plain)
    except ValueError:
        return None


def wanted(type_: str) -> str:
    return "true or false" if type_ == "bool" else "a whole number" if NUMBERS[type_] in BITS else "a number"


def bounds(type_: str) -> tuple[int, int]:
    """The smallest and the largest number of an integer type."""
    kind = NUMBERS[type_]
    bits = BITS[kind]
    if type_ == "u64":  # GameMaker's u64 holds an int64
        return -(1 << 63), (1 << 64) - 1
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if kind in SIGNED else (0, (1 << bits) - 1)


def range_of(type_: str) -> str:
    """The range of a type of numbers, in words."""
    if type_ == "bool":
        return "true or false"
    if NUMBERS[type_] not in BITS:
        return "a number such as 0.5 or 1e6"
    low, high = bounds(type_)
    return f"{low} to {high}, decimal, or hexadecimal as 0xFF or $FF"


def read_string(text: str, at: int, type_: str) -> tuple[str, int]:
    """A string in quotes."""
    found = QUOTED.match(text, at)
    if found is None:
        is_open = text[at : at + 1] == '"'
        message = "the string has no end: a quote is missing" if is_open else 'expected a string in quotes, as "hi"'
        raise PacketFault(text, at, message, r"inside: \" \\ \n \t \r \0 \x41 \u263A")
    value = ESCAPE.sub(lambda escape: unescaped(escape[1]), found[0][1:-1])
    if type_ == STRING and "\0" in value:
        raise PacketFault(text, at, "a str ends at its first zero byte", 'text:"…" may hold zero bytes')
    return value, found.end()


def unescaped(code: str) -> str:
    """The character that an escape stands for."""
    if code[0] in "xu" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return ESCAPES.get(code, code)


def read_hex(text: str, at: int, type_: str) -> tuple[bytes, int]:
    """Bytes as pairs of hexadecimal digits."""
    found = HEX_DIGITS.match(text, at)
    assert found is not None
    if not found[0] or len(found[0]) % 2:
        raise PacketFault(text, found.end(), "expected pairs of hexadecimal digits, as in hex:00ff")
    return bytes.fromhex(found[0]), found.end()


READERS: dict[str, Any] = {STRING: read_string, TEXT: read_string, HEX: read_hex}


# ------------------------------------------------------------------ writing packets


def packet(text: str) -> bytes:
    """The bytes of a packet; raises PacketFault."""
    items = parse(text)
    for item in items:
        if item.values is None:
            raise PacketFault(
                text, item.at, f"the {item.type} has no value", f"expected one, as in {example(item.type)}"
            )
    return b"".join(encoded(item.type, value) for item in items for value in item.values or ())


def example(type_: str) -> str:
    return {STRING: 'str:"hi"', TEXT: 'text:"hi"', HEX: "hex:00ff"}.get(type_, f"{type_}:1")


def encoded(type_: str, value: Any) -> bytes:
    """One value as GameMaker's buffers hold it."""
    if type_ == HEX:
        return bytes(value)
    if type_ in (STRING, TEXT):
        return str(value).encode("utf-8", "replace") + (b"\0" if type_ == STRING else b"")
    kind = NUMBERS[type_]
    if type_ == "u64" and value >= 1 << 63:
        value -= 1 << 64
    try:
        return CODECS[kind].pack(value)
    except OverflowError:
        return CODECS[kind].pack(float("inf") if value > 0 else float("-inf"))


# ------------------------------------------------------------------ reading packets


def read(pattern: list[Item], payload: bytes) -> str | None:
    """A packet by a pattern, in the same notation; None when it does not fit, byte for byte."""
    shown: list[str] = []
    at = 0
    for item in pattern:
        found = read_one(item, payload, at)
        if found is None:
            return None
        text, at = found
        shown.append(f"{item.label}={text}" if item.label else text)
    return " ".join(shown) if at == len(payload) else None


def read_one(item: Item, payload: bytes, at: int) -> tuple[str, int] | None:
    """The text of an item as a packet has it, and where it ends; None where it does not fit."""
    if item.values is not None:
        piece = b"".join(encoded(item.type, value) for value in item.values)
        end = at + len(piece)
        return (shown_values(item.type, item.values), end) if payload[at:end] == piece else None
    if item.type in (HEX, TEXT):
        end = len(payload) if item.times == MANY else at + item.times
        piece = payload[at:end]
        if len(piece) != end - at:
            return None
        return shown_values(item.type, (piece if item.type == HEX else text_of(piece),)), end
    values: list[object] = []
    while len(values) != item.times and not (item.times == MANY and at == len(payload)):
        found = decoded(item.type, payload, at)
        if found is None:
            return None
        values.append(found[0])
        at = found[1]
    return (shown_values(item.type, tuple(values)) if values else f"{item.type}*"), at


def decoded(type_: str, payload: bytes, at: int) -> tuple[object, int] | None:
    """One value at a place, and where it ends; None where there is none."""
    if type_ == STRING:
        stop = payload.find(0, at)
        return None if stop < 0 else (text_of(payload[at:stop]), stop + 1)
    kind = NUMBERS[type_]
    end = at + SIZES[kind]
    if end > len(payload):
        return None
    value = CODECS[kind].unpack_from(payload, at)[0]
    return (bool(value) if kind == BOOL else value), end


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def shown_values(type_: str, values: tuple[object, ...]) -> str:
    """Values as they are typed."""
    return f"{type_}:{','.join(shown_value(type_, value) for value in values)}"


def shown_value(type_: str, value: Any) -> str:
    if type_ == HEX:
        return bytes(value).hex()
    if type_ in (STRING, TEXT):
        return quoted(str(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.7g}" if type_ in ("f16", "f32") else repr(value)


def quoted(text: str) -> str:
    """A text in quotes that can be typed again, and does nothing to a terminal."""
    return '"' + "".join(escaped(text)) + '"'


def escaped(text: str) -> Iterator[str]:
    names = {char: name for name, char in ESCAPES.items()}
    for char in text:
        if char in '"\\':
            yield "\\" + char
        elif char in names:
            yield "\\" + names[char]
        elif char.isprintable():
            yield char
        else:
            yield f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):06x}"


def guessed(payload: bytes) -> str:
    """A packet of which nothing is known: as texts where it looks like some, perhaps behind a number, else as bytes."""
    if is_text(payload):
        return f"{TEXT}:{quoted(payload.decode())}"
    if payload.endswith(b"\0"):
        for size in (0, 1):
            strings = payload[size:-1].split(b"\0")
            if all(map(is_text, strings)):
                numbers = [shown_values("u8", (payload[0],))] if size else []
                return " ".join([*numbers, *(f"{STRING}:{quoted(text.decode())}" for text in strings)])
    return f"{HEX}:{payload.hex()}" if payload else "(empty)"


def is_text(data: bytes) -> bool:
    """Whether bytes look like a text that people read."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text.strip()) > 1 and all(char.isprintable() or char in "\r\n\t" for char in text)
