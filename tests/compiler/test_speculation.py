"""Statements that are tried without tests do what the general form does, errors and stack traces included."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import pkgutil
import random
from collections.abc import Iterator
from types import FunctionType

import pytest

import gmlrun
from gmlrun.compiler.attributes_of_values import TAKEN
from gmlrun.evaluation import evaluate
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.model import BuiltinFunction, Handle, Pointer, ScriptIndex
from tests.compiler.both_forms import printed
from tests.compiler.lowered import python_of

COUNT = int(os.environ.get("FUZZ_PROGRAMS", "25"))
"""How many random programs; more of them with `FUZZ_PROGRAMS=1000`."""
BASES = ["a", "b", "c", "l[0]", "l[i]", "a.next", "rows[0][1]", "self", "a.next.next", "g"]
OPERANDS = ["a.v", "b.v", "c.w", "l[i].v", "a.next.v", "n", "r", "i", "2", "0.5", "-3", "x", "v", "l[i]", "g", "a.q.v"]
OPERANDS += ["3000000000", "(i mod 2)", "max(i, a.v)", "pi", "c_white", "int64(2)", "true"]
VALUES = "1.5 -2 0 int64(7) 9223372036854775807 true '5' 'word' undefined [1]".replace("'", '"').split()
VALUES += ["infinity", "NaN", "int32", "one", "one.id", "show", "string_length", "Made", "ds", "100000", "-4"]
OF_ALL_TYPES = ["ptr(5)", "pointer_null", "2.5", "-1", "int64(3)", "9007199254740993", "true", "undefined", "[1]"]
OF_ALL_TYPES += ["NaN", "infinity", "show", "self"]
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]


class Writer:
    """Random statements whose operands may be of any type."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)

    def calculation(self, depth: int) -> str:
        """A calculation with variables of what may be structs."""
        chance = self.random
        if depth == 0 or chance.random() < 0.25:
            return chance.choice(OPERANDS)
        if chance.random() < 0.15:
            return chance.choice(["abs({})", "-({})", "max({}, a.v)"]).format(self.calculation(depth - 1))
        operator = chance.choice(["+", "-", "*", "-", "*", "/", "mod", "div", "+"])
        return f"({self.calculation(depth - 1)} {operator} {self.calculation(depth - 1)})"

    def stored(self) -> str:
        """A value of a local that is tested afterwards."""
        one, other = self.random.choice(OPERANDS), self.random.choice(OPERANDS)
        return self.random.choice([f"{one} {self.random.choice('+-*')} {other}", one, "l[i]", "rows[0]", "a.next"])

    def condition(self) -> str:
        """A condition that looks at variables."""
        made = f"{self.calculation(1)} {self.random.choice(COMPARISONS)} {self.calculation(1)}"
        if self.random.random() < 0.4:
            made += f" {self.random.choice(['&&', '||'])} {self.calculation(0)} {self.random.choice(COMPARISONS)} 3"
        return made

    def statement(self) -> str:
        """A statement that is tried, or one around it."""
        chance, base = self.random, self.random.choice(BASES)
        call = f"{base}.met({chance.choice(['n', 'r', 'x', 'i', '2'])}, {chance.choice(['a', 'b', 'c', 'g', 'self'])})"
        return chance.choice(
            [
                f"var d{chance.randrange(99)} = {self.calculation(2)}; P(r);",
                f"var d = {self.calculation(1)}, e = {self.calculation(1)}; P(d); P(e); P(d * d + e);",
                f"{{ var d = {self.stored()}, e = {self.stored()}; d -= 1; P(d * d - e); P(e - d * e); P(d > e); }}",
                f"{{ var f = {base}, k = {self.stored()}; P(f.v); P(k - 1); P(f.w); P(k * k - k); P(f.v == k); }}",
                f"for (var j = 0; j < 2; j++) {{ var h = {self.stored()}; i = 0; P(h * 2 - h); P(h[0]); P(h[i]); }}",
                "for (var j = 0; j < 2; j++) { var z = l[j], y = rows[0]; P(z.v - z.w); P(y[1].v); P(z.v); }",
                f"{{ var a = {base}, n = {self.calculation(1)}, k = {self.calculation(1)}; P(a.v); P(n); P(k); }}",
                f"r = {self.calculation(2)}; P(r);",
                f"r {chance.choice(['+=', '-=', '*='])} {self.calculation(1)}; P(r);",
                f"v {chance.choice(['=', '+=', '-='])} {self.calculation(1)}; P(v);",
                f"self.v = {self.calculation(1)}; P(v);",
                f"{chance.choice('abc')}.v {chance.choice(['=', '+=', '-='])} {self.calculation(1)}; P(a.v);",
                f"if ({self.condition()}) P(1); else P(2);",
                f"while ({self.condition()}) {{ if (fuel-- < 0) break; a = a.next; }} P(a.v);",
                f"if ({self.condition()}) return {self.calculation(2)};",
                f"c = {base}; P(c.v);",
                f"{call};",
                f"r = {call}; P(r);",
                f"if ({chance.choice(['!', ''])}{call}) P(3); else P(4);",
                f"P({self.calculation(2)});",
                f"r = both({self.calculation(1)}, {base}, {self.calculation(1)}); P(r);",
                f"if ({self.condition()}) return both(self.v, {self.calculation(2)}, {self.calculation(0)});",
            ]
        )

    def function(self, name: str) -> str:
        """A function of such statements."""
        body = "\n        ".join(self.statement() for _ in range(5))
        return f"""static {name} = function(a, b, l, n) {{
        var i = n == 3 ? 0 : 1, r = 2.5, c = a, rows = [[a, b]], x = array_length(l) > 2 ? l[2] : "x", g = b, fuel = 4;
        {body}
        return r;
    }}"""


def program(number: int) -> str:
    """A program that calls functions with arguments of all types, and prints what they do and how they fail."""
    writer = Writer(number)
    functions = "\n    ".join(writer.function(f"f{at}") for at in range(6))
    calls = []
    for at in range(60):
        given = ", ".join(writer.random.choice(["s", "t", "u", writer.random.choice(VALUES)]) for _ in range(2))
        inside = ", ".join(writer.random.choice(["s", "t", writer.random.choice(VALUES)]) for _ in range(3))
        owner, last = writer.random.choice("stu"), writer.random.choice(VALUES)
        calls.append(
            f"refresh(); try {{ P({owner}.f{at % 6}({given}, [{inside}], {last})); }}"
            " catch (e) { P(is_struct(e) ? e.message + string(e.stacktrace) : string(e)); }"
        )
    return f"""
function show(v) {{ return is_ptr(v) ? "ptr" : is_handle(v) ? "ref" : typeof(v) + ":" + string(v); }}
function P(v) {{ array_push(global.printed, show(v)); }}
function both(u, v, w) {{ P(u); P(w); return u; }}
function Made(_v, _w, _next) constructor {{
    v = _v; w = _w; next = _next; q = {{ v : _w }};
    static toString = function() {{ return "made"; }}
    static met = function(by, whom) {{ P(by); if (by > 3) return whom.v; return by; }}
    {functions}
}}
function refresh() {{
    s = new Made(1.5, 2, undefined); t = new Made(int64(3), "w", s); u = new Made(-2, undefined, t);
}}
global.printed = []; s = 0; t = 0; u = 0;
var numbers = buffer_create(4, buffer_fixed, 1); buffer_poke(numbers, 0, buffer_s32, -7);
var int32 = buffer_peek(numbers, 0, buffer_s32), ds = ds_list_create(), one = self;
refresh();
{chr(10).join(calls)}
global.printed;"""


@pytest.mark.parametrize("number", range(COUNT))
def test_a_statement_that_is_tried_does_the_same(number: int) -> None:
    code = program(number)
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [(a, b) for a, b in zip(inline, plain, strict=True) if a != b] == []
    assert len(set(plain)) > 20


@pytest.mark.parametrize("operator", ["+", "-", "*", "/", "mod", *COMPARISONS])
def test_an_operator_that_is_tried_does_the_same_for_all_types(operator: str) -> None:
    code = f"""
    function show(v) {{ return is_ptr(v) ? string(v) : typeof(v) + ":" + string(v); }}
    function P(v) {{ array_push(global.made, show(v)); }}
    global.made = []; var values = [{", ".join(OF_ALL_TYPES)}, "5", "word", {{}}];
    for (var i = 0; i < array_length(values); i++) for (var j = 0; j < array_length(values); j++) {{
        var s = {{ left : values[i], right : values[j] }};
        try {{ var d = s.left {operator} s.right; P(d); }} catch (e) {{ P(e.message); }}
        try {{ var d = s.left {operator} 2; P(d); }} catch (e) {{ P(e.message); }}
        try {{ var d = 2.5 {operator} s.right; P(d); }} catch (e) {{ P(e.message); }}
        try {{ if (s.left {operator} s.right) P(1); }} catch (e) {{ P(e.message); }}
    }}
    global.made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [pair for pair in zip(inline, plain, strict=True) if pair[0] != pair[1]] == []


SHOWN = """
function show(v) { return typeof(v) + ":" + string(v); }
function P(v) { array_push(global.made, show(v)); }
global.made = [];
"""
ODD_PAIRS = ["int64(3), 2", "9007199254740993, int64(1)", "true, 1", '"12", 1', '"ab", 1', "2.5, false", "[1], false"]
ODD_PAIRS += ["undefined, 1", "NaN, infinity", "-0.0, int64(7)", "2, 3", '2, "3"', "show, 2.5", "ds_list_create(), 2"]
LARGE = ["a.v + 16777216000", "16777216000 - a.v", "-9007199254740992 - a.v + a.w", "a.v * c_white", "noone - a.v"]
LARGE += ["9007199254740992 < a.v", "a.v > 9007199254740992", "9007199254740992 == a.v", "a.v - 1 <= 9007199254740992"]
FOLDED = [
    "5 mod 3 + a.v",
    "a.v * (5 div 3)",
    "0.5 * 2 + a.v",
    "-(2 + 3) + a.v - a.w",
    "0.5 * 0.25 + a.v",
    "4 / 2 + a.v",
]
COUNTED = ["i mod 3 - a.v", "a.v + i div 2", "max(i, 1) - a.v", "max(i, k) * a.v", "abs(i) + a.v", "floor(i) * a.v"]
COUNTED += [
    "clamp(i, 0, 1) + a.v",
    "min(i, a.w) + a.v",
    "i mod 2 < a.v",
    "a.v < max(i, big)",
    "-i * a.v",
    "i / k - a.v",
]


@pytest.mark.parametrize("calculation", LARGE + FOLDED + COUNTED)
def test_a_number_that_is_an_int64_beside_another_is_one_where_tests_are_left_out(calculation: str) -> None:
    code = f"""{SHOWN}
    function work(a, big) {{
        for (var i = 0; i < 3; i++) for (var k = 1; k < 3; k++) {{
            try {{ var d = {calculation}; P(d); }} catch (e) {{ P(e.message); }}
            try {{ if ({calculation}) P(1); }} catch (e) {{ P(e.message); }}
        }}
    }}
    function stored(a, big) {{
        for (var i = 0; i < 3; i++) for (var k = 1; k < 3; k++) {{
            var d = {calculation}; d = d * d - d; P(d); P(d * d * d);
        }}
    }}
    function both(v, w) {{
        work({{ v : v, w : w }}, 9007199254740992.0);
        try {{ stored({{ v : v, w : w }}, 9007199254740992.0); }} catch (e) {{ P(e.message); }}
    }}
    {" ".join(f"both({pair});" for pair in ODD_PAIRS)}
    global.made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [pair for pair in zip(inline, plain, strict=True) if pair[0] != pair[1]] == []


def test_locals_that_a_statement_has_stored_are_not_stored_again() -> None:
    code = f"""{SHOWN}
    function one(a) {{ var a = a.next, b = a.v - a.w * 2.5; P(a.name); P(b); }}
    function two(n, o) {{ var n = n + 1.5, b = n - o.v; P(n); P(b); }}
    function three(n, o) {{ var m = n * 2.5, n = m + 1.5, b = n - o.v; P(n); P(b); }}
    var last = {{ name : "c", v : 1, w : 2 }}, middle = {{ name : "b", v : 3, w : "7", next : last }};
    one({{ next : middle }}); two(1, {{ v : "3" }}); three(1, {{ v : "3" }});
    global.made;"""
    assert printed(code, optimise=True) == printed(code, optimise=False)
    assert printed(code, optimise=True)[0] == "string:b"


@pytest.mark.parametrize(
    "factors", ['"ab", int64(100000000000000)', '9223372036854775807, "ab"', "[1, 2], int64(1) << 50"]
)
def test_factors_are_tested_before_python_repeats_a_string_or_an_array(factors: str) -> None:
    code = f"""{SHOWN}
    function work(a) {{ var d = a.v * a.w; d = d * d - d; return d * d + d; }}
    function both(v, w) {{ try {{ work({{ v : v, w : w }}); }} catch (e) {{ P(e.message); }} }}
    both({factors});
    global.made;"""
    assert printed(code, optimise=True) == printed(code, optimise=False)


def test_a_cell_outside_its_grid_is_told_of_once() -> None:
    code = """
    function work(g, o) { return g[# 9, 9] == undefined && o.v - 1 == "a"; }
    function stored(g, o) { var d = ds_grid_get(g, 9, 9), e = o.v - 2.5; return d == undefined && e > 1; }
    var g = ds_grid_create(2, 2);
    try { work(g, { v : "5" }); } catch (e) { }
    try { stored(g, { v : "5" }); } catch (e) { }"""
    lines: list[str] = []
    evaluate(code, Runtime(Settings(), log=lines.append))
    assert len(lines) == 2


def values_classes() -> Iterator[type]:
    """The classes of values, structs aside."""
    for module in pkgutil.walk_packages(gmlrun.__path__, "gmlrun."):
        if not module.name.endswith(("__main__", "pytest_plugin")):
            importlib.import_module(module.name)
    pending: list[type] = [Handle]
    yield from (BuiltinFunction, ScriptIndex, Pointer, FunctionType)
    while pending:
        yield (cls := pending.pop())
        pending += cls.__subclasses__()


def stored_in(cls: type) -> set[str]:
    """The attributes that the methods of a class store to."""
    text = inspect.getsource(cls) if cls.__module__.startswith("gmlrun") else ""
    found = ast.walk(ast.parse(inspect.cleandoc("if 1:\n" + text) if text[:1].isspace() else text))
    return {
        node.attr
        for node in found
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "made")
    }


def test_the_attributes_of_all_values_are_known() -> None:
    names = {name for cls in values_classes() for name in {*dir(cls), *stored_in(cls)}}
    assert {name for name in names if not name.startswith("__")} - TAKEN == set()


def test_a_variable_that_only_structs_have_is_read_without_a_test() -> None:
    assert "e.hp <= 1e-05" in python_of("e = 1; repeat (2) { var e = self.e; if (e.hp <= 0) break; e = e.next; }")
