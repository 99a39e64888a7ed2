"""The registry against the list of GameMaker's names: nothing that works without a screen may be missing or differ."""

from __future__ import annotations

import math
from typing import Any

import pytest

from gmlrun.builtins.catalogue import Library, load
from gmlrun.builtins.index import load as load_index
from gmlrun.builtins.registry import Builtin
from gmlrun.builtins.table import known_names
from gmlrun.engine.instances import BUILTIN_VARIABLES
from gmlrun.language import ARGUMENT_NAMES, LITERAL_NAMES, PLACE_NAMES, SCOPE_NAMES

LANGUAGE = {*ARGUMENT_NAMES, *SCOPE_NAMES, *LITERAL_NAMES, *PLACE_NAMES, "nameof"}
"""Names that the compiler knows by itself."""

NO_ARGUMENTS_NEEDED = {"choose", "max", "mean", "median", "min"}
"""The manual wants one argument; the official tests call them with none and expect 0."""


@pytest.fixture(scope="module")
def index() -> Library:
    return load()


def listed(name: str) -> list[tuple[str, bool, bool]]:
    """Name, optionality and variadicity of each listed parameter."""
    found = [(p.rstrip(".?"), p.endswith("?"), p.endswith("...")) for p in known_names()[name]["params"]]
    return found[1:] if name in NO_ARGUMENTS_NEEDED else found


def own(builtin: Builtin) -> list[tuple[str, bool, bool]]:
    """The same of a builtin's parameters."""
    return [(p.name, p.optional, p.variadic) for p in builtin.parameters]


def test_the_index_names_the_chapter_of_everything(index: Library) -> None:
    kept = load_index()
    assert kept.functions == {name: function.module for name, function in index.functions.items()}
    assert kept.variables == {name: variable.module for name, variable in index.variables.items()}
    assert kept.constants == index.constant_modules


def test_every_builtin_is_described(index: Library) -> None:
    records: list[Any] = [*index.functions.values(), *index.variables.values()]
    assert [record.name for record in records if not record.description] == []


def test_nothing_that_works_without_a_screen_is_missing(index: Library) -> None:
    have = {*index.functions, *index.variables, *index.constants, *LANGUAGE, *BUILTIN_VARIABLES}
    missing = [name for name, facts in known_names().items() if facts["level"] != "gui" and name not in have]
    assert missing == []


def test_functions_are_functions(index: Library) -> None:
    facts, known = known_names(), load_index()
    wrong = [
        name for name in facts if name in known and (facts[name]["kind"] == "function") != (name in index.functions)
    ]
    assert wrong == []


TAKE_NOTHING = {"ds_list_add", "ds_queue_enqueue", "ds_stack_push"}
"""Functions that the manual wants at least one value for, and that GameMaker takes without any."""


def test_parameters_are_those_of_the_manual(index: Library) -> None:
    facts = known_names()
    wrong = {
        name: (own(builtin), listed(name))
        for name, builtin in index.functions.items()
        if "params" in facts.get(name, {}) and own(builtin) != listed(name)
    }
    assert wrong.keys() == TAKE_NOTHING


def test_constants_have_their_listed_values(index: Library) -> None:
    have = {**index.constants, **LITERAL_NAMES}
    values = {name: facts["value"] for name, facts in known_names().items() if "value" in facts and name in have}
    wrong = {name: (have[name], value) for name, value in values.items() if not same(have[name], value)}
    assert wrong == {}
    assert [
        name for name, facts in known_names().items() if "value" in facts and name not in {*have, *SCOPE_NAMES}
    ] == []


def same(have: Any, value: Any) -> bool:
    """Whether a constant has its listed value, NaN and infinity included."""
    return have == float(value) or (math.isnan(float(value)) and math.isnan(have))


def test_a_number_is_a_float(index: Library) -> None:
    assert [name for name, value in index.constants.items() if type(value) is int] == []
