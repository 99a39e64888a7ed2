"""A service gives a game texts for years: what none of its code needs any more is forgotten."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable

import pytest

from gmlrun import Game, GmlError, SourceErrors
from gmlrun.embedding import texts

TEXTS: dict[str, Callable[[int], str]] = {
    "statements": lambda n: f"var v = {n}; x = v;",
    "nothing": lambda n: f"// {n}",
    "a function": lambda n: f"function changed() {{ return {n}; }}",
    "a function and statements": lambda n: f"function changed() {{ return {n}; }} x = changed();",
    "a value that is a function": lambda n: f"y = function() {{ return {n}; }};",
    "a constructor": lambda n: f"function Changed() constructor {{ static s = {n}; a = {n}; }}",
    "an event": lambda n: f"event other_user0 {{ x = {n}; }}",
    "an object": lambda n: f"object changed {{ event create {{ x = {n}; }} }}",
    "an enum": lambda n: f"enum Changed {{ a = {n} }}",
    "a macro": lambda n: f"#macro CHANGED {n}\nx = CHANGED;",
    "an error before it runs": lambda n: f"x = {n}; nobody_knows_this();",
    "an error": lambda n: f"throw {n};",
    "what uses an earlier definition": lambda n: f"enum Used {{ a = {n} }} function uses() {{ return Used.a; }}",
}
MANY, FEW = 60, 5


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_not_needed_any_more_is_forgotten(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "NUMBERS", FEW)
    with Game("x = 1; y = 2;", on_log=lambda line: None) as game:
        for number in range(MANY):
            with contextlib.suppress(GmlError, SourceErrors):
                game.exec(TEXTS[kind](number))
            if number % FEW == 0:
                gc.collect()
        gc.collect()
        assert game._texts is not None
        assert len(game.runner.texts) <= FEW
        assert len(list(game.runner.rt.namespaces)) <= FEW
        assert game._texts.count <= 4 * FEW


def test_what_is_needed_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "NUMBERS", FEW)
    with Game("kept = []; function call_all() { return array_map(kept, function(f) { return f(); }); }") as game:
        for number in range(MANY):
            game.exec(
                f"array_push(kept, function() {{ return own() + {number}; }}); function own() {{ return {number}; }}"
            )
            gc.collect()
        assert list(game.call("call_all")) == [MANY - 1 + number for number in range(MANY)]
        assert MANY <= len(game.runner.texts) <= MANY + FEW
        game.exec("kept = [];")
        gc.collect()
        assert len(game.runner.texts) <= FEW


def test_an_error_in_an_earlier_text_has_its_place() -> None:
    with Game("") as game:
        game.exec("\nfail = function() { return [1][5]; };")
        for number in range(MANY):
            game.exec(f"x = {number};")
        gc.collect()
        with pytest.raises(GmlError) as caught:
            game.eval("fail()")
        assert caught.value.place is not None
        assert (caught.value.place.line, caught.value.place.text) == (2, "fail = function() { return [1][5]; };")


def test_expressions_that_are_kept_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "KEPT", FEW)
    monkeypatch.setattr(texts, "NUMBERS", FEW)
    with Game("") as game:
        for number in range(MANY):
            assert game.eval(f"{number} + 1") == number + 1
            gc.collect()
        assert len(game.runner.texts) <= 2 * FEW
