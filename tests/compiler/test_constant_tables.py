"""Arrays that code only reads: which are known as tables, and that both forms do the same with them."""

from __future__ import annotations

import pytest

from gmlrun.compiler.kinds import ANY, ARRAY, REAL
from tests.compiler.both_forms import printed
from tests.compiler.lowered import analysed, python_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("var t = [1, 2.5, -3]; x = t[i];", (REAL,)),
        ("var t = [[1, 0], [-1, 0]]; x = t[i][0] + t[0, 1]; n = array_length(t);", (ARRAY, REAL)),
        ("var t = [[1, 0], [-1, 0]]; x = t[i]; y = t[i][0];", (ARRAY, ANY)),
        ("var t = [[1, 0], [-1, 0]]; f(t[i]);", (ARRAY, ANY)),
        ("var t = [1, 2]; x = t;", None),
        ("var t = [1, 2]; f(t);", None),
        ("var t = [1, 2]; array_push(t, 1);", None),
        ("var t = [1, 2]; t[0] = 3;", None),
        ("var t = [1, 2]; t[0]++;", None),
        ("var t = [[1]]; t[0][0] = 3;", None),
        ("var t = [1, 2]; t = [3];", None),
        ("var t = [1, 2]; x = [t];", None),
        ("var t = [1, 2]; return t;", None),
        ("var t = [1, 2]; with (t) {}", None),
        ("var t = [1, 2]; x = t[0][1];", None),
        ("var t = [1, a]; x = t[0];", None),
        ("var t = [1, int64(2)]; x = t[0];", None),
        ('var t = [1, "a"]; x = t[0];', None),
        ("var t = [1, , 2]; x = t[0];", None),
        ("var t = []; x = t[0];", None),
        ("var t; x = t[0];", None),
        ("t = [1]; x = t[0];", None),
        ("var t = [0x10, 5]; x = t[0]; delete t;", None),
    ],
)
def test_which_arrays_are_tables(text: str, kinds: tuple[str, ...] | None) -> None:
    assert analysed(text).main.tables.get("t") == kinds


def test_what_is_calculated_with_a_table_needs_no_test() -> None:
    assert "gml_type" not in python_of("var t = [[1, 0], [0, 1]], i = 1; repeat (3) { var x = t[i][0] - 0.5; }")


def test_both_forms_do_the_same() -> None:
    code = """
    var made = [], steps = [[1, 0], [-1, 0.5], [0, 2]], costs = [1, 2.5, -3], rows = [[1], [2]];
    var a = [int64(4), "x", 2, true];
    function held(v) { v[0] = "changed"; return v; }
    for (var i = 0; i < array_length(steps); i++) {
        for (var j = 0; j < array_length(a); j++) {
            try {
                var x = a[j] + steps[i][0], y = costs[i] * steps[i][1] - costs[j];
                array_push(made, typeof(x), x, typeof(y), y, x < y, x == costs[i]);
            } catch (e) { array_push(made, e.message); }
        }
        try { array_push(made, steps[i][5]); } catch (e) { array_push(made, e.message); }
        try { array_push(made, costs[i - 1]); } catch (e) { array_push(made, e.message); }
    }
    held(rows[0]);
    array_push(made, rows[0][0], typeof(rows[0][0]), rows[1][0] + 1);
    made;"""
    assert printed(code, optimise=True) == printed(code, optimise=False)
