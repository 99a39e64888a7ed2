"""Damaged files for `gmlrun test`: a file is broken, or each of its tests has a result, and reports can be written."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from fuzz.damage import in_bytes
from fuzz.engine import Fuzzer, Parts
from gmlrun.errors import UsageError
from gmlrun.testing import report
from gmlrun.testing.cases import run_case
from gmlrun.testing.runner import Prepared, prepare

PIECES = (
    "/// @test with lib.gml", "/// @test with no/such.gml", "/// @test with a\0b.gml", "/// @test with ../..",
    "/// @test only",
    "/// @test skip é", "/// @test todo", "/// @test nothing", "/// @test with test_x.gml", "/// @test", "// expect: 1",
    "// expect-error: x", "// expect-exit: 99999999999999999999", "// expect-exit: -1", "// expect:",
    "function test_a() { assert_equals(1, 1); }", "function test_b() { assert_equals([1, {}], \"\\ud800\"); }",
    "function test_c() { throw { toString: function() { throw 1; } }; }", "function test_a(x, y) { return x; }",
    "function test_d() { game_end(5); }", "function test_e() { while (true) {} }", "function test_setup() { x = 1; }",
    "function test_teardown() { throw \"t\"; }", "function test_f() { test_advance(1); assert_true(x); }",
    "function test_g() { var g = test_start(\"lib.gml\"); test_advance(1); assert_equals(g.y, 2); }",
    "function test_h() { test_net({ latency: NaN, loss: -1, nothing: [] }); test_advance(infinity); }",
    "function test_i() { show_debug_message(\"a\" + chr(0) + chr(27)); assert(false, \"]]>\" + chr(1)); }",
    "function test_j() { room_goto(5); }", "function test_k() { test_start(\"..\"); }", "show_debug_message(1);",
    "function test_l() { assert_throws(function() { throw 1; }, 5); }", "game_end(2);", "x = ;", "\ufeff", "}", "{",
    "function test_m() { test_press(\"é\"); test_type(undefined); test_click([]); }",
)  # fmt: skip


def make(rng: random.Random) -> Parts:
    """The lines of a file of tests."""
    lines: Parts = [piece.encode("utf-8", "surrogatepass") for piece in rng.choices(PIECES, k=rng.randint(1, 7))]
    if rng.random() < 0.4:
        at = rng.randrange(len(lines))
        lines[at] = in_bytes(rng, lines[at])
    return lines


def run(parts: Parts) -> None:
    with tempfile.TemporaryDirectory(prefix="gmlrun-fuzz-") as name:
        folder = Path(name)
        (folder / "lib.gml").write_text("y = 2;", encoding="utf-8")
        path = folder / "test_x.gml"
        path.write_bytes(b"\n".join(parts))
        try:
            prepared = prepare(os.fspath(path))
        except UsageError as error:
            str(error)
            return
        if not isinstance(prepared, Prepared):
            report.broken_text(prepared)
            return
        results = [run_case(prepared, case, 0, 0.2) for case in prepared.cases]
        ElementTree.fromstring(report.junit(results, [], 1.0))
        report.tap(results, [])
        for result in results:
            report.failure_text(result)


def show(parts: Parts) -> str:
    return "\n".join(repr(part) for part in parts)


FUZZER = Fuzzer("suites", make, run, show)
