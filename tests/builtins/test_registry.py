"""The registry against the list of GameMaker's names: what gmlrun has, and what it has in another form."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.builtins.registry import Builtin, Index, load
from gmlrun.builtins.table import known_names


@pytest.fixture(scope="module")
def index() -> Index:
    return load()


def listed(parameters: list[str]) -> list[tuple[str, bool]]:
    """Names and optionality of the listed parameters, without a variadic rest."""
    return [(p.rstrip("?"), p.endswith("?")) for p in parameters if not p.endswith("...")]


def own(builtin: Builtin) -> list[tuple[str, bool]]:
    """Names and optionality of a builtin's parameters, without a variadic rest."""
    return [(p.name, p.optional) for p in builtin.parameters if not p.variadic]


def test_every_builtin_is_described(index: Index) -> None:
    records: list[Any] = [*index.functions.values(), *index.variables.values()]
    assert [record.name for record in records if not record.description] == []


def test_constants_have_their_listed_values(index: Index) -> None:
    facts = known_names()
    listed_values = {name: facts[name]["value"] for name in index.constants if "value" in facts.get(name, {})}
    wrong = {n: (index.constants[n], v) for n, v in listed_values.items() if index.constants[n] != v}
    assert wrong == {}


FAMILIES = (
    "Asset_Management/Assets_And_Tags",
    "Asset_Management/Extensions",
    "Asynchronous_Functions/HTTP",
    "Debugging",
    "File_Handling",
    "Garbage_Collection",
    "Maths_And_Numbers/Date_And_Time",
    "OS_And_Compiler",
)


def test_parameters_are_those_of_the_manual(index: Index) -> None:
    facts = known_names()
    wrong = {
        name: (own(builtin), listed(facts[name]["params"]))
        for name, builtin in index.functions.items()
        if facts.get(name, {}).get("family", "").startswith(FAMILIES)
        and "params" in facts[name]
        and own(builtin) != listed(facts[name]["params"])
    }
    assert wrong == {}


def test_nothing_of_these_families_is_missing(index: Index) -> None:
    have = {*index.functions, *index.variables, *index.constants}
    missing = [
        name
        for name, facts in known_names().items()
        if facts["family"].startswith(FAMILIES) and facts["level"] != "gui" and name not in have
    ]
    assert missing == []
