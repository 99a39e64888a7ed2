"""A missing `}` is reported once, where the indentation or the next declaration says it is."""

from __future__ import annotations

import pytest

from gmlrun.errors import SourceErrors
from gmlrun.source import Source
from gmlrun.syntax.parser import parse

CASES = [
    # the indentation of the next closing brace
    ("function f() {\n    for (var i = 0; i < 3; i++) {\n        g(i);\n}\n", 4, "opened in line 2"),
    ("function f() {\n\tif (a) {\n\t\tb();\n\telse {\n\t\tc();\n\t}\n}\n", 4, ""),
    ("if (a) {\n    while (b) {\n        c();\n}\nd();\n", 4, "opened in line 2"),
    # the next declaration at the first column
    ("function f() {\n    g();\n\nfunction h() {\n    k();\n}\n", 4, "opened in line 1"),
    ("event create {\n    x = 1;\n\nevent step {\n    x += 1;\n}\n", 4, "opened in line 1"),
    ("event create {\n    if (a) {\n        x = 1;\n}\nevent step {\n    x += 1;\n}\n", 4, "opened in line 2"),
    (
        "object o {\n    event create {\n        x = 1;\n}\nobject p {\n    event step { x += 1; }\n}\n",
        4,
        "opened in line 2",
    ),
    # nothing says where: the brace itself
    ("if (a) {\n    b();\n", 1, "opened in line 1 is never closed"),
    ("x = 1; if (a) { b();", 1, "opened in line 1 is never closed"),
]


@pytest.mark.parametrize(("text", "line", "words"), CASES)
def test_a_missing_brace(text: str, line: int, words: str) -> None:
    with pytest.raises(SourceErrors) as caught:
        parse(Source("a.gml", text))
    found = [(d.place.line, d.message) for d in caught.value.diagnostics]
    assert [line for line, _ in found] == [line]
    assert words in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "function f() {\nfunction g() {\nx = 1;\n}\n}\n",
        "if (a) {\nfor (;;) {\nbreak;\n}\n  }\n",
        "function f() {\n        if (a) {\n    b();\n  }\n}\n",
    ],
)
def test_indentation_alone_is_no_error(text: str) -> None:
    assert parse(Source("a.gml", text)).body
