"""Fonts of project files: the description of each goes in, facts come out."""

from __future__ import annotations

from collections.abc import Iterator

from gmlrun.engine.fonts import FontFacts, Glyph
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts
from gmlrun.project.yy import Facts

LAST_CODE = 0x10FFFF


def font_facts(collector: ProjectParts, name: str, path: str) -> FontFacts | None:
    """The facts of a font of 2.0 or later; None for a file that cannot be read."""
    facts = yy.read_yy(collector, path, f"the font {name}")
    if facts is None:
        return None
    return FontFacts(
        yy.text(facts, "fontName"),
        yy.number(facts, "size", 12.0),
        bool(facts.get("bold")),
        bool(facts.get("italic")),
        yy.number(facts, "ascender"),
        yy.number(facts, "ascenderOffset"),
        bool(facts.get("usesSDF")),
        yy.number(facts, "sdfSpread", 8.0),
        {chr(int(glyph.code)): glyph for glyph in glyphs_of(facts)},
    )


def glyphs_of(facts: Facts) -> Iterator[Glyph]:
    """The characters: by their codes since 2.3, in a list of keys and values before."""
    listed = facts.get("glyphs")
    found = listed.values() if isinstance(listed, dict) else [yy.section(e, "Value") for e in yy.items(facts, "glyphs")]
    for glyph in found:
        if isinstance(glyph, dict):
            code = yy.number(glyph, "character", -1.0)
            if 0 <= code <= LAST_CODE:
                yield Glyph(code, *(yy.number(glyph, key) for key in ("x", "y", "w", "h", "shift", "offset")))
