"""The front end: GML text in, trees and error messages out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gmlrun.diagnostics import Diagnostic, format_diagnostic
from gmlrun.errors import SourceErrors
from gmlrun.source import Source
from gmlrun.syntax import nodes
from gmlrun.syntax.dump import dump
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.parser import declared_macros, is_incomplete, parse


def tree(text: str, interactive: bool = True) -> nodes.Program:
    return parse(Source("t.gml", text), interactive=interactive)


def shape(text: str) -> str:
    """An expression with all its parentheses."""
    statement = tree(text).body[0]
    assert isinstance(statement, nodes.ExpressionStatement)
    return spelled(statement.value)


def spelled(node: nodes.Expression) -> str:
    if isinstance(node, nodes.Binary):
        return f"({spelled(node.left)} {node.operator} {spelled(node.right)})"
    if isinstance(node, nodes.Unary):
        return f"({node.operator}{spelled(node.operand)})"
    if isinstance(node, nodes.Conditional):
        return f"({spelled(node.condition)} ? {spelled(node.then)} : {spelled(node.otherwise)})"
    if isinstance(node, nodes.Dot):
        return f"{spelled(node.base)}.{node.name}"
    assert isinstance(node, (nodes.Name, nodes.Number))
    return node.name if isinstance(node, nodes.Name) else f"{node.value:g}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a + b * c", "(a + (b * c))"),
        ("a - b - c", "((a - b) - c)"),
        ("a == b < c", "((a == b) < c)"),
        ("x & 1 == 0", "((x & 1) == 0)"),
        ("a | b & c", "((a | b) & c)"),
        ("a && b ^^ c", "(a && (b ^^ c))"),
        ("a || b && c", "(a || (b && c))"),
        ("a << b + c", "(a << (b + c))"),
        ("!a == b", "((!a) == b)"),
        ("-x.y", "(-x.y)"),
        ("-a * b", "((-a) * b)"),
        ("a ?? b ?? c", "(a ?? (b ?? c))"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a and not b or c xor d", "((a && (!b)) || (c ^^ d))"),
        ("a mod b div c", "((a % b) div c)"),
        ("a <> b", "(a != b)"),
        ("(a = b)", "(a == b)"),
        ("(a := b)", "(a == b)"),
        ("0xFF + $10 + 0b11 + 1_000 + .5", "((((255 + 16) + 3) + 1000) + 0.5)"),
        ("#FF0000", "255"),
    ],
)
def test_precedence_and_spellings(text: str, wanted: str) -> None:
    assert shape(text) == wanted


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r'"a\n\t\"\\"', 'a\n\t"\\'),
        (r'"\u1F642\x41\101"', "\U0001f642AA"),
        (r'"\u00e2a"', "\u0e2a"),
        ('@"C:\\new\nline"', "C:\\new\nline"),
        ("@'say \"hi\"'", 'say "hi"'),
        ('$"plain \\{braces\\}"', "plain {braces}"),
        (r'"\0"', "\0"),
    ],
)
def test_strings(literal: str, value: str) -> None:
    statement = tree(literal).body[0]
    assert isinstance(statement, nodes.ExpressionStatement)
    assert isinstance(statement.value, nodes.String)
    assert statement.value.value == value


@pytest.mark.parametrize(
    "text",
    [
        "if a b() else c();",
        "if (a) { b(); }; else c();",
        "for (;;) break;",
        "for (var i = 0, j = 1; i < j; { i++; }) ;",
        "do a++ until a > 3",
        "repeat 3 a++;",
        "switch (a) { default: b(); case 1: { c(); } case 2: break; }",
        "try { a(); } catch (e) { b(); } finally { c(); }",
        "begin a(); end",
        'a[0][| 1][? "k"][# 1, 2][$ "n"][@ 3] = [ #FF0000, [1,], ];',
        'x = { a : 1, "b c" : 2, c, default : 3, };',
        "f(a,, b, );",
        "function A(p, q = 2) : B(p) constructor { static s = function() {}; }",
        "new a.b.C(1).d();",
        "(function() { return 1; })();",
        "enum E { A, B = 1 << 2, C, }",
        '#macro TWICE(x) nothing\n#region any "text\n#endregion\na();',
        "event = 5; object = { event : event }; event(3); object.event();",
        "a = b\n++c\nd()",
        "return\nreturn a;",
        "#define old\nreturn argument0;",
        "with (a) { continue; }",
        "a.default = 1; a.end();",
        "delete a.b; throw 1;",
        'x = $"{ $"{y}" } {[1, {a : 2}.a]}";',
    ],
)
def test_what_is_gml(text: str) -> None:
    assert dump(tree(text, interactive=False))


def test_blocks_of_events_and_objects() -> None:
    program = tree("x = 1;\nevent other:68 { }\nobject o : p { event alarm0 { } event create { } }", interactive=False)
    assert [e.name for e in program.events] == ["other:68"]
    assert [(o.name, o.parent, [e.name for e in o.events]) for o in program.objects] == [
        ("o", "p", ["alarm0", "create"])
    ]


def test_the_sections_of_gmedit() -> None:
    program = tree(
        "helper();\n#event create first\nx = 1;\n#event step\nx++;\n#event properties\nvisible = false;\nhp:real = 3;"
    )
    assert [(e.name, len(e.body.body)) for e in program.events] == [("precreate:0", 2), ("create", 1), ("step", 1)]
    assert [(p.key, p.type) for p in program.properties] == [("visible", ""), ("hp", "real")]
    assert len(program.body) == 1


def test_macros_are_pasted_as_tokens_wherever_they_are_defined() -> None:
    source = Source("m.gml", "#macro SUM 1 + \\\n 2 // remark\n#macro Debug:SUM 9\n")
    macros = declared_macros(Lexer(source))
    assert sorted(macros) == ["Debug:SUM", "SUM"]
    used = parse(Source("t.gml", "SUM * 3; nameof(SUM);"), macros={"SUM": macros["SUM"]}, interactive=True)
    first, second = used.body
    assert isinstance(first, nodes.ExpressionStatement)
    assert spelled(first.value) == "(1 + (2 * 3))"
    assert "name='SUM'" in dump(second)


MESSAGES = {
    "a = ;": ["1:5: expected an expression before ;"],
    "if (a { b(); }\nc = );": ["1:7: expected ) before {", "2:5: there is no open bracket for this )"],
    "foo(": ["1:4: unexpected end of file: the ( opened in line 1 is never closed"],
    "foo() {\nx = 1;": ["1:7: unexpected end of file: the { opened in line 1 is never closed"],
    'a = "text;\nb = 2;': ["1:5: a string is never closed"],
    "a = 'x';": ["1:5: GML strings stand in double quotes"],
    "x == 5;": ["1:1: an expression alone is not a statement: it has no effect"],
    "1 = 2;": ["1:1: this cannot be assigned to"],
    "f() = 2;": ["1:1: this cannot be assigned to"],
    "++5;": ["1:3: ++ works on variables only"],
    "x = [1, 2;": ["1:10: expected ] before ;"],
    "a = 12abc;": ["1:5: 12abc is not a number"],
    "a = 2.5e9;": ["1:5: 2.5e9 is not a number: write 2.5 * power(10, 9)"],
    "#nonsense": ["1:1: there is no directive #nonsense"],
    "#macro A B\n#macro B A\nx = A;": ["3:5: the macro A leads back to itself"],
    "g[# 1] = 2;": ["1:1: this accessor takes two indices"],
    "x = }\ny = ];\nz = 1;": ["1:5: there is no open bracket for this }", "2:5: there is no open bracket for this ]"],
    "else a();": ["1:1: unexpected else"],
    "catch (e) { }": ["1:1: unexpected catch"],
    "var if = 1;": ["1:5: expected a name before if"],
    "f(while);": ["1:3: expected an expression before while"],
    "for (i = 0 < ; i < 3; i++) {\n\ta = ;\n}\nb = 1;": [
        "1:14: expected an expression before ;",
        "2:6: expected an expression before ;",
    ],
    "if (a) event create { }": ["1:8: an expression alone is not a statement: it has no effect"],
    "a b c": ["1:1: an expression alone is not a statement: it has no effect"],
    'x = "a': ["1:5: a string is never closed"],
    'x = $"a{1"\ny = ;': [
        "1:8: a { in a template string is never closed, or too many are nested",
        "2:5: expected an expression before ;",
    ],
    'x = $"{1 +}";': ["1:5: a { } in a template string needs one whole expression"],
}


@pytest.mark.parametrize("text", MESSAGES)
def test_messages(text: str) -> None:
    with pytest.raises(SourceErrors) as raised:
        tree(text, interactive=False)
    found = [f"{d.place.line}:{d.place.column}: {d.message}" for d in raised.value.diagnostics]
    assert found == MESSAGES[text]


def test_a_message_shows_the_line_with_a_caret() -> None:
    with pytest.raises(SourceErrors) as raised:
        tree("if (a) {\n\tfoo = bar(1 2);\n}")
    assert format_diagnostic(raised.value.diagnostics[0]) == (
        "t.gml:2:14: error: expected ) before 2\n    \tfoo = bar(1 2);\n    \t            ^"
    )


def test_nesting_has_a_limit_and_long_chains_have_none() -> None:
    with pytest.raises(SourceErrors, match="nested too deeply"):
        tree("x = " + "(" * 5000 + "1" + ")" * 5000)
    assert tree("x = " + "+".join("1" * 3000)).body


def test_threads_do_not_share_errors() -> None:
    texts = ["x = ;\n" * (n % 4) + "y = 1;\n" * 200 for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        counts = [len(errors) for errors in pool.map(errors_of, texts)]
    assert counts == [n % 4 for n in range(40)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a = 1", False),
        ("if (a) {", True),
        ("f(1,", True),
        ("x = [", True),
        ('s = @"open', True),
        ("/* open", True),
        ("}", False),
        ('s = "/*"', False),
        ("#macro A 1 \\", True),
    ],
)
def test_what_goes_on_at_a_prompt(text: str, wanted: bool) -> None:
    assert is_incomplete(text) is wanted


WORDS = (
    'a 1 "s" $"{a}" ( ) [ ] { } [? [| . , ; : ? = == += ++ -- + - * ! if else for while do until with switch case '
    "default break function constructor new static var enum event object try catch finally return #macro \n"
)


def errors_of(text: str) -> list[Diagnostic]:
    """All errors of a source; none when it is a program."""
    try:
        tree(text, interactive=False)
    except SourceErrors as errors:
        assert errors.diagnostics  # noqa: PT017 - what is raised is part of what is tested
        return errors.diagnostics
    return []


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=40))
@settings(deadline=None)
def test_any_tokens_are_a_program_or_errors(pieces: list[str]) -> None:
    errors_of(" ".join(pieces))


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_a_program_or_errors(text: str) -> None:
    assert all(d.place.line >= 1 and d.place.column >= 1 for d in errors_of(text))
    is_incomplete(text)


def test_a_bracket_in_a_template_is_none_of_the_statement_around() -> None:
    text = 'if (ready) {\n    show($"{names[0]}", case);\n    a = 1;\n}\n'
    assert [(d.place.line, d.message) for d in errors_of(text)] == [(2, "expected an expression before case")]
