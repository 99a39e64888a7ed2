"""Calls of methods that are known do what looking for the variable does, whatever a struct holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import gmlrun
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.repl.session import Session, TextResult
from gmlrun.runtime import Runtime
from tests.compiler.both_forms import printed
from tests.compiler.lowered import python_of

SHAPES = """
function Shape(_size) constructor {
    size = _size;
    static area = function() { return size * size; }
    static named = function(before, after = "!") { return before + string(area()) + after; }
    static is_big = function() { return area() > 10; }
    static depth_of = function(n) { return n <= 0 ? 0 : 1 + depth_of(n - 1); }
    static given = function() { return argument_count; }
    static whose = function() { return [instanceof(other), size]; }
}
function Circle(_size) : Shape(_size) constructor {
    static area = function() { return 3 * size * size; }
    static outer = function() { return named("<", ">"); }
}
function note(text) { array_push(global.made, typeof(text) + ":" + string(text)); }
global.made = [];
var a = new Shape(2), b = new Circle(2);
"""
CASES = {
    "inheritance and overriding": "note(a.area()); note(b.area()); note(b.outer()); note(a.named(\"a\"));",
    "kinds of results": "if (a.is_big()) note(1); if (b.is_big()) note(2); note(1 + a.area() * b.area());",
    "recursion": "note(a.depth_of(20)); note(a.depth_of(int64(3)));",
    "more and fewer arguments": 'note(a.named("x", "y", "z")); note(a.given()); note(a.given(1, 2, 3));',
    "a method as a value": 'var f = b.area; try { note(f()); } catch (e) { note("caught"); } note(method(a, f)());',
    "as callback": 'note(array_map([1, 2], method(a, a.depth_of))); note(method_call(method(b, b.named), ["x"]));',
    "the constructor's statics": "note(static_get(Shape).given(1)); note(Shape.given());",
    "a constructor in a variable": "var c = Shape; note(c.given()); note(c.depth_of(2));",
    "other": "with (a) { note(whose()); note(b.whose()); } note(a.whose()[1]);",
    "a variable of its own": "b.area = function() { return 77; }; note(b.area()); note(b.outer()); note(a.area());",
    "a variable in a literal": "var c = { area: function() { return 5; } }; note(c.area()); note(a.area());",
    "a variable by name": 'b[$ "ar" + "ea"] = function() { return 8; }; note(b.area()); note(b.outer());',
    "a variable by a setter that is handed on": 'var set = struct_set; set(b, "are" + "a", function() { return 9; });'
    " note(b.area());",
    "a static that is set": "static_get(Circle).area = function() { return 4; }; note(b.area()); note(b.outer());",
    "other statics": "static_set(b, static_get(Shape)); note(b.area());",
    "a struct as statics": "var c = { size: 9 }; static_set(c, a); note(c.area());",
    "a clone": "note(variable_clone(b).area()); note(variable_clone(a).named(1, 2));",
    "no such variable": 'var c = { size: 1 }; try { note(c.area()); } catch (e) { note(e.message); }',
    "undefined": "var c = undefined; try { note(c.area()); } catch (e) { note(e.message); }",
    "what is no struct": "var c = [3]; try { note(c[0].area()); } catch (e) { note(e.message); }",
    "data of that name": 'var c = json_parse("{\\"area\\": 4}");'
    " try { note(c.area()); } catch (e) { note(e.message); }",
    "an error inside": 'a.size = "x"; try { note(a.named("")); } catch (e) { note(e.message); note(e.stacktrace); }',
    "throwing": "a.size = []; try { note(a.is_big()); } catch (e) { note(1); }",
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_forms_do_the_same(name: str) -> None:
    code = f"{SHAPES} {CASES[name]} global.made;"
    plain = printed(code, optimise=False)
    assert printed(code, optimise=True) == plain
    assert plain


@pytest.mark.parametrize(
    ("more", "is_known"),
    [
        ("", True),
        ("a.other_name = 1;", True),
        ("a.area = 1;", False),
        ("area = 1;", False),
        ("c = { area: 1 };", False),
        ("function f() { function area() {} }", False),
        ("function f() { static area = 3; }", False),
        ("a[$ name] = 1;", False),
        ('variable_struct_set(a, "size", 1);', True),
        ('variable_struct_set(a, "area", 1);', False),
        ("struct_set(a, name, 1);", False),
        ("set = struct_set;", False),
        ("struct_set_from_hash(a, hash, 1);", False),
        ("delete a.area;", False),
        ("globalvar area;", False),
    ],
)
def test_a_method_is_known_where_nothing_else_can_have_its_name(more: str, is_known: bool) -> None:
    python = python_of(f"function Thing() constructor {{ static area = function() {{ return 1; }} }} a = new Thing(); "
                       f"show_debug_message(a.area()); {more}")  # fmt: skip
    assert ("__area()__" in python) is is_known


def test_a_line_of_a_session_may_give_a_struct_its_own() -> None:
    lines: list[str] = []
    session = Session(Runtime(output=lines.append, log=lambda line: None, backend=MemoryBackend()), (), lines.append)
    session.start()
    for text in (SHAPES.replace("var a", "a").replace(", b =", "; b ="), "function ask(s) { return s.outer(); }"):
        assert isinstance(session.feed(text), TextResult)
    session.feed("b.area = function() { return 6; };")
    outcome = session.feed("[ask(b), a.area(), (new Circle(1)).outer()]")
    assert isinstance(outcome, TextResult)
    assert outcome.value == ["<6>", 4.0, "<3>"]


PROGRAM = SHAPES.replace("var a = new Shape(2), b = new Circle(2);", """
items = [new Shape(2), new Circle(2)];
function ask() { return [global.items[0].area(), global.items[1].outer()]; }
global.items = items;
""")  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "shapes.gml"
    made.write_text(PROGRAM, encoding="utf-8")
    return made


def asked(game: Game) -> object:
    return game.rt.functions["ask"](game.rt.globals, game.rt.globals)


def test_a_reload_takes_new_functions_into_old_structs(path: Path) -> None:
    game = Game.load([path], backend=MemoryBackend())
    game.start()
    assert asked(game) == [4.0, "<12>"]
    path.write_text(PROGRAM.replace("3 * size", "5 * size"), encoding="utf-8")
    game.reload()
    assert asked(game) == [4.0, "<20>"]


def test_what_a_struct_got_before_a_reload_counts_behind_it(path: Path) -> None:
    own = PROGRAM + "items[1].area = function() { return 1; };"
    path.write_text(own, encoding="utf-8")
    game = Game.load([path], backend=MemoryBackend())
    game.start()
    assert asked(game) == [4.0, "<1>"]
    path.write_text(PROGRAM, encoding="utf-8")
    game.reload()
    assert asked(game) == [4.0, "<1>"]


def test_two_games_do_not_touch(path: Path) -> None:
    first, second = (Game.load([path], backend=MemoryBackend()) for _ in range(2))
    first.start()
    second.start()
    path.write_text(PROGRAM.replace("return 3", "return 7") + "items[0].area = 1;", encoding="utf-8")
    first.reload()
    circle = second.rt.globals.items[1]  # type: ignore[attr-defined]
    assert "__area()__" in vars(type(circle))
    assert asked(second) == [4.0, "<12>"]


def test_a_host_may_give_a_struct_its_own(path: Path) -> None:
    with gmlrun.Game(path) as game:
        game.globals["items"][1]["area"] = lambda: 2.0
        assert list(game.call("ask")) == [4.0, "<2>"]
