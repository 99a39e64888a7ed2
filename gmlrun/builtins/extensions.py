"""Extensions, of which a run without native libraries has none. Manual: Asset_Management/Extensions."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, String
from gmlrun.engine.extensions import Extensions
from gmlrun.values.model import Struct, Value

chapter = Chapter("Asset_Management/Extensions")


@chapter
def extension_exists(extensions: Extensions, extension_name: String) -> bool:
    """Whether the game has an extension whose functions can be called: one with code of Python (`--extension`)."""
    return extension_name in extensions.bound


@chapter
def extension_get_option_count(extension_name: String) -> float:
    """How many options an extension has."""
    return 0.0


@chapter
def extension_get_option_names(extension_name: String) -> list[Value]:
    """The names of an extension's options."""
    return []


@chapter
def extension_get_option_value(extension_name: String, option_name: String) -> None:
    """The value of an extension's option, undefined without the extension."""


@chapter
def extension_get_options(extension_name: String) -> Value:
    """A struct with an extension's options."""
    return Struct()


@chapter
def extension_get_version(ext_name: String) -> None:
    """An extension's version, undefined without the extension."""
