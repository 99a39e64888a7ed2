"""Every builtin with arguments of every kind: a result or a GML error comes out, never a fault of Python."""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from gmlrun.builtins import binding, catalogue
from gmlrun.engine.world import World
from gmlrun.errors import GameEnd, GmlError, GmlThrow
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.model import POINTER_NULL, Handle, Int32, Struct

INDEX = catalogue.load()
ELSEWHERE = ("__", "http_get", "http_post", "http_request", "network_resolve")
"""Beginnings of names that are left out: the library's own, and what would ask other machines."""
NAMES = sorted(name for name in INDEX.functions if not name.startswith(ELSEWHERE))
ALLOWED = (GmlError, GmlThrow, GameEnd)
PLAIN: dict[str, Any] = {"String": "text", "Array": [], "Bool": True}
"""Arguments that are of the right kind, 1.0 for all other kinds."""


class Stranger(Handle):
    """A handle of a kind that no builtin knows."""


def values() -> dict[str, Any]:
    """One value of each kind, made afresh, since builtins change what they get."""
    return {
        "zero": 0.0,
        "one": 1.0,
        "negative": -1.0,
        "fraction": 2.5,
        "large": 1e18,
        "huge": 1e300,
        "infinity": float("inf"),
        "minus infinity": float("-inf"),
        "nan": float("nan"),
        "int64": -(1 << 63),
        "int32": Int32(7),
        "bool": True,
        "empty string": "",
        "text": "text",
        "number in a string": "12",
        "surrogate": "\udc80",
        "undefined": None,
        "empty array": [],
        "array": [1.0, "a", None, [2.0]],
        "struct": Struct(),
        "pointer": POINTER_NULL,
        "handle": Stranger("stranger", 0),
    }


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    """A game whose dialogs answer themselves and whose sockets lead nowhere."""
    settings = Settings(program_dir=tmp_path, save_dir=tmp_path / "save", program_name="fuzz")
    return Runtime(settings, output=lambda line: None, log=lambda line: None, backend=MemoryBackend())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("name", NAMES)
def test_any_arguments_give_a_value_or_a_gml_error(name: str, runtime: Runtime) -> None:
    builtin, world = INDEX.functions[name], runtime.service(World)
    caller = world.create(world.define_object("obj_caller", ""), 0, 0)
    call = partial(binding.bind(builtin, runtime), *[caller, caller] if builtin.wants_scope else [])
    plain = [1.0 if p.type is None else PLAIN.get(p.type.name, 1.0) for p in builtin.parameters]
    for kind in values() if plain else ["undefined"]:
        with contextlib.suppress(*ALLOWED):
            call(*(values()[kind] for _ in plain))
        for at in range(len(plain)):
            with contextlib.suppress(*ALLOWED):
                call(*plain[:at], values()[kind], *plain[at + 1 :])
