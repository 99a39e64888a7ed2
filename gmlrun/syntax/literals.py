"""The values of literals: the text of a number, a colour or a string goes in, the value comes out."""

from __future__ import annotations

import re

SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{1,6})|x([0-9A-Fa-f]{2})|([0-7]{3})|(\r\n|.))", re.DOTALL)

BASES = {"$": 16, "0x": 16, "0b": 2}
"""The numeral systems, by what a number begins with."""
INT64_DIGITS = 19
"""A decimal number with more digits is a real."""


def unescape(body: str) -> str:
    r"""The text of a string literal: `\n`, `\u1F642`, `\x41`, `\101`, …"""
    return ESCAPE.sub(_escape, body) if "\\" in body else body


def _escape(found: re.Match[str]) -> str:
    code, byte, octal, other = found.groups()
    if other is not None:
        return SIMPLE_ESCAPES.get(other, "" if other in ("\n", "\r\n", "\r") else other)
    number = int(code or byte or octal, 8 if octal else 16)
    return chr(number) if number < 0xD800 or 0xE000 <= number < 0x110000 else "\ufffd"


def number_value(text: str) -> float | int:
    """A number literal's value: an int for an int64, a float for a real."""
    digits = text.replace("_", "")
    prefix = "$" if digits[0] == "$" else digits[:2].lower()
    if prefix in BASES:
        whole = int(digits[len(prefix) :], BASES[prefix])
        whole = (whole + (1 << 63)) % (1 << 64) - (1 << 63)
        return float(whole) if -(1 << 31) <= whole < 1 << 31 else whole
    value = float(digits)
    if digits.isdecimal() and len(digits) <= INT64_DIGITS and int(digits) != value:
        return min(int(digits), (1 << 63) - 1)
    return value


def colour_value(digits: str) -> float | int:
    """`#RRGGBB` as GameMaker stores it, with blue on top; in `#RRGGBBAA` alpha is the top byte."""
    value = int.from_bytes(bytes.fromhex(digits), "little")
    return float(value) if value < 1 << 31 else value
