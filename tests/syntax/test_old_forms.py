"""What GameMaker has accepted once is read, and `check` says that it is old."""

from __future__ import annotations

import pytest

from gmlrun.diagnostics import Diagnostic
from gmlrun.errors import SourceErrors
from gmlrun.source import STUDIO_1, Source
from gmlrun.syntax.parser import parse


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("for (i = 0 i < 3 i++) f();", [12, 18]),
        ("for (i = 0; i < 3 i++) f();", [19]),
        ("for (i = 0; i < 3; i++) f();", []),
        ("for (;;) break;", []),
        ("var a, b,;", [9]),
        ("var a,\nb;", []),
        ("globalvar a,;", [12]),
        ("var;", [1]),
        ("f().a[0]", [1]),
        ("a.f().b", [1]),
        ("a.f()", []),
        ("if (a)\n(b).c = 1;", [1]),
        ("if (a)(b).c() d();", []),
        ("with (a)\n(b).c = 1;", [1]),
        ("repeat (2)\n(b).c();", [1]),
        ("while (a)\n(b).c();", [1]),
    ],
)
def test_old_forms_are_read_with_a_warning(text: str, places: list[int]) -> None:
    warnings: list[Diagnostic] = []
    parse(Source("a.gml", text), warnings=warnings)
    assert {d.code for d in warnings} <= {"old-syntax"}
    assert [d.place.column for d in warnings] == places


@pytest.mark.parametrize("text", ["a[] = 1;", "a.b[] = 1;", "x = a[] + 1;", "f(a[]);"])
def test_an_empty_index_is_0_before_2_3(text: str) -> None:
    warnings: list[Diagnostic] = []
    parse(Source("a.gml", text, STUDIO_1), warnings=warnings)
    assert [d.code for d in warnings] == ["old-syntax"]
    with pytest.raises(SourceErrors):
        parse(Source("a.gml", text))


@pytest.mark.parametrize("text", ["var\nvar a = 1;", "if (a) { var }", "var", "var\nif (a) b = 1;"])
def test_a_var_alone_has_no_variable_before_2_3(text: str) -> None:
    warnings: list[Diagnostic] = []
    parse(Source("a.gml", text, STUDIO_1), warnings=warnings)
    assert [d.code for d in warnings] == ["old-syntax"]
    with pytest.raises(SourceErrors):
        parse(Source("a.gml", text))
