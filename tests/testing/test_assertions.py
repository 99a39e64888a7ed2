"""Assertions compare what values consist of, and show what differs and where."""

from __future__ import annotations

import pytest

from tests.testing.conftest import Try

SETUP = """
function filled(_kind, _last) {
    switch (_kind) {
        case "array": return [1, [2, _last]];
        case "struct": return { a: 1, b: { c: _last } };
        case "map": var _map = ds_map_create(); _map[? "a"] = _last; return _map;
        case "list": var _list = ds_list_create(); ds_list_add(_list, 1, _last); return _list;
        case "grid": var _grid = ds_grid_create(2, 2); _grid[# 1, 0] = _last; return _grid;
        case "buffer":
            var _buffer = buffer_create(3, buffer_fixed, 1);
            buffer_poke(_buffer, 1, buffer_u8, _last);
            return _buffer;
    }
}
"""
KINDS = {
    "array": "[1][1]: expected 9, got 3",
    "struct": ".b.c: expected 9, got 3",
    "map": '[? "a"]: expected 9, got 3',
    "list": "[1]: expected 9, got 3",
    "grid": "[1][0]: expected 9, got 3",
    "buffer": "(byte 1): expected 00 [09] 00 (3 bytes), got 00 [03] 00 (3 bytes)",
}


@pytest.mark.parametrize("kind", KINDS)
def test_contents_are_compared(attempt: Try, kind: str) -> None:
    results = attempt(
        SETUP
        + f"""
        function test_same() {{ assert_equals(filled("{kind}", 3), filled("{kind}", 3)); }}
        function test_other() {{ assert_equals(filled("{kind}", 3), filled("{kind}", 9)); }}
        function test_not() {{ assert_not_equals(filled("{kind}", 3), filled("{kind}", 9)); }}
        function test_not_same() {{ assert_not_equals(filled("{kind}", 3), filled("{kind}", 3)); }}
        """
    )
    assert [result.status for result in results.values()] == ["passed", "failed", "passed", "failed"]
    message = results["test_other"].message.splitlines()
    assert [message[0], message[1].strip()] == ["the values differ:", KINDS[kind]]


WORDS = [
    ("1, 2", "expected 2, got 1"),
    ("undefined, 0", "expected 0, got undefined"),
    ("1.0001, 1.0002", "expected 1.00019999999999998, got 1.00009999999999999"),
    ('"ab", "ac"', 'expected "ac", got "ab"'),
    ("{ a: 1 }, { b: 1 }", "the values differ:\n    .a: expected nothing, got 1\n    .b: expected 1, got nothing"),
    ("[1, 2], [1]", "the values differ:\n     (length): expected 1, got 2"),
    ("[1], { a: 1 }", "expected { a : 1 }, got [ 1 ]"),
    ('1, 2, "why"', "why: expected 2, got 1"),
]


@pytest.mark.parametrize(("arguments", "message"), WORDS)
def test_the_words_of_a_failure(attempt: Try, arguments: str, message: str) -> None:
    assert attempt(f"function test_it() {{ assert_equals({arguments}); }}")["test_it"].message == message


def test_the_first_difference_of_long_strings_is_marked(attempt: Try) -> None:
    code = 'function test_it() { assert_equals("a long text that is here", "a long text that was here"); }'
    lines = attempt(code)["test_it"].message.splitlines()
    assert lines[0] == "strings differ at character 18:"
    at = lines[3].index("^")
    assert (lines[1][at], lines[2][at]) == ("w", "i")


def test_what_holds_itself_can_be_compared(attempt: Try) -> None:
    code = "var s = { n: N }; s.me = s; return s;"
    text = f"function one() {{ {code.replace('N', '1')} }}\nfunction two() {{ {code.replace('N', '2')} }}\n"
    text += (
        "function test_same() { assert_equals(one(), one()); }\nfunction test_other() { assert_equals(one(), two()); }"
    )
    results = attempt(text)
    assert [result.status for result in results.values()] == ["passed", "failed"]


def test_the_callers_line_is_shown(attempt: Try) -> None:
    result = attempt("function helper() {\n    assert_true(false);\n}\nfunction test_it() {\n    helper();\n}")[
        "test_it"
    ]
    assert result.place is not None
    assert (result.place.line, [frame.line for frame in result.stack]) == (2, [2, 5])
