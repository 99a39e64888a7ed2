"""An unhandled error names what was probably meant, in every run."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.diagnostics import Report, format_report
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend

CASES = [
    ("var m = { kind : 1 }; show_debug_message(m.kid);", "did you mean kind?"),
    ("health_points = 3; show_debug_message(helth_points);", "did you mean health_points?"),
    ("global.counter = 1; show_debug_message(global.conter);", "did you mean counter?"),
    ("function f() { var total = 1; return totl; } f();", "did you mean total?"),
    ("function f(amount) { return amont; } f(1);", "did you mean amount?"),
    (
        "function A() constructor { static describe = function() {}; } var a = new A(); a.descrbe();",
        "did you mean describe?",
    ),
    ("on_data = function() {}; on_dat = undefined; on_dat(1);", "did you mean on_data?"),
    ("on_dat = undefined; self.on_dat(1);", "store a function in on_dat before this line calls it"),
    ("var later = undefined; later(1);", "store a function in later before this line calls it"),
    ("show_debug_message(object_indx);", "did you mean object_index?"),
    ("show_debug_message(persistnt);", "did you mean persistent?"),
    ("var v; show_debug_message(v);", "var v is declared in this function, but nothing has set it yet"),
    ("x = null;", "GML says undefined"),
    ("var m = { kind : 1 }; show_debug_message(m.zebra);", ""),
    (
        "var count = 0; array_foreach([1], function(v) { count += v; });",
        "functions do not see the local variables of the code around them: "
        "write method({ count: count }, function …), or set count without var",
    ),
    (
        "function f(list) { return function() { return function() { return list; }; }; } f([])()();",
        "functions do not see the local variables of the code around them: "
        "write method({ list: list }, function …), or set list without var",
    ),
    ("function A() constructor { static met = function() { return self.v; }; } var a = new A(); a.met();", ""),
    ("function f() { var count = 1; } function g() { return count; } g();", ""),
    ("with (obj_p) x = 1;", "no object is called obj_p: object obj_p { event create { … } } declares one"),
    ("show_debug_message(spr_p);", "no asset of the program is called spr_p"),
    ('throw "a";', ""),
    ("var u; u = undefined; show_debug_message(u.kind);", ""),
]


@pytest.mark.parametrize(("text", "hint"), CASES)
def test_an_error_has_a_hint(tmp_path: Path, text: str, hint: str) -> None:
    path = tmp_path / "main.gml"
    path.write_text(text, encoding="utf-8")
    reports: list[Report] = []
    game = Game.load([path], output=lambda line: None, on_report=reports.append, backend=MemoryBackend())
    assert game.run() == 1
    assert reports[0].hint == hint
    assert not hint or format_report(reports[0]).endswith(f"    {hint}")
