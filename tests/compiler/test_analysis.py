"""The analysis of a source: what each routine stores, declares and leaves, whatever statements it is made of."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gmlrun.build.front_end import FrontEnd
from gmlrun.build.program import Part, Program
from gmlrun.builtins.table import Table
from gmlrun.compiler import analysis, checks
from gmlrun.compiler.analysis import Analysis, Routine
from gmlrun.compiler.name_resolution import Meaning, Resolver
from gmlrun.compiler.symbols import Symbols
from gmlrun.compiler.traversal import children, is_compound
from gmlrun.source import Source, Span
from gmlrun.syntax import nodes
from gmlrun.syntax.parser import parse

SPAN = Span(0, 1)


class Unless(nodes.Statement):
    """`unless (condition) body`: not a statement of GML."""

    condition: nodes.Expression
    body: nodes.Statement


def unless(body: nodes.Statement) -> Unless:
    return Unless(SPAN, nodes.Name(SPAN, "ready"), body)


def main_of(*statements: nodes.Statement) -> Routine:
    return Analysis(Source("t.gml", ""), nodes.Program(SPAN, statements)).main


def analysed(text: str) -> Analysis:
    source = Source("t.gml", text)
    return Analysis(source, parse(source))


def routine(text: str) -> Routine:
    """The first function of a text."""
    found = analysed(text)
    return found.routine_of(found.main.functions[0])


# ------------------------------------------------------- statements of nobody


def test_jumps_in_a_foreign_statement_are_found() -> None:
    turn = nodes.Number(SPAN, 3.0)
    continued = nodes.Repeat(SPAN, turn, unless(nodes.Continue(SPAN)))
    broken = nodes.Repeat(SPAN, turn, unless(nodes.Break(SPAN)))
    assert main_of(continued).continues(continued)
    assert not main_of(broken).continues(broken)
    assert len(list(main_of(broken).breaks_of(broken))) == 1


def test_stores_in_a_foreign_statement_are_found() -> None:
    store = nodes.Assign(SPAN, target=nodes.Name(SPAN, "hp"), operator="=", value=nodes.Number(SPAN, 1.0))
    foreign = unless(store)
    main = main_of(foreign)
    assert main.stored_within(foreign) == {"hp"}
    assert {n.name for n in main.within(foreign) if isinstance(n, nodes.Name)} == {"ready", "hp"}


def test_what_a_foreign_statement_stores_is_forgotten_behind_it() -> None:
    assert is_compound(Unless)
    assert [
        c.__name__ for c in (nodes.Block, nodes.Assign, nodes.Var, nodes.ExpressionStatement) if is_compound(c)
    ] == []
    loops = (nodes.If, nodes.While, nodes.DoUntil, nodes.For, nodes.Repeat, nodes.With, nodes.Switch, nodes.Try)
    assert all(map(is_compound, loops))


# ----------------------------------------------------------------------- facts


def test_a_statement_has_the_nodes_below_it_and_no_others() -> None:
    main = analysed("a = 1;\nif (b) { c = d; }\ne = 2;").main
    branch = main.root.body[1]  # type: ignore[attr-defined]
    assert [n.name for n in main.within(branch) if isinstance(n, nodes.Name)] == ["b", "c", "d"]
    assert main.stored_within(branch) == {"c"}


def test_code_of_nested_functions_is_theirs() -> None:
    outer = routine("function f(a) { var b = function(c) { var d = c; x++; }; static s = function() { return 1; }; }")
    assert outer.locals == {"a", "b"}
    assert outer.static_names == {"s"}
    assert set(outer.stores) == {"b"}
    assert outer.returns == []
    assert len(outer.functions) == 2


@pytest.mark.parametrize(
    ("text", "own", "is_bound"),
    [
        ("function f() { function g() {} }", False, False),
        ("function f() { x = function g() {}; }", True, True),
        ("function f() { static x = function g() {}; }", True, False),
        ("function f() { x = { m: function g() {} }; }", True, True),
    ],
)
def test_the_place_of_a_function_says_how_it_is_called(text: str, own: bool, is_bound: bool) -> None:
    found = analysed(text)
    inner = found.routine_of(found.routine_of(found.main.functions[0]).functions[0])
    assert (inner.own is not None, inner.is_bound) == (own, is_bound)


def test_a_function_in_a_struct_is_no_variable_of_self() -> None:
    assert routine("function f() { x = { m: function g() {} }; y = function h() {}; }").named.keys() == {"h"}


def test_functions_of_scripts_have_no_code_around_them() -> None:
    assert routine("function f() {}").around is None
    event = Analysis(Source("t.gml", ""), parse(Source("t.gml", "function f() {}")), is_script=False)
    assert event.routine_of(event.main.functions[0]).around is event.main
    assert event.main.inner.keys() == {"f"}


def test_a_step_inside_an_expression_is_known() -> None:
    main = analysed("i++; a = 1 + j++; b = l++; for (k = 0; k < 3; k++) {}").main
    assert main.led == {"l"}
    assert main.stepped == {"j"}
    assert main.counters == {"i", "j", "k", "l"}


@pytest.mark.parametrize(
    ("text", "continues", "in_try"),
    [
        ("while (a) { continue; }", True, False),
        ("while (a) { while (b) { continue; } }", False, False),
        ("while (a) { switch (b) { case 1: continue; } }", True, False),
        ("while (a) { try { continue; } catch (e) {} }", True, True),
        ("while (a) { try { while (b) { continue; } } catch (e) {} }", False, False),
        ("while (a) { break; }", False, False),
    ],
)
def test_a_jump_belongs_to_the_nearest_statement_that_it_can_leave(text: str, continues: bool, in_try: bool) -> None:
    main = analysed(text).main
    loop = main.root.body[0]  # type: ignore[attr-defined]
    assert (main.continues(loop), main.continues(loop, in_try=True)) == (continues, in_try)


def test_a_break_in_a_switch_is_no_break_of_the_loop() -> None:
    main = analysed("while (a) { switch (b) { case 1: break; default: continue; } }").main
    loop = main.root.body[0]  # type: ignore[attr-defined]
    switch = loop.body.body[0]
    assert list(main.breaks_of(loop)) == []
    assert len(list(main.breaks_of(switch))) == 1
    assert main.continues_outer(switch)


@pytest.mark.parametrize(
    ("text", "replaced"),
    [("a = 1;", True), ("a[0] = 1;", False), ("var a;", False), ("a++;", True), ("delete a;", True), ("b = a;", False)],
)
def test_a_store_to_an_element_keeps_the_name(text: str, replaced: bool) -> None:
    assert analysed(text).main.replaces("a") == replaced


# ----------------------------------------------------------------- once for all


def test_a_name_is_resolved_once() -> None:
    resolver = Resolver(Symbols(), Table())
    main = analysed("var a = 1; b = a; show_debug_message(b);").main
    names = ("a", "b", "show_debug_message", "self")
    found = [resolver.meaning(name, main) for name in names]
    assert found == [Meaning.LOCAL, Meaning.MEMBER, Meaning.BUILTIN, Meaning.KEYWORD]
    resolver.symbols.globalvars.add("b")
    assert resolver.meaning("b", main) is Meaning.MEMBER


def test_a_tree_is_walked_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Besides the checks, which go through the tree in the order of its jumps."""
    text = "function f(a, b) { for (var i = 0; i < a; i++) { if (b) continue; while (i) { a += b * i; } } return a; }"
    walked: dict[str, list[int]] = {"analysis": [], "checks": []}
    for module in (analysis, checks):
        name = module.__name__.rpartition(".")[2]
        monkeypatch.setattr(module, "children", lambda node, name=name: walked[name].append(id(node)) or children(node))
    front = FrontEnd(Program([Part(Source("t.gml", text), "gml_GlobalScript_t")]), Table())
    front.build()
    for ids in walked.values():
        assert len(ids) == len(set(ids)) > 10


def test_code_is_the_same_each_time() -> None:
    """Which test comes first must not depend on how Python hashes names in a process."""
    text = "function f(alpha, beta, gamma, delta) { return alpha * beta - gamma / delta; }"
    program = (
        "from gmlrun.builtins.table import Table\n"
        "from gmlrun.compiler.analysis import Analysis\n"
        "from gmlrun.compiler.compile import Form, python_text\n"
        "from gmlrun.compiler.symbols import Symbols\n"
        "from gmlrun.source import Source\n"
        "from gmlrun.syntax.parser import parse\n"
        f"source = Source('t.gml', {text!r})\n"
        "analysis = Analysis(source, parse(source))\n"
        "print(python_text(analysis, Symbols(), Table(), Form('gml_GlobalScript_t')))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in "1234"
    }
    assert len(made) == 1
