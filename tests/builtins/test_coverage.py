"""Which builtins the tests name: every one that works without a screen must be in a GML program."""

from __future__ import annotations

import re
from pathlib import Path

from gmlrun.builtins.catalogue import load
from gmlrun.builtins.table import known_names

TESTS = Path(__file__).parent.parent
COMMENT = re.compile(r"//.*")
WORD = re.compile(r"\w+")


def words_in(pattern: str) -> set[str]:
    """The words of the tests' files of a kind, without GML's comments."""
    texts = (path.read_text(encoding="utf-8") for path in TESTS.rglob(pattern))
    return {word for text in texts for word in WORD.findall(COMMENT.sub("", text))}


def test_every_builtin_is_tested() -> None:
    """A GML program calls it; what ends or blocks a run, or needs a peer, may be in a Python test instead."""
    index, tested = load(), words_in("*.gml") | words_in("test_*.py")
    names = [name for name, facts in known_names().items() if facts["level"] != "gui"]
    untested = [n for n in names if (n in index.functions or n in index.variables) and n not in tested]
    assert untested == []


def test_most_builtins_are_tested_in_gml() -> None:
    """A Python test is the exception: for HTTP, whose events need a server to answer."""
    index, tested = load(), words_in("*.gml")
    names = [name for name, facts in known_names().items() if facts["level"] in ("core", "useful")]
    elsewhere = [n for n in names if n in index.functions and n not in tested]
    assert all(name.startswith(("http_", "network_")) for name in elsewhere), elsewhere
