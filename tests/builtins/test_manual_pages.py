"""Every name leads to a page that GameMaker's manual has."""

from __future__ import annotations

import importlib

import pytest

from gmlrun.builtins import catalogue, manual, registry
from gmlrun.builtins.table import describe_name, known_names

OWN = "gmlrun"
"""The chapter of what GameMaker does not have; such names begin so."""


@pytest.mark.parametrize("module", list(catalogue.modules()))
def test_a_chapter_is_a_folder_of_the_manual(module: str) -> None:
    chapters = [
        value for value in vars(importlib.import_module(module)).values() if isinstance(value, registry.Chapter)
    ]
    assert [chapter.folder for chapter in chapters if chapter.folder not in (*manual.folders(), OWN)] == []


def test_every_builtin_has_a_page() -> None:
    library = catalogue.load()
    described = {**library.functions, **library.variables}
    pages = {page for folder, names in manual.folders().items() for page in (f"{folder}/{name}" for name in names)}
    missing = [name for name, found in described.items() if manual.page_of(name, found.folder) not in pages]
    assert [name for name in missing if not name.startswith(f"{OWN}_")] == []


def test_a_name_with_a_page_of_its_own_leads_to_it() -> None:
    own = [name for name in known_names() if name in manual.pages()]
    assert len(own) > 1900
    assert [name for name in own if not manual.address_of(name, "").endswith(f"/{name}.htm")] == []


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("array_push", "GML_Reference/Variable_Functions/array_push"),
        ("color_get_red", "GML_Reference/Drawing/Colour_And_Alpha/colour_get_red"),
        ("struct_get", "GML_Reference/Variable_Functions/variable_struct_get"),
        ("score", "GML_Overview/Variables/Builtin_Global_Variables/score"),
        ("draw_text", "GML_Reference/Drawing/Text/draw_text"),
        ("vk_left", "GML_Reference/Game_Input/Game_Input"),
        ("instance_create", "GML_Reference/Asset_Management/Instances/Instances"),
    ],
)
def test_doc_prints_the_address(name: str, page: str) -> None:
    described = describe_name(name)
    assert described is not None
    assert described.endswith(f"Manual: https://manual.gamemaker.io/lts/en/GameMaker_Language/{page}.htm")
