"""Programs that say what they print: a text with `// expect:` comments goes in, what is otherwise comes out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from gmlrun.lean import NamedTuple

LINE = re.compile(r"// expect: ?(.*?)(?=\s*// expect|$)")
ERROR = re.compile(r"// expect-error: (.*)$", re.MULTILINE)
EXIT = re.compile(r"// expect-exit: (\d+)")


class Expected(NamedTuple):
    """The output, the error and the exit code that a program should have."""

    lines: Sequence[tuple[int, str]]
    """The lines that it prints, each with the number of the line that says so."""
    error: str
    """A part of the unhandled error that ends it; empty for none."""
    code: int
    """The exit code of the program."""

    def difference(self, printed: Sequence[str], error: str, code: int) -> str:
        """The first difference, in words; empty where there is none."""
        for wanted, got in zip_longest(self.lines, printed):
            if wanted is None:
                return f"the program prints one line more: {got}"
            number, text = wanted
            if got != text:
                return f"line {number} expects {text!r}, " + ("nothing was printed" if got is None else f"got {got!r}")
        if (self.error not in error) if self.error else bool(error):
            return f"expected {f'the error {self.error}' if self.error else 'no error'}, got {error or 'none'}"
        return "" if code == self.code else f"expected exit code {self.code}, got {code}"


def expected_of(text: str) -> Expected | None:
    """The expectations in a program's comments; None where there are none."""
    if "// expect" not in text:
        return None
    lines = [
        (number, found.rstrip("\r")) for number, line in enumerate(text.splitlines(), 1) for found in LINE.findall(line)
    ]
    error, code = ERROR.search(text), EXIT.search(text)
    return Expected(lines, error[1] if error else "", int(code[1]) if code else 1 if error else 0)
