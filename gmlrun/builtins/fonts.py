"""Fonts without their pictures. Manual: Asset_Management/Fonts."""

from __future__ import annotations

from gmlrun.builtins.named_assets import asset_of, name_of
from gmlrun.builtins.registry import Chapter
from gmlrun.engine.fonts import FontAsset, FontFacts, Glyph
from gmlrun.language import attribute
from gmlrun.runtime import Runtime
from gmlrun.values.model import Struct, Value

chapter = Chapter("Asset_Management/Fonts")


def facts_of(rt: Runtime, font: Value) -> FontFacts | None:
    """A font's facts, None when there is no such font."""
    found = asset_of(rt, "font", font)
    return None if found is None else found.content if isinstance(found, FontAsset) else FontFacts()


def struct(**members: Value) -> Struct:
    """A struct of some variables."""
    made = Struct()
    vars(made).update({attribute(name): value for name, value in members.items()})
    return made


def glyph_struct(glyph: Glyph) -> Struct:
    """A character as `font_get_info` shows it."""
    _, x, y, width, height, shift, offset = glyph
    return struct(char=glyph.code, x=x, y=y, w=width, h=height, shift=shift, offset=offset, yoffset=0.0, kerning=[])


@chapter
def font_exists(rt: Runtime, ind: Value) -> bool:
    """Whether there is such a font."""
    return facts_of(rt, ind) is not None


@chapter
def font_get_name(rt: Runtime, ind: Value) -> str:
    """A font's name; `<undefined>` when there is no such font."""
    return name_of(rt, "font", ind)


@chapter
def font_get_info(rt: Runtime, font: Value) -> Value:
    """A struct of what is known of a font and its characters; undefined when there is no such font."""
    facts = facts_of(rt, font)
    if facts is None:
        return None
    glyphs = Struct()
    vars(glyphs).update({attribute(name): glyph_struct(glyph) for name, glyph in facts.glyphs.items()})
    return struct(
        ascender=facts.ascender,
        ascenderOffset=facts.ascender_offset,
        size=facts.size,
        spriteIndex=-1.0,
        texture=-1.0,
        name=facts.font,
        bold=facts.is_bold,
        italic=facts.is_italic,
        glyphs=glyphs,
        sdfEnabled=facts.is_sdf,
        sdfSpread=facts.sdf_spread,
        effectsEnabled=False,
        effectParams=Struct(),
    )


@chapter
def font_get_fontname(rt: Runtime, ind: Value) -> str:
    """The name of the typeface; empty when there is no such font."""
    return (facts_of(rt, ind) or FontFacts()).font


@chapter
def font_get_size(rt: Runtime, ind: Value) -> float:
    """A font's size; -1 when there is no such font."""
    facts = facts_of(rt, ind)
    return -1.0 if facts is None else facts.size


@chapter
def font_get_bold(rt: Runtime, ind: Value) -> bool:
    """Whether a font is bold."""
    return (facts_of(rt, ind) or FontFacts()).is_bold


@chapter
def font_get_italic(rt: Runtime, ind: Value) -> bool:
    """Whether a font is italic."""
    return (facts_of(rt, ind) or FontFacts()).is_italic


@chapter
def font_get_first(rt: Runtime, ind: Value) -> float:
    """The code of a font's first character; 0 when it has none."""
    return min([glyph.code for glyph in (facts_of(rt, ind) or FontFacts()).glyphs.values()], default=0.0)


@chapter
def font_get_last(rt: Runtime, ind: Value) -> float:
    """The code of a font's last character; 0 when it has none."""
    return max([glyph.code for glyph in (facts_of(rt, ind) or FontFacts()).glyphs.values()], default=0.0)


@chapter
def font_get_sdf_enabled(rt: Runtime, ind: Value) -> bool:
    """Whether a font is drawn by distance fields."""
    return (facts_of(rt, ind) or FontFacts()).is_sdf


@chapter
def font_get_sdf_spread(rt: Runtime, ind: Value) -> float:
    """The spread of a font's distance fields."""
    return (facts_of(rt, ind) or FontFacts()).sdf_spread
