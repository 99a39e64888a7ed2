"""Endless recursion ends in "Stack overflow" whichever way it takes through Python's C code, on small stacks too."""

from __future__ import annotations

import subprocess
import sys
from functools import cmp_to_key
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.runtime import Runtime
from gmlrun.values.sorting import SORTS_IN_EACH_OTHER, Sorter, merge_sorted

WAYS = {
    "plain": "function go() { return go() + 1; }",
    "array_sort": "function go() { array_sort([1, 2], function(a, b) { go(); return 0; }); }",
    "array_map": "function go() { array_map([1], function(a, b) { go(); return 0; }); }",
    "array_any": "function go() { array_any([1], function(a, b) { go(); return 0; }); }",
    "array_reduce": "function go() { array_reduce([1], function(a, b) { go(); return 0; }, 0); }",
    "array_foreach": "function go() { array_foreach([1], function(a, b) { go(); return 0; }); }",
    "struct_foreach": "function go() { struct_foreach({a: 1}, function(a, b) { go(); return 0; }); }",
    "string_foreach": 'function go() { string_foreach("a", function(a, b) { go(); return 0; }); }',
    "array_create_ext": "function go() { array_create_ext(1, function(a) { go(); return 0; }); }",
    "method_call": "function go() { method_call(go, []); }",
    "script_execute": "function go() { script_execute(go); }",
    "script_execute_ext": "function go() { script_execute_ext(go, []); }",
    "toString": "function go() { return string({toString: function() { return go(); }}); }",
    "toString_nested": "function go() { return string([{toString: function() { return go(); }}]); }",
    "template": 'function go() { return $"{{toString: function() { return go(); }}}"; }',
    "json_stringify": "function go() { return json_stringify([1], false, function(k, v) { go(); return v; }); }",
    "new": "function Go() constructor { a = new Go(); } function go() { return new Go(); }",
    "inherit": "function Go2() : Go() constructor { } function Go() constructor { a = new Go2(); } function go() { return new Go2(); }",  # noqa: E501
    "event_perform": "event other_user0 { event_user(0); } function go() { event_user(0); }",
    "create": "object o { event create { instance_create_depth(0, 0, 0, o); } } function go() { instance_create_depth(0, 0, 0, o); }",  # noqa: E501
    "destroy": "object o { event destroy { instance_destroy(instance_create_depth(0, 0, 0, o)); } } function go() { instance_destroy(instance_create_depth(0, 0, 0, o)); }",  # noqa: E501
    "with": "function go() { with ({}) { go(); } }",
    "method": "function go() { var f = method({}, function() { go(); }); f(); }",
    "builtin_value": "function go() { var f = script_execute; f(go); }",
    "static": "function go() { static s = function() { go(); }; s(); }",
    "try": "function go() { try { go(); } finally { x = 0; } }",
    "method_chain": "function go() { var m = method(undefined, method({}, go)); m(); }",
    "ds_key": "function go() { var m = ds_map_create(); m[? {toString: go}] = 1; json_encode(m); }",
    "concat_format": 'function go() { return string("{0}", {toString: go}); }',
    "string_join": 'function go() { return string_join(",", {toString: go}, 1); }',
    "json_parse": 'function go() { return json_parse("[1]", function(k, v) { go(); return v; }); }',
}
PROGRAM = """
var message = "";
try { go(); } catch (e) { message = e.message; }
show_debug_message(message);
show_debug_message(string(sqr(3)));
"""
KIB = [1024, 8192]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ulimit")
@pytest.mark.parametrize("kib", KIB)
@pytest.mark.parametrize("way", WAYS)
def test_endless_recursion(way: str, kib: int, environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "program.gml"
    path.write_text(WAYS[way] + PROGRAM, encoding="utf-8")
    command = ["sh", "-c", f'ulimit -s {kib}; exec "$@"', "sh", sys.executable, "-m", "gmlrun", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50)
    assert done.stdout == "Stack overflow: functions call each other too deeply\n9\n"
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there is no ulimit")
@pytest.mark.parametrize("text", ["(" * 3000 + "1" + ")" * 3000, "1" + "+1" * 3000, "[" * 3000 + "]" * 3000])
def test_deep_source_on_a_small_stack(text: str, environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "program.gml"
    path.write_text(f"x = {text};", encoding="utf-8")
    command = ["sh", "-c", 'ulimit -s 1024; exec "$@"', "sh", sys.executable, "-m", "gmlrun", "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr


@given(st.lists(st.tuples(st.integers(0, 5), st.integers())))
def test_both_sorts_are_the_same(items: list[tuple[int, int]]) -> None:
    def compare(first: tuple[int, int], second: tuple[int, int]) -> int:
        return first[0] - second[0]

    wanted = sorted(items, key=cmp_to_key(compare))
    assert merge_sorted(items[:], compare) == Sorter(Runtime()).sorted(items[:], compare) == wanted


def test_sorts_in_each_other() -> None:
    sorter, depths = Sorter(Runtime()), list[int]()

    def compare(first: int, second: int) -> int:
        depths.append(sorter.depth)
        if len(depths) < 2 * SORTS_IN_EACH_OTHER:
            assert sorter.sorted([2, 1], compare) == [1, 2]
        return first - second

    assert sorter.sorted([3, 1], compare) == [1, 3]
    assert max(depths) == SORTS_IN_EACH_OTHER
    assert sorter.depth == 0
