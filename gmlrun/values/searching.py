"""Searching in texts in a time that grows with their lengths only, whatever is in them.

Python's own search from the end, and a regular expression's, compare a long part anew at each place.
"""

from __future__ import annotations

SHORT = 100
"""Characters of a part that may be compared again at each place."""


def last_place(text: str, part: str) -> int:
    """The index of the last occurrence of a part, -1 for none."""
    if len(part) < SHORT:
        return text.rfind(part)
    found = text[::-1].find(part[::-1])
    return -1 if found < 0 else len(text) - found - len(part)


def count_of(text: str, part: str) -> int:
    """How often a part, which is not empty, occurs; occurrences may overlap."""
    if len(part) == 1 or part not in text:
        return text.count(part)
    if len(part) < SHORT:
        import re

        return len(re.findall(f"(?={re.escape(part)})", text))
    return count_of_long(text, part)


def count_of_long(text: str, part: str) -> int:
    """The same by Knuth, Morris and Pratt: each character of the text is looked at once."""
    shorter = borders(part)
    count = matched = 0
    for char in text:
        while matched and (matched == len(part) or part[matched] != char):
            matched = shorter[matched - 1]
        matched += part[matched] == char
        count += matched == len(part)
    return count


def borders(part: str) -> list[int]:
    """For each beginning of a text how long the longest end of it is that the text also begins with."""
    found, length = [0], 0
    for char in part[1:]:
        while length and part[length] != char:
            length = found[length - 1]
        length += part[length] == char
        found.append(length)
    return found
