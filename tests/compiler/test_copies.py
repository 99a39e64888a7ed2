"""Code of a few lines of which Python would make very much is refused; what people write is not."""

from __future__ import annotations

import ast

import pytest

from gmlrun import CompiledProgram, SourceErrors
from gmlrun.compiler.copies import emitted

INSIDE = 20


def nested(text: str, end: str, inner: str = "x = 1;", times: int = INSIDE) -> str:
    return text * times + inner + end * times


@pytest.mark.parametrize(
    "text",
    [
        nested("try { x = 1; } finally { ", "}"),
        nested("try { x = 1; } catch (e) { } finally { ", "}"),
        "function f() { try { " + "if (x) return 1;" * 3000 + " } finally { " + "x += 1;" * 3000 + " } }",
        "while (true) { try { " + "if (x) break;" * 3000 + " } finally { " + "x += 1;" * 3000 + " } }",
        nested("with (self) { ", "}", times=60),
        nested("try { ", "} catch (e) { }", times=60),
    ],
)
def test_what_grows_too_large_is_refused(text: str) -> None:
    with pytest.raises(SourceErrors, match="nested too deeply"):
        CompiledProgram(text)


@pytest.mark.parametrize(
    "text",
    [
        nested("try { ", "} finally { x += 1; }", times=15),
        nested("try { x = 1; } finally { ", "}", times=8),
        "function f() { try { " + "if (x) return 1;" * 40 + " } finally { " + "x += 1;" * 40 + " } }",
    ],
)
def test_usual_code_is_never_too_many_copies(text: str) -> None:
    assert CompiledProgram(text).built.units


def test_a_finalizer_counts_for_each_way_out() -> None:
    text = "for a in b:\n try:\n  if c: break\n  d\n finally:\n  e"
    (loop,) = ast.parse(text).body
    assert isinstance(loop, ast.For)
    (attempt,) = loop.body
    assert isinstance(attempt, ast.Try)
    once = emitted(attempt.finalbody).nodes
    assert emitted([loop]).copies == 2 * once
