"""Lowerings: GML in, Python text out; and every inline form against the helper that knows all types."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.compiler.lowering import LOWERINGS
from gmlrun.errors import GmlError
from gmlrun.evaluation import evaluate
from gmlrun.runtime import Runtime
from gmlrun.syntax import nodes
from gmlrun.values import operators
from tests.compiler.lowered import python_of


@pytest.mark.parametrize(
    ("gml", "python"),
    [
        ("x = 1;", "self.x = 1.0"),
        ("x = x;", "pass"),
        ("var a = 1; a += 2;", "a = 1\na += 2"),
        ("global.a = other.b;", "gml_global.a = other.b"),
        (
            "x = y == 5;",
            "self.x = gml_1 >= 4.99999 and gml_1 <= 5.00001 if gml_type((gml_1 := self.y)) is gml_real "
            "else gml_1 == 5 if gml_type(gml_1) is gml_int64 else gml_eq(gml_1, 5.0)",
        ),
        ('x = y == "word";', "self.x = self.y == 'word'"),
        ("x = y == undefined;", "self.x = self.y is None"),
        ("x = is_undefined(y);", "self.x = self.y is None"),
        (
            "x = y - 1;",
            "self.x = gml_1 - 1.0 if gml_type((gml_1 := self.y)) is gml_real else gml_sub(gml_1, gml_int32s[1])",
        ),
        (
            "x = y / 2;",
            "try:\n    self.x = self.y / 2.0\nexcept gml_refused:\n    self.x = gml_div(self.y, 2.0)",
        ),
        (
            "x = y + z;",
            "try:\n    self.x = gml_1 + self.z if gml_type((gml_1 := self.y)) is gml_real "
            "else gml_add(self.y, self.z)\nexcept gml_refused:\n    self.x = gml_add(self.y, self.z)",
        ),
        ("other.f(1);", "other.f(self, other, 1.0)"),
        (
            "var f = 1; f();",
            "f = 1.0\n(f if (gml_1 := gml_type(f)) is gml_method or gml_1 is gml_function else gml_callee(f, 'f'))"
            "(self if gml_1 is gml_method else other, self)",
        ),
        (
            'var m = 0; x = m[? "k"];',
            "m = 0.0\nself.x = gml_map_get(m, 'k')",
        ),
        (
            'x = async_load; x = async_load[? "k"];',
            "gml_steady_async_load = gml_get_async_load()\n"
            "gml_steady_async_load_entry = gml_entries(gml_steady_async_load)\n"
            "self.x = gml_steady_async_load\n"
            "self.x = gml_1[1] if (gml_1 := gml_steady_async_load_entry('k')) is not None "
            "else gml_held_get('async_load', gml_steady_async_load, 'k')",
        ),
        (
            "string_length(x);",
            "gml_len(gml_1) if gml_type((gml_1 := self.x)) is gml_str else gml_int(string_length(gml_1))",
        ),
        ("var b = 0; buffer_write(b, buffer_u8, 7);", "b = 0.0\n__buffer_write_u8(b, 7)"),
        ("x = [1, y];", "self.x = [1.0, self.y]"),
        ("x = { a : 1 };", "self.x = gml_struct({'a': 1.0})"),
        ('x = $"n={y}";', "self.x = f'n={gml_text(self.y)}'"),
        (
            "while (x) y();",
            "while True:\n    if not ((gml_1 := self.x) is True or (gml_1 is not False and gml_truth(gml_1))):\n"
            "        break\n    self.y(other, self)",
        ),
        (
            "for (var i = 0; i < 9; i++) f(i);",
            "i = 0\ngml_1 = 9\nfor i in gml_range(i, gml_1):\n    self.f(other, self, gml_reals[i])\n"
            "else:\n    if i < gml_1:\n        i += 1",
        ),
        ("repeat (3) f();", "for gml_1 in gml_times(None, 3):\n    self.f(other, self)"),
        ("var class = 1; gml_x = class;", "class_ = 1.0\nself.gml_x = class_"),
        ("enum E { A = 3 } x = E.A;", "self.x = 3"),
        ("x.__dict__ = 1;", "(self.x if gml_type(gml_type(self.x)) is gml_class else 0).__dict___ = 1.0"),
    ],
)
def test_what_gml_compiles_to(gml: str, python: str) -> None:
    found = python_of(gml)
    if "__dict__" in gml:
        assert ".__dict___ = 1.0" in found
        return
    assert found == python


def test_every_node_has_a_lowering() -> None:
    classes = {
        c for c in vars(nodes).values() if isinstance(c, type) and issubclass(c, (nodes.Expression, nodes.Statement))
    }
    assert {c.__name__ for c in classes - LOWERINGS.keys()} == {"Expression", "Statement"}


# ------------------------------------------------------- inline forms and helpers

VALUES: list[Any] = [0.0, 1.0, -1.0, 0.5, 2.5, 1.000001, 1e20, math.inf, -math.inf, math.nan, True, False]
VALUES += [3, -7, (1 << 63) - 1, "", "abc", "5", " 2.5 ", "true", None, [], [1.0]]
OPERATORS = ["+", "-", "*", "/", "%", "div", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^", "<<", ">>", "^^"]
NAMES = "add sub mul div mod int_div eq ne lt le gt ge bit_and bit_or bit_xor shift_left shift_right logical_xor"
HELPERS = dict(zip(OPERATORS, NAMES.split(), strict=True))


def helper(operator: str, rt: Runtime) -> Any:
    name = HELPERS[operator]
    return getattr(operators.Comparison(rt), name, None) or getattr(operators, name)


def outcome(action: Any) -> Any:
    """A value with its type, or that it raised."""
    try:
        value = action()
    except GmlError:
        return "an error"
    return type(value), "nan" if value != value else value


@pytest.mark.parametrize("operator", OPERATORS)
def test_inline_forms_do_what_the_helpers_do(operator: str) -> None:
    """All operands at once: one program computes every pair, in the forms for unknown and for local operands."""
    pairs = list(itertools.product(VALUES, VALUES))
    rt = Runtime()
    rt.globals.pairs = [[a, b] for a, b in pairs]  # type: ignore[attr-defined]
    code = f"""
    var made = [];
    for (var i = 0; i < array_length(global.pairs); i++) {{
        var pair = global.pairs[i];
        try {{ array_push(made, [pair[0] {operator} pair[1]]); }} catch (e) {{ array_push(made, "an error"); }}
    }}
    made;"""
    found = [item if item == "an error" else outcome(lambda item=item: item[0]) for item in evaluate(code, rt).value]
    compute = helper(operator, rt)
    wanted = [outcome(lambda a=a, b=b: compute(a, b)) for a, b in pairs]
    differences = [(p, f, w) for p, f, w in zip(pairs, found, wanted, strict=True) if f != w]
    assert differences == []


@given(st.floats(allow_nan=False), st.sampled_from([0, 1, 2.5, 1000, -3]))
def test_comparisons_with_a_literal(value: float, literal: float) -> None:
    compare = operators.Comparison(Runtime())
    rt = Runtime()
    rt.globals.a = value  # type: ignore[attr-defined]
    signs = ["==", "!=", "<", "<=", ">", ">="]
    parts = ", ".join(f"global.a {sign} ({literal})" for sign in signs)
    wanted = [helper(sign, rt)(value, float(literal)) for sign in signs]
    assert evaluate(f"[{parts}]", rt).value == wanted
    assert compare.eq(value, value)


UNREACHABLE = ['"a".upper()', "(5).real", "[].append(1)", "self.__class__.x", "undefined.__init__", "__builtins__"]


@pytest.mark.parametrize("code", [*UNREACHABLE, "f = real; f.gml"])
def test_python_is_out_of_reach(code: str) -> None:
    assert evaluate(code, Runtime()).exit_code == 1
