"""`==` and `!=` between values of all types: inline forms and helper agree, whatever is known of the operands."""

from __future__ import annotations

from tests.compiler.both_forms import VALUES, printed

OTHERS = [
    "self",
    "global",
    "global.list",
    "global.map",
    "buffer_peek(global.bytes, 0, buffer_s32)",
    "buffer_peek(global.bytes, 4, buffer_s32)",
    "pointer_null",
    "function() {}",
    "make_other",
    "obj_thing",
    "SIGN.PLUS",
    "2.000001",
    "1.999",
    '"2"',
    "int64(2)",
    "floor",
]
SETTING = """
enum SIGN { MINUS, PLUS, TWO }
object obj_thing { event create { } }
function make_other() { return 1; }
global.list = ds_list_create(); global.map = ds_map_create();
global.bytes = buffer_create(8, buffer_fixed, 1);
buffer_poke(global.bytes, 0, buffer_s32, -1); buffer_poke(global.bytes, 4, buffer_s32, 2);
"""
LITERALS = ["2", "1", "0", "-1", "0.5", "SIGN.TWO", "SIGN.MINUS", '"2"', '"abc"', "undefined", "true", "int64(2)"]


def agree(code: str) -> list[str]:
    """What the code leaves, which both forms agree about."""
    inline, plain = printed(code, optimise=True), printed(code, optimise=False)
    assert [pair for pair in enumerate(zip(inline, plain, strict=True)) if pair[1][0] != pair[1][1]] == []
    return plain


def test_any_two_values() -> None:
    code = f"""{SETTING}
    var all_values = [{", ".join([*VALUES, *OTHERS])}], made = [], n = array_length(all_values);
    for (var i = 0; i < n; i++) {{
        for (var j = 0; j < n; j++) {{
            var a = all_values[i], b = all_values[j], s = {{ a: a, b: b }};
            array_push(made, a == b, a != b, s.a == s.b, a == s.b, s.a != b, all_values[i] == all_values[j]);
        }}
    }}
    made;"""
    assert len(set(agree(code))) == 2


def test_any_value_and_a_literal() -> None:
    tests = ", ".join(f"v == {text}, {text} != v, s.v == {text}, {text} == s.v" for text in LITERALS)
    code = f"""{SETTING}
    var all_values = [{", ".join([*VALUES, *OTHERS])}], made = [];
    for (var i = 0; i < array_length(all_values); i++) {{
        var v = all_values[i], s = {{ v: v }};
        array_push(made, {tests});
    }}
    made;"""
    assert len(set(agree(code))) == 2


def test_an_operand_that_acts_is_evaluated_once() -> None:
    code = """
    global.count = 0;
    function counted(v) { global.count++; return v; }
    var made = [], values = [1, "a", int64(3), undefined, [1], true];
    for (var i = 0; i < array_length(values); i++) {
        for (var j = 0; j < array_length(values); j++) {
            array_push(made, counted(values[i]) == counted(values[j]), counted(values[i]) != counted(int64(3)));
        }
    }
    array_push(made, global.count);
    made;"""
    assert agree(code)[-1] == "144.0"
