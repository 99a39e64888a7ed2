"""String functions. Manual: Strings.

Positions count characters (code points) from 1. Values that are no strings are converted by string().
"""

from __future__ import annotations

from gmlrun.builtins.registry import Array, Bool, Chapter, Function, Int, Real, String
from gmlrun.errors import GmlError
from gmlrun.lean import pattern
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_real
from gmlrun.values.model import Value
from gmlrun.values.searching import count_of, last_place
from gmlrun.values.slices import positions, taken
from gmlrun.values.text import bounded, quoted, string_of
from gmlrun.values.unicode import utf8

chapter = Chapter("Strings")

NO_LETTER, NO_DIGIT, NO_LETTER_OR_DIGIT = pattern(r"[^A-Za-z]"), pattern(r"[^0-9]"), pattern(r"[^A-Za-z0-9]")
HASH = pattern(r"\\?#")
LONGEST = 1 << 30
"""Characters that a repeated string may have."""

WHITE_SPACE = " \t\r\n\f\v\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)

# -------------------------------------------------------------------- characters


@chapter
def ansi_char(val: Int) -> str:
    """The character of a code from 0 to 255."""
    return chr(val & 0xFF)


@chapter
def chr_(val: Int) -> str:
    """The character of a Unicode code point."""
    return chr(val) if 0 <= val < 0x110000 and not 0xD800 <= val < 0xE000 else ""


@chapter
def ord_(string: String) -> Real:
    """The code point of a string's first character, 0 of an empty one."""
    return ord(string[0]) if string else 0


@chapter
def string_length(string: String) -> Real:
    """How many characters a string has."""
    return len(string)


@chapter
def string_byte_length(string: String) -> Real:
    """How many bytes a string takes in UTF-8."""
    return len(utf8(string))


@chapter
def string_char_at(str: String, index: Int) -> str:
    """The character at a position; the first for positions below 1, none behind the end."""
    at = max(1, index)
    return str[at - 1 : at]


@chapter
def string_ord_at(str: String, index: Int) -> Real:
    """The code point at a position; the first for positions below 1, -1 behind the end."""
    at = max(1, index)
    return ord(str[at - 1]) if at <= len(str) else -1


class UnfinishedText(GamePart):
    """The bytes behind the last text of string_set_byte_at, for they need be UTF-8 only when all are set."""

    def __init__(self, rt: Runtime) -> None:
        self.text = ""
        self.data = b""

    def bytes_of(self, string: str) -> bytes:
        """The bytes of a text: those that were set, if it is the last text of string_set_byte_at."""
        return self.data if string == self.text else utf8(string)


@chapter
def string_byte_at(unfinished_text: UnfinishedText, str: String, index: Int) -> Real:
    """A byte of the string in UTF-8; positions outside mean the first or the last one."""
    data = unfinished_text.bytes_of(str)
    return data[max(1, min(index, len(data))) - 1] if data else 0


@chapter
def string_set_byte_at(last: UnfinishedText, str: String, pos: Int, byte: Int) -> str:
    """The string with one byte of its UTF-8 form changed; raises outside the string.

    What is no UTF-8 then is U+FFFD, but the next call on the same text goes on with the bytes that were set,
    and `string_byte_at` reads them.
    """
    data = bytearray(last.bytes_of(str))
    if not 1 <= pos <= len(data):
        raise GmlError(f"string_set_byte_at: position {pos} is outside the string")
    data[pos - 1] = byte & 0xFF
    last.text, last.data = data.decode("utf-8", "replace"), bytes(data)
    return last.text


# ------------------------------------------------------------------------- parts


@chapter
def string_copy(str: String, index: Int, count: Int) -> str:
    """COUNT characters from a position on."""
    start = max(1, index) - 1
    return str[start : start + max(0, count)]


@chapter
def string_delete(str: String, index: Int, count: Int) -> str:
    """The string without COUNT characters from a position on.

    A negative position counts from the end; a negative count deletes backwards.
    """
    size = len(str)
    at = index + size if index < 0 else max(1, index) - 1
    if at >= size or at < 0 or not count:
        return str
    first, last = (at, at + count) if count > 0 else (max(0, at + count + 1), at + 1)
    return str[:first] + str[last:]


@chapter
def string_insert(substr: String, str: String, index: Int) -> str:
    """The string with another one put in before a position."""
    at = max(1, index) - 1
    return str[:at] + substr + str[at:]


@chapter
def string_repeat(str: String, count: Int) -> str:
    """The string COUNT times."""
    if len(str) * count > LONGEST:
        raise GmlError(f"string_repeat: {quoted(str)} cannot be repeated {count} times")
    return str * max(0, count)


@chapter
def string_replace(str: String, substr: String, newstr: String) -> str:
    """The string with the first occurrence of a part replaced."""
    return str.replace(substr, newstr, 1) if substr else str


@chapter
def string_replace_all(str: String, substr: String, newstr: String) -> str:
    """The string with every occurrence of a part replaced."""
    return str.replace(substr, newstr) if substr else str


@chapter
def string_lower(string: String) -> str:
    """The string in lower case."""
    return string.lower()


@chapter
def string_upper(string: String) -> str:
    """The string in upper case."""
    return string.upper()


@chapter
def string_letters(string: String) -> str:
    """The letters A to Z and a to z of a string."""
    return NO_LETTER.sub("", string)


@chapter
def string_digits(string: String) -> str:
    """The digits of a string."""
    return NO_DIGIT.sub("", string)


@chapter
def string_lettersdigits(string: String) -> str:
    """The letters A to Z and a to z and the digits of a string."""
    return NO_LETTER_OR_DIGIT.sub("", string)


@chapter
def string_hash_to_newline(string: String) -> str:
    """The string with each # as a line end; \\# is a plain #."""
    return HASH.sub(lambda found: "#" if len(found[0]) == 2 else "\r\n", string)


def trimmed(text: str, substrings: Value, start: bool, end: bool) -> str:
    """A string without white space, or without any of the given parts, at its ends."""
    if substrings is None:
        text = text.lstrip(WHITE_SPACE) if start else text
        return text.rstrip(WHITE_SPACE) if end else text
    if type(substrings) is not list or not all(type(part) is str for part in substrings):
        raise GmlError("string_trim: an array of strings is expected")
    cut = [part for part in substrings if part]
    while start and (found := next((p for p in cut if text.startswith(p)), None)):
        text = text[len(found) :]
    while end and (found := next((p for p in cut if text.endswith(p)), None)):
        text = text[: -len(found)]
    return text


@chapter
def string_trim(str: String, substr: Value = None) -> str:
    """The string without white space, or the strings of an array, at both ends."""
    return trimmed(str, substr, True, True)


@chapter
def string_trim_start(str: String, substr: Value = None) -> str:
    """The string without white space, or the strings of an array, at its start."""
    return trimmed(str, substr, True, False)


@chapter
def string_trim_end(str: String, substr: Value = None) -> str:
    """The string without white space, or the strings of an array, at its end."""
    return trimmed(str, substr, False, True)


# --------------------------------------------------------------------- searching


@chapter
def string_pos(substr: String, str: String) -> Real:
    """The position of the first occurrence of a part, 0 when there is none."""
    return str.find(substr) + 1 if substr else 0


@chapter
def string_pos_ext(substr: String, str: String, start_pos: Int) -> Real:
    """The position of the first occurrence of a part from a position on, 0 when there is none."""
    return str.find(substr, max(1, start_pos) - 1) + 1 if substr else 0


@chapter
def string_last_pos(substr: String, str: String) -> Real:
    """The position of the last occurrence of a part, 0 when there is none."""
    return last_place(str, substr) + 1 if substr else 0


@chapter
def string_last_pos_ext(substr: String, str: String, start_pos: Int) -> Real:
    """The position of the last occurrence of a part that begins at a position or before, 0 when there is none."""
    if start_pos <= 0 or not substr:
        return 0
    return last_place(str[: start_pos - 1 + len(substr)], substr) + 1


@chapter
def string_count(substr: String, str: String) -> Real:
    """How often a part occurs; occurrences may overlap."""
    if not substr:
        return 0
    return count_of(str, substr)


@chapter
def string_starts_with(str: String, substr: String) -> bool:
    """Whether a string begins with another one."""
    return str.startswith(substr)


@chapter
def string_ends_with(str: String, substr: String) -> bool:
    """Whether a string ends with another one."""
    return str.endswith(substr)


# ---------------------------------------------------------- formats, splits, joins


@chapter
def string_format(val: Value, total: Int, dec: Int) -> str:
    """A number with DEC decimals, padded with spaces until its whole part takes TOTAL characters."""
    if val is None:
        return "undefined"

    text = f"{to_real(val):.{max(0, min(dec, 300))}f}"
    width = len(text.partition(".")[0])
    return " " * max(0, min(total, 10000) - width) + text


@chapter
def string_concat(value1: Value, *values: Value) -> str:
    """The values as one string."""
    return "".join(bounded(map(string_of, (value1, *values))))


@chapter
def string_concat_ext(values_array: Array, offset: Value = None, length: Value = None) -> str:
    """The elements of an array as one string."""
    return "".join(bounded(map(string_of, taken(values_array, offset, length))))


@chapter
def string_join(delimiter: String, value1: Value, *values: Value) -> str:
    """The values as one string, with a delimiter between them."""
    return delimiter.join(bounded(map(string_of, (value1, *values))))


@chapter
def string_join_ext(delimiter: String, values_array: Array, offset: Value = None, length: Value = None) -> str:
    """The elements of an array as one string, with a delimiter between them."""
    return delimiter.join(bounded(map(string_of, taken(values_array, offset, length))))


@chapter
def string_split(string: String, delimiter: String, remove_empty: Bool = False, max_splits: Int = -1) -> Value:
    """An array of the parts between delimiters, after at most MAX_SPLITS splits."""
    pieces = string.split(delimiter, max_splits) if delimiter else [string]
    return [piece for piece in pieces if piece] if remove_empty else pieces


@chapter
def string_split_ext(string: String, delimiter_array: Array, remove_empty: Bool = False, max_splits: Int = -1) -> Value:
    """An array of the parts between any of several delimiters, after at most MAX_SPLITS splits."""
    import re

    delimiters = [re.escape(string_of(d)) for d in delimiter_array if string_of(d)]
    if not delimiters or max_splits == 0:
        return [string]
    pieces = re.split("|".join(delimiters), string, maxsplit=max(0, max_splits))
    return [piece for piece in pieces if piece] if remove_empty else pieces


@chapter
def string_foreach(
    rt: Runtime, self: Value, other: Value, string: String, function: Function, pos: Value = None, length: Value = None
) -> None:
    """Calls a function with each character and its position; a negative length goes backwards."""

    start = None if pos is None else to_real(pos)
    offset = start - 1 if start is not None and start > 0 else 0.0 if start == 0 else start
    for at in positions(len(string), offset, length):
        rt.call(function, self, other, string[at], float(at + 1))


# ---------------------------------------------------------------------- clipboard


class Clipboard(GamePart):
    """A machine without a desktop has a clipboard of the game's own."""

    def __init__(self, rt: Runtime) -> None:
        self.text = ""


@chapter
def clipboard_has_text(clipboard: Clipboard) -> bool:
    """Whether the game has put a text into its clipboard."""
    return bool(clipboard.text)


@chapter
def clipboard_get_text(clipboard: Clipboard) -> str:
    """The text that the game has put into its clipboard."""
    return clipboard.text


@chapter
def clipboard_set_text(clipboard: Clipboard, string: String) -> None:
    """Puts a text into the game's clipboard."""
    clipboard.text = string
