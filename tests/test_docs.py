"""The generated pages of the manual are those that the registry makes now, and texts name modules that exist."""

from __future__ import annotations

import re

import pytest

from gmlrun.build.stdlib import describe_stdlib, stdlib_functions
from gmlrun.builtins.catalogue import load
from gmlrun.builtins.table import describe_name, known_names
from tests.conftest import ROOT
from tools import builtins_page


def test_the_page_of_builtins_is_up_to_date() -> None:
    assert builtins_page.PAGE.read_text(encoding="utf-8") == builtins_page.page(), "run tools/builtins_page.py"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("string_copy", ["string_copy(str: String, index: Real, count: Real) → String"]),
        ("array_push", ["array_push(variable: Array, value: Any, values: Any…) → Undefined"]),
        ("ds_map_set", ["ds_map_set(id: Id.DsMap, key: Any, value: Any) → Undefined"]),
        ("color_get_red", ["color_get_red(col: Real) → Real", "Drawing/Colour_And_Alpha/colour_get_red"]),
        ("working_directory", ["working_directory", "It is read-only."]),
        ("c_red", ["c_red = 255", "A constant of Drawing."]),
        ("sprite_index", ["sprite_index", "A variable of every instance."]),
        ("true", ["true", "A constant of the language itself."]),
        ("draw_text", ["draw_text", "A function of Drawing, which a run without a screen does not have."]),
    ],
)
def test_doc_says_what_a_name_is(name: str, lines: list[str]) -> None:
    text = describe_name(name) or ""
    assert text.splitlines()[0] == lines[0]
    assert all(line in text for line in lines)


def test_doc_knows_every_name_of_gamemaker() -> None:
    some = list(known_names())[::50]
    assert [name for name in some if not describe_name(name)] == []
    assert describe_name("__buffer_write_u8") is None
    assert describe_name("no_such_name") is None


def test_doc_knows_the_library_in_gml() -> None:
    assert describe_stdlib("assert_equals").startswith("assert_equals(value, expected")
    assert [name for name in stdlib_functions() if not name.startswith("__") and not describe_stdlib(name)] == []
    assert describe_stdlib("no_such_function") == ""


def test_every_signature_has_types() -> None:
    assert all("→" in builtin.typed_signature for builtin in load().functions.values())


NAMED_FILE = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.py)`")
TEXTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("gmlrun/**/*.py"), *ROOT.glob("tools/**/*.py")]


def test_modules_that_texts_name_exist() -> None:
    named = [(path, name) for path in TEXTS for name in NAMED_FILE.findall(path.read_text(encoding="utf-8"))]
    folders = (ROOT, ROOT / "gmlrun")
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, name in named
        if not any((folder / name).is_file() for folder in (*folders, path.parent))
    ]
    assert len(named) > 50
    assert lost == []
