"""A test's game has what the test can reach, and the rest of the library when it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gmlrun.cache import Cache
from gmlrun.testing.reach import Portion
from gmlrun.testing.runner import Prepared, prepare
from tests.testing.conftest import Try


def portion(folder: Path, body: str) -> Portion:
    """The part of a file that its test can reach."""
    path = folder / "test_it.gml"
    path.write_text(f"function test_it() {{ {body} }}\nfunction other() {{}}", encoding="utf-8")
    prepared = prepare(str(path))
    assert isinstance(prepared, Prepared)
    return prepared.reach.of("test_it")


def linked(units: object) -> set[str]:
    """The library's functions that units define."""
    return {entry.script for unit in units for entry in unit.functions}  # type: ignore[attr-defined]


def test_of_the_library_only_what_the_test_names_is_linked_at_once(tmp_path: Path) -> None:
    found = portion(tmp_path, "assert_equals(1, 1);")
    assert linked(found.built.library) == {"assert_equals"}
    assert found.late == {"__assert_same", "__assert_differ"}
    assert found.late | {"__assert_fail", "__assert_strings"} <= linked(found.rest)


def test_of_the_file_no_other_test_is_defined(tmp_path: Path) -> None:
    path = tmp_path / "test_it.gml"
    path.write_text("function test_it() { work(); }\nfunction test_other() {}\nfunction work() {}", encoding="utf-8")
    prepared = prepare(str(path))
    assert isinstance(prepared, Prepared)
    (unit,) = prepared.reach.of("test_it").built.units
    namespace: dict[str, Any] = {}
    unit.define(namespace)
    assert {name for name in namespace if "Script" in name} == {"gml_Script_test_it", "gml_Script_work"}


def test_files_share_the_library_that_they_load(tmp_path: Path) -> None:
    path, cache = tmp_path / "test_it.gml", Cache(tmp_path / "cache", loads_many=True)
    path.write_text("function test_it() { assert_equals(1, 1); }", encoding="utf-8")
    prepare(str(path), cache)  # compiled, then loaded
    libraries = []
    for _ in range(3):
        prepared = prepare(str(path), cache)
        assert isinstance(prepared, Prepared)
        libraries.append(prepared.built.library[0])
    assert libraries[0] is libraries[1] is libraries[2]


def test_what_is_named_in_a_text_is_linked_at_once(tmp_path: Path) -> None:
    found = portion(tmp_path, 'name = "__assert_show"; assert_true(1);')
    assert linked(found.built.library) == {"assert_true", "__assert_show"}


def test_without_an_assertion_nothing_comes_late(tmp_path: Path) -> None:
    assert not portion(tmp_path, "other();").late


def test_late_functions_are_those_of_their_own_game(attempt: Try) -> None:
    body = "assert_equals([1, { a: 2 }], [1, { a: 2 }]); assert_equals([1, kept], [1, 2]);"
    results = attempt(f"kept = 2; function test_a() {{ {body} kept = 3; }} function test_b() {{ {body} }}")
    assert {name: result.message for name, result in results.items()} == {"test_a": "", "test_b": ""}


def test_what_a_late_function_says_names_the_line_of_the_test(attempt: Try) -> None:
    result = attempt("function test_a() {\n\n    assert_equals({ a: [1] }, { a: [2] });\n}")["test_a"]
    assert result.message == "the values differ:\n    .a[0]: expected 2, got 1"
    assert result.place is not None
    assert result.place.line == 3


LOOKUPS = {
    "asset_get_index(made)": "ref script test_b",
    "asset_get_type(made)": "5",
    "array_length(asset_get_ids(asset_script)) > 20": "1",
    'handle_parse("ref script " + made)': "ref script test_b",
    "variable_global_exists(made)": "1",
    "variable_global_get(made)": "ref script test_b",
    "global[$ made]": "ref script test_b",
    "of(global)": "ref script test_b",
    "struct_exists(global, made)": "1",
    "struct_get(global, made)": "ref script test_b",
    "variable_struct_get(global, made)": "ref script test_b",
    "variable_instance_get(global, made)": "ref script test_b",
    "struct_get_from_hash(global, variable_get_hash(made))": "ref script test_b",
    "script_get_name(real(lower) - 1)": "made_name",
    "script_exists(real(lower) + 2)": "1",
    "script_execute(real(call) + 1)": "9",
    "script_execute_ext(real(call) + 1, [])": "9",
    "call(asset_get_index)": "ref script test_b",
}
"""Expressions that find a function that no code names, and what they print."""


@pytest.mark.parametrize("expression", LOOKUPS)
def test_functions_are_found_by_names_and_numbers_that_the_program_makes(attempt: Try, expression: str) -> None:
    result = attempt(f"""
        function made_name() {{ return lower("TEST_") + "b"; }}
        function lower(text) {{ return string_lower(text); }}
        function of(struct) {{ return struct[$ made]; }}
        function call(what) {{ return what(made); }}
        function test_b() {{ assert_true(true); return 9; }}
        function test_a() {{ made = made_name(); show_debug_message({expression}); }}
    """)["test_a"]
    assert (result.status, result.output) == ("passed", [LOOKUPS[expression]])


def test_a_function_has_the_number_that_it_has_in_the_whole_file(attempt: Try) -> None:
    body = 'show_debug_message($"{real(last)} {int64(test_it)}");'
    results = attempt(f"""
        function test_other() {{ assert_equals(1, 1); }}
        function test_it() {{ {body} }}
        function test_all() {{ {body} asset_get_index("last"); }}
        function last() {{}}
    """)
    assert results["test_it"].output == results["test_all"].output != []


def test_an_assertion_of_the_files_own_names_what_it_needs(attempt: Try) -> None:
    text = 'function assert_equals(a, b) { show_debug_message("own"); } function test_a() { assert_equals(1, 2); }'
    result = attempt(text)["test_a"]
    assert (result.message, result.output) == ("", ["own"])


def test_an_assertion_of_the_files_own_is_not_replaced_by_the_late_functions(attempt: Try) -> None:
    own = 'function assert_true(value) { show_debug_message("own"); }'
    result = attempt(f"{own} function test_a() {{ assert_equals([1], [1]); assert_true(false); }}")["test_a"]
    assert (result.message, result.output) == ("", ["own"])
