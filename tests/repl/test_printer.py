"""How values and errors are written for people."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.diagnostics import Diagnostic, Place, Report, StackFrame
from gmlrun.repl.printer import diagnostic_shown, plain, report_shown, shown, table
from gmlrun.values.model import Struct


def struct(**variables: Any) -> Struct:
    made = Struct()
    vars(made).update(variables)
    return made


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.5, "0.50"),
        (True, "1"),
        (None, "undefined"),
        ("it", '"it"'),
        ([], "[  ]"),
        ([1.0, "a", [2.0]], '[ 1,"a",[ 2 ] ]'),
        (struct(a=1.0, b=struct(c="x")), '{ a : 1, b : { c : "x" } }'),
    ],
)
def test_what_fits_is_written_as_string_writes_it(value: Any, text: str) -> None:
    assert plain(shown(value, 40)) == text


def test_what_is_long_has_a_line_for_each_element() -> None:
    value = struct(name="server", clients=[1.0, 2.0, 3.0], more=struct(text="x" * 20, empty=[]))
    assert plain(shown(value, 30)) == (
        '{\n    name : "server",\n    clients : [ 1,2,3 ],\n    more : {\n'
        f'        text : "{"x" * 20}",\n        empty : [  ]\n    }}\n}}'
    )


def test_what_is_huge_is_cut_and_what_holds_itself_ends() -> None:
    text = plain(shown([float(n) for n in range(1000)], 40))
    assert text.count("\n") == 22
    assert "… 980 more" in text
    ring: list[Any] = [1.0]
    ring.append(ring)
    assert plain(shown(ring, 40)) == "[ 1,<recursive array> ]"
    own = struct(a="x" * 50)
    own.me = own  # type: ignore[attr-defined]
    assert "me : <recursive struct>" in plain(shown(own, 40))


def test_values_have_styles() -> None:
    assert ("number", "1") in shown([1.0], 40)
    assert ("name", "a") in shown(struct(a="s"), 40)
    assert ("string", '"s"') in shown(struct(a="s"), 40)
    assert shown(None, 40) == [("constant", "undefined")]


def test_errors_show_the_line_and_where_it_stands_unless_it_was_just_typed() -> None:
    typed = Diagnostic("error", "syntax", "expected )", Place("<3>", 1, 3, "f(1;", 1), "a hint")
    assert plain(diagnostic_shown(typed)) == "error: expected )\n    f(1;\n      ^\n    a hint\n"
    filed = typed._replace(place=typed.place._replace(file="a.gml", line=7), hint="")
    assert plain(diagnostic_shown(filed)) == "error: expected )\n    a.gml:7:3\n    f(1;\n      ^\n"


def test_an_error_of_an_event_says_so_and_who_called() -> None:
    stack = [StackFrame("gml_Script_f", "a.gml", 2), StackFrame("gml_Object_o_Step_0", "b.gml", 9)]
    text = plain(report_shown(Report("it broke", "Step Event0 for object o", None, stack)))
    assert text == (
        "error: it broke\n    in Step Event0 for object o\n    called from gml_Object_o_Step_0 (line 9 of b.gml)\n"
    )


def test_a_table_has_its_numbers_at_the_right() -> None:
    text = plain(table(("id", "name"), [(1, "a"), (20, "bcdef")]))
    assert text == "id  name\n 1  a\n20  bcdef\n"
