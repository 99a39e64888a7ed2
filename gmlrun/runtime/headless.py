"""GameMaker functions that a run without a screen does not have: a call warns, raises or is passed over."""

from __future__ import annotations

from gmlrun.errors import GmlError
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.values import Value


def absent_call(rt: Runtime, name: str, *args: Value) -> Value:
    """What a call of such a function does, by `--headless`; returns 0 unless it raises."""
    message = f"{name} does nothing in a run without a screen"
    if rt.settings.headless == "error":
        raise GmlError(message)
    if rt.settings.headless == "warn":
        rt.warn_once(name, message)
    return 0.0
