"""Programs made of pieces of others: they compile or have errors with places, and run or end in GML errors."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

from fuzz.engine import Fuzzer, Hang, Parts
from fuzz.game import run_code
from gmlrun.errors import GameEnd, SourceErrors

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(
    r"\s+|\"(?:\\.|[^\"\\\n])*\"|[A-Za-z_]\w*|\d+(?:\.\d+)?|//[^\n]*|/\*.*?\*/|[-+*/%<>=!&|^?]+|.", re.DOTALL
)
EXTRA = (
    *("{", "}", "(", ")", "[", "]", ";", ",", ".", "[?", "[|", "[#", "[$", "[@", "=", "==", "+=", "++", "??", "?", ":"),
    *("if", "else", "for", "while", "repeat", "with", "switch", "case", "break", "continue", "return", "exit", "throw"),
    *("try", "catch", "finally", "function", "constructor", "new", "delete", "static", "var", "globalvar", "enum"),
    *(
        "#macro",
        "#region",
        '$"',
        "{",
        '@"',
        '"',
        "'",
        "0x",
        "$",
        "1e",
        "\\",
        "\n",
        "undefined",
        "self",
        "other",
        "event",
    ),
)
LEFT_OUT = re.compile(r"network_|http_|url_|while|game_restart|do\b")
"""Programs that would wait, or go on for long."""


@cache
def corpus() -> tuple[tuple[str, ...], ...]:
    """The tokens of gmlrun's own test programs."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "gml").rglob("*.gml")))
    return tuple(tuple(TOKEN.findall(text)) for text in texts if not LEFT_OUT.search(text) and len(text) < 6000)


def make(rng: random.Random) -> Parts:
    """A stretch of one program, with tokens of others put in, left out, doubled and changed."""
    tokens = rng.choice(corpus())
    start = rng.randrange(len(tokens))
    made = list(tokens[start : start + rng.choice((20, 100, 400))])
    for _ in range(rng.choice((0, 1, 3, 10))):
        if not made:
            break
        at = rng.randrange(len(made))
        change = rng.randrange(4)
        if change == 0:
            made.insert(at, rng.choice(EXTRA))
        elif change == 1:
            del made[at]
        elif change == 2:
            made[at] = rng.choice(rng.choice(corpus()))
        else:
            made[at:at] = made[at : at + 10]
    return made


def run(parts: Parts) -> None:
    try:
        run_code(show(parts))
    except (SourceErrors, GameEnd, Hang):
        return  # a loop without an end is the program's own


def show(parts: Parts) -> str:
    return "".join(parts)


FUZZER = Fuzzer("programs", make, run, show)
