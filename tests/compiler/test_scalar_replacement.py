"""Which variables of self are held in locals."""

from __future__ import annotations

import pytest

from gmlrun.compiler.scalar_replacement import COUPLED
from gmlrun.engine.instances import Instance
from tests.compiler.both_forms import printed


def test_what_setting_does_something_for_is_never_held() -> None:
    named = {name for name in dir(Instance) if isinstance(getattr(Instance, name, None), property)}
    assert {name for name in named if not name.startswith("__")} <= COUPLED


@pytest.mark.parametrize("value", ["2.5", "int64(3)", '"7"', "undefined"])
def test_what_is_stored_through_another_name_is_seen(value: str) -> None:
    code = f"""
    function Made() constructor {{
        x = 8;
        static halve = function(one) {{ one.x = {value}; x = x / 2 + x - x; return x; }};
    }}
    var made = new Made(), shown = "";
    try {{ shown = made.halve(made); }} catch (error) {{ shown = "an error"; }}
    [shown, made.x];"""
    assert printed(code, optimise=True) == printed(code, optimise=False)
