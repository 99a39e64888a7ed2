"""Text without lone surrogates: text from outside goes in, what UTF-8 can hold comes out.

A GML string is Unicode text, so that each function that writes it can. Halves of surrogate pairs, which JSON
escapes, file names and arguments bring, become U+FFFD where they enter.
"""

from __future__ import annotations

from gmlrun.lean import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from re import Match


ESCAPED_SURROGATE = pattern(r"\\u[dD][89a-fA-F]")
ESCAPE = pattern(r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.")


def clean(text: str) -> str:
    """A text with U+FFFD for each lone surrogate."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def utf8(text: str) -> bytes:
    """A text's bytes; never raises."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return clean(text).encode()


def clean_escapes(json: str) -> str:
    r"""A JSON text with `\ufffd` for each escape that means half a surrogate pair."""
    if not ESCAPED_SURROGATE.search(json):
        return json

    def replaced(found: Match[str]) -> str:
        is_lone = found[1] is None and found[0][1] == "u" and len(found[0]) > 2
        return r"\ufffd" if is_lone else found[0]

    return ESCAPE.sub(replaced, json)
