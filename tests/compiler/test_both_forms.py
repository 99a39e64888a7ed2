"""Code with inline forms does what code without them does: random programs, and each inline builtin over all types."""

from __future__ import annotations

import os
import random

import pytest

from gmlrun.compiler.forms import FORMS
from tests.compiler.both_forms import VALUES, printed, random_program

COUNT = int(os.environ.get("FUZZ_PROGRAMS", "40"))
"""How many random programs; more of them with `FUZZ_PROGRAMS=10000`."""
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))


@pytest.mark.parametrize("number", range(FIRST, FIRST + COUNT))
def test_a_random_program_prints_the_same_in_both_forms(number: int) -> None:
    code = random_program(number)
    assert printed(code, optimise=True) == printed(code, optimise=False), code


STRUCTURES = ["l", "m", "g", "q", "k", "p", "b", "dead", "0"]
WHOLE = [
    "i",
    "0",
    "1",
    "2",
    "3",
    "-1",
    "2.5",
    "-0.5",
    "1000000000000",
    "undefined",
    '"1"',
    "true",
    "int64(1)",
    "NaN",
    "i + 1",
]
LETTERS = (
    dict.fromkeys("mlgqkpbMLGQK", STRUCTURES)
    | {"t": ["s", "{ abc: 1 }", "undefined", "5", "m", "array"], "i": WHOLE, "j": WHOLE}
    | dict.fromkeys("vsray", VALUES)
)
SETTING = """
function fresh() {
    global.l = ds_list_create(); ds_list_add(global.l, 1, "b", 3);
    global.m = ds_map_create(); global.m[? "abc"] = 5; global.m[? 1] = "one";
    global.g = ds_grid_create(3, 2);
    global.q = ds_queue_create(); ds_queue_enqueue(global.q, 1, 2);
    global.k = ds_stack_create(); ds_stack_push(global.k, 1, 2);
    global.p = ds_priority_create(); ds_priority_add(global.p, "a", 1);
    global.b = buffer_create(16, buffer_grow, 1); buffer_write(global.b, buffer_u32, 77);
    buffer_seek(global.b, buffer_seek_start, 0);
    global.dead = ds_list_create(); ds_list_destroy(global.dead);
    global.s = { abc : 1 };
}
function state() {
    return string(ds_list_write(global.l)) + ds_grid_write(global.g) + ds_queue_write(global.q)
        + ds_stack_write(global.k) + ds_map_write(global.m) + string(global.s)
        + string(buffer_tell(global.b)) + buffer_sha1(global.b, 0, 16);
}
function show(v) {
    var zero = is_real(v) && v == 0 ? string(1 / v) : "";
    return is_handle(v) ? "ref" : typeof(v) + ":" + string(v) + zero;
}
fresh(); var made = [], array = [1, "x"];
"""


def argument(chance: random.Random, letter: str) -> str:
    """An argument, mostly of the type that the form is for."""
    pool = LETTERS[letter]
    if letter in "mlgqkpbMLGQK" and chance.random() < 0.7:
        return letter.lower()
    if letter == "t" and chance.random() < 0.6:
        return "s"
    if letter == "a" and chance.random() < 0.6:
        return "array"
    if letter in "r" and chance.random() < 0.6:
        return chance.choice(["0.5", "-2.5", "7", "x", "i", "x * i", "-0.0", "-x"])
    return chance.choice(pool)


def uses(name: str, parameters: str) -> list[str]:
    """Statements that use a builtin with arguments of known and of unknown types."""
    chance = random.Random(name)
    made = []
    for _ in range(15):
        given = [argument(chance, letter) for letter in parameters]
        unknown = [g if g in ("i", "x", "array") or "i" in g or "x" in g else f"any({g})" for g in given]
        for arguments in (given, unknown):
            call = f"{name}({', '.join(arguments)})"
            made.append(f'try {{ array_push(made, show({call})); }} catch (e) {{ array_push(made, "an error"); }}')
        held = f"held_{len(made)}"  # a local that knows what the builtin gives
        made.append(f"try {{ var {held} = {call}; array_push(made, show({held})); }} catch (e) {{ }}")
        made.append('array_push(made, show(array)); array_push(made, state()); array = [1, "x"];')
    return made


@pytest.mark.parametrize("name", FORMS)
def test_an_inline_builtin_does_what_the_builtin_does(name: str) -> None:
    body = "\n    ".join(uses(name, FORMS[name].parameters))
    code = f"""function any(v) {{ return v; }} {SETTING}
    var x = 1.5, l = global.l, m = global.m, g = global.g, q = global.q, k = global.k, p = global.p, b = global.b;
    var dead = global.dead, s = global.s;
    for (var i = 0; i < 3; i++) {{
    {body}
    }}
    made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    differences = [pair for pair in zip(inline, plain, strict=True) if pair[0] != pair[1]]
    assert differences == []
    assert len(set(plain)) > 2


def test_pushing_several_values_does_what_the_builtin_does() -> None:
    code = """var made = [], a = [1];
    function pushed(list, v) { global.order = []; array_push(list, noted(v), noted(v + 1), noted(list)); return list; }
    function noted(v) { array_push(global.order, v, v); return v; }
    array_push(a, 2, 3); array_push(made, string(a), string(pushed([0], 5)[2]), array_length(global.order));
    for (var i = 0; i < array_length(a) && i < 9; i++) array_push(a, i, i, i);
    try { pushed("x", 1); } catch (e) { array_push(made, e.message); }
    array_push(made, string(a), string(array_push(a, 1, 2)));
    made;"""
    assert printed(code, optimise=True) == printed(code, optimise=False)


LEAVES = [
    "i",
    "big",
    "least",
    "small",
    "r",
    "s.n",
    "s.r",
    "a[0]",
    "a[1]",
    "text",
    "flag",
    "7",
    "255",
    "0xFFFFFFFF",
    "-3",
]
BIT_OPERATORS = ["&", "|", "^", "+", "-", "*", "<<", ">>", "%", "div"]


def bit_calculation(chance: random.Random, depth: int) -> str:
    """A calculation with bits, over operands of all types."""
    if not depth or chance.random() < 0.15:
        return chance.choice(LEAVES)
    if chance.random() < 0.1:
        return f"~({bit_calculation(chance, depth - 1)})"
    operator = chance.choice(BIT_OPERATORS)
    right = (
        chance.choice(["1", "5", "13", "63", "64"]) if operator in ("<<", ">>") else bit_calculation(chance, depth - 1)
    )
    return f"({bit_calculation(chance, depth - 1)} {operator} {right})"


@pytest.mark.parametrize("number", range(20))
def test_a_calculation_with_bits_does_the_same(number: int) -> None:
    chance = random.Random(number)
    tries = "\n".join(
        f"try {{ array_push(made, show({bit_calculation(chance, 1 + at % 4)} {chance.choice('&|^')} small)); }}"
        f' catch (e) {{ array_push(made, "an error"); }}'
        for at in range(40)
    )
    code = f"""{SETTING} function any(v) {{ return v; }}
    function calculate(made, big, least, small, text, flag, s, a) {{
        var r = 2.5; r += 0.25;
        for (var i = 3; i < 5; i++) {{
        {tries}
        }}
    }}
    calculate(made, 9223372036854775807, int64(-4611686018427387904) * 2, int64(5), "12", true,
        {{ n : int64(77), r : 1.75 }}, [int64(-9), 3]);
    calculate(made, 1.5, int64(1) << 62, 2, "x", 3, {{ n : 5, r : int64(2) }}, [true, int64(1) << 40]);
    made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [pair for pair in zip(inline, plain, strict=True) if pair[0] != pair[1]] == []
    assert len(set(plain)) > 20


MEMBERS = ["x", "y", "v", "n"]


def member_calculation(chance: random.Random, depth: int) -> str:
    """A calculation with variables of self."""
    if not depth or chance.random() < 0.2:
        return chance.choice([*MEMBERS, *MEMBERS, "self.x", "o.y", "2", "0.5", "t", '"a"'])
    operator = chance.choice(["+", "-", "*", "/", "-", "*", "%"])
    if chance.random() < 0.2:
        return f"abs({member_calculation(chance, depth - 1)})"
    return f"({member_calculation(chance, depth - 1)} {operator} {member_calculation(chance, depth - 1)})"


def member_statement(chance: random.Random, depth: int) -> str:
    """A statement that reads variables of self, and stores to them."""
    name, value = chance.choice(MEMBERS), member_calculation(chance, 2)
    inner = member_statement(chance, depth - 1) if depth else f"{name}--;"
    test = f"{member_calculation(chance, 1)} {chance.choice(['<', '>=', '=='])} {chance.choice(['3', name])}"
    return chance.choice(
        [
            f"{name} = {value};",
            f"{name} {chance.choice(['+=', '-=', '*=', '/='])} {value};",
            f"{name}{chance.choice(['++', '--'])};",
            f"if ({test}) {{ {inner} }} else {{ {name} -= 1; }}",
            f"repeat (2) {{ {inner} }}",
            f"for (var k = 0; k < 3; k++) {{ {inner} if (k == 1) continue; {name} -= k; }}",
            f"switch (floor({name})) {{ case 1: {inner} break; case 2: case 3: {name} *= 2; default: {inner} }}",
            f"t = {value};",
            f"o.{name} = {value};",
            f"self.{name} -= {value};",
            f"t = {name}++ + 1;",
            f"list[0] = {value}; {name} -= list[0];",
            f"if ({test}) return {value};",
            f"with (o) {{ {name} = {value}; {name} -= 1; y = {value} * x; }}",
        ]
    )


@pytest.mark.parametrize("number", range(15))
def test_code_that_calculates_with_variables_of_self_does_the_same(number: int) -> None:
    chance = random.Random(number)
    bodies = ["\n        ".join(member_statement(chance, 2) for _ in range(6)) for _ in range(12)]
    methods = "\n".join(f"static f{at} = function(o, t) {{\n        {body} }}" for at, body in enumerate(bodies))
    calls = "\n".join(
        f"try {{ array_push(made, show(s.f{at}({chance.choice(['s', 'other_one'])}, values[i]))); }}"
        f' catch (e) {{ array_push(made, "an error"); }} array_push(made, show(s));'
        for at in range(len(bodies))
    )
    code = f"""{SETTING}
    function Made(_x, _y) constructor {{ x = _x; y = _y; v = 1.5; list = [1]; {methods} }}
    var values = [2.5, int64(3), "7", "x", true, undefined, 1000000, -0.25];
    for (var i = 0; i < array_length(values); i++) {{
        var s = new Made(values[i], 4), other_one = new Made(1, values[7 - i]);
        if (i != 3) {{ s.n = 2; other_one.n = values[i]; }}
        {calls}
    }}
    made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [pair for pair in zip(inline, plain, strict=True) if pair[0] != pair[1]] == []
    assert len(set(plain)) > 20


KNOWN = [
    "r",
    "i",
    "(i - 5)",
    "(r > 1)",
    "(~7)",
    "(big | 0)",
    '"ab"',
    '"5"',
    "a",
    "undefined",
    "2",
    "2.5",
    "16777216000",
    "-3",
]
UNKNOWN = ["any(2.5)", "any(true)", 'any("ab")', 'any("3")', "any(int64(9))", "any(undefined)", "any(a)", "any(self)"]
OPERATORS = ["+", "-", "*", "/", "%", "div", "&", "|", "^", "<<", ">>", "==", "!=", "<", "<=", ">", ">=", "&&", "^^"]


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_does_the_same_for_operands_of_known_types(operator: str) -> None:
    operands = [*KNOWN, *UNKNOWN]
    pairs = [(left, right) for left in operands for right in operands]
    tries = "\n".join(
        f'try {{ array_push(made, show({left} {operator} {right})); }} catch (e) {{ array_push(made, "an error"); }}'
        for left, right in pairs
    )
    code = f"""{SETTING} function any(v) {{ return v; }}
    var r = 0.5, a = [1], big = 9223372036854775807; r += 1.25;
    for (var i = 3; i < 4; i++) {{
    {tries}
    }}
    made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [(p, a, b) for p, a, b in zip(pairs, inline, plain, strict=True) if a != b] == []


PARTS = ["t.a", "t.b", "u.a", "l[0]", "l[1]", "l[i]", "x", "y", "g", "i", "2", "0.5", "-1", "t.s", "t.n", "q.a", "l[9]"]
WRAPS = ["abs({})", "floor({})", "-({})", "({})", "max({}, 2)", "min({}, x)", "sqr({})", "point_distance({}, 0, x, 1)"]


def calculation(chance: random.Random, depth: int) -> str:
    """A calculation with variables, members and elements of any type."""
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(PARTS)
    inner = f"{calculation(chance, depth - 1)} {chance.choice('+-*/%')} {calculation(chance, depth - 1)}"
    return chance.choice(WRAPS).format(inner) if chance.random() < 0.4 else f"({inner})"


@pytest.mark.parametrize("number", range(20))
def test_a_calculation_does_the_same_for_operands_of_any_types(number: int) -> None:
    chance = random.Random(number)
    lines = []
    for _ in range(8):
        left, right = calculation(chance, 3), calculation(chance, 2)
        code = chance.choice([left, f"{left} {chance.choice(['<', '<=', '>', '>=', '==', '!='])} {right}"])
        store = chance.choice(["", f"t.a += {right};", f"g *= {right};", f"x = {right};", f"self.m = {left};"])
        lines.append(
            f"try {{ {store} array_push(made, show({code})); }}"
            " catch (e) { array_push(made, is_struct(e) ? string_copy(e.message, 1, 300) : string(e)); }"
        )
    body = "\n".join(lines)
    code = f"""{SETTING} function any(v) {{ return v; }}
    g = 3.5; m = 1;
    var t = {{ a: 2.5, b: -4, s: "7", n: undefined }}, u = {{ a: int64(9) }}, q = {{ a: true }};
    var l = [1.5, "w", int64(3)];
    var x = any(2), y = any(-0.0);
    for (var i = 0; i < 3; i++) {{
    {body}
    t.b += 1; l[0] *= 2; if (i == 1) {{ y = any(int64(5)); u.a = infinity; }}
    }}
    made;"""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [(a, b) for a, b in zip(inline, plain, strict=True) if a != b] == [], code
