"""Steps at the beginning of a statement's expression: they step once, before all else, and are worth what they were."""

from __future__ import annotations

import itertools
import random

import pytest

from gmlrun.compiler.leading_steps import evaluated_first, leading_step
from gmlrun.source import Source
from gmlrun.syntax import nodes
from gmlrun.syntax.parser import parse
from tests.compiler.both_forms import printed
from tests.compiler.lowered import python_of

PLACES = [
    "x",
    "n",
    "h",
    "u",
    "hp",
    "self.hp",
    "s.v",
    "a[1]",
    "a[i]",
    "g[0][1]",
    'm[? "k"]',
    "l[| 0]",
    's[$ "v"]',
    "o.p.q",
]
STEPS = ["{}++", "{}--", "++{}", "--{}"]
EXPRESSIONS = [
    "{}",
    "{} > 2",
    "2 <= {}",
    "{} + {place} * 2",
    "-({}) - 1",
    "{} > 0 && {place} < 9",
    "({} == 3) ? {place} : 7",
]
EXPRESSIONS += ["!({})", "{} + i * 3 - {place}", "({} & 6) == 2", "{} ?? 4", "({} + {place}) div 2"]
STATEMENTS = [
    "if ({}) P(1); else P(2);",
    "if (i == 9) P(0); else if ({}) P(1);",
    "var made = {}; P(made);",
    "var first = 1, made = {}, last = {place}; P(made); P(last);",
    "s.w = {}; P(s.w);",
    "a[2] = {}; P(a);",
    "while ({}) {{ if (fuel-- < 0) break; P(i); }}",
    "for (; {}; i++) {{ if (fuel-- < 0) break; if (i == 2) continue; P(i); }}",
    "do {{ if (fuel-- < 0) break; if (i++ == 2) continue; P(i); }} until ({});",
    "return {};",
]
SETTING = """
function P(v) { array_push(global.printed, typeof(v) + ":" + string(v)); }
function Thing(_hp) constructor {
    hp = _hp;
    static act = function(x, u) {
        var n = 3, h = int64(4), i = 1, fuel = 6, s = { v: x, w: 0 }, a = [1, x, 3], g = [[1, x]], o = { p: { q: x } };
        var m = ds_map_create(), l = ds_list_create();
        m[? "k"] = x; ds_list_add(l, x);
        BODY
        P(x); P(n); P(h); P(i); P(u); P(hp); P(s.v); P(a); P(g); P(m[? "k"]); P(l[| 0]); P(o.p.q);
    }
}
global.printed = [];
var values = [3, 0.5, int64(2), true, "a", undefined];
for (var at = 0; at < array_length(values); at++) {
    try { P((new Thing(values[at])).act(values[at], values[at])); } catch (e) { P(is_struct(e) ? "an error" : e); }
}
global.printed;
"""
COMBINATIONS = list(itertools.product(PLACES, STEPS, EXPRESSIONS, STATEMENTS))


@pytest.mark.parametrize("number", range(12))
def test_both_forms_do_the_same(number: int) -> None:
    chance = random.Random(number)
    body = []
    for place, step, expression, statement in chance.sample(COMBINATIONS, 12):
        text = expression.format(step.format(place), place=place)
        body.append(f'try {{ {statement.format(text, place=place)} }} catch (e) {{ P("caught"); }}')
    code = SETTING.replace("BODY", "\n        ".join(body))
    assert printed(code, optimise=True) == printed(code, optimise=False), code


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_with_a_simple_step_does_the_same(statement: str) -> None:
    bodies = [statement.format(f"{place}-- > 1", place=place) for place in PLACES]
    if "return" not in statement:
        bodies = ["\n".join(f'try {{ {body} }} catch (e) {{ P("caught"); }}' for body in bodies)]
    for body in bodies:
        code = SETTING.replace("BODY", body)
        assert printed(code, optimise=True) == printed(code, optimise=False), code


def test_a_step_of_an_element_that_is_not_there_is_the_error_of_a_read() -> None:
    code = """var a = [1, 2], found = [];
    try { found[0] = 1 + a[5]++; } catch (e) { found[0] = e.message; }
    try { found[1] = a[5]++; } catch (e) { found[1] = e.message; }
    found;"""
    plain = printed(code, optimise=False)
    assert printed(code, optimise=True) == plain
    assert plain == ["Push :: Execution Error - Variable Index [5] out of range [2]"] * 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("if (x++) {}", "x"),
        ("if (--x + y-- > 2 && z) {}", "x"),
        ("a = -x++ ? y++ : z++;", "x"),
        ("return x++ ?? y;", "x"),
        ("if (y + x++) {}", ""),
        ("a = f(x++);", ""),
        ("a[x++] = 1;", ""),
        ("a += x++;", ""),
        ("a = b[x++];", ""),
    ],
)
def test_what_a_statement_begins_with(text: str, found: str) -> None:
    (statement,) = parse(Source("t.gml", text)).body
    step = leading_step(evaluated_first(statement))
    name = step.target.name if step is not None and isinstance(step.target, nodes.Name) else ""
    assert name == found


def test_the_step_of_a_member_needs_no_helper() -> None:
    assert "gml_step" not in python_of("if (--cooldown <= 0) { b.left = count++; }")
