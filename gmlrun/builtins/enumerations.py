"""The enums of GameMaker: a name goes in, its members with their values come out.

The manual names the members; the values of panels are those of Yoga, the layout library that GameMaker uses.
"""

from __future__ import annotations


def enumeration(name: str) -> dict[str, int] | None:
    """The members of an enum of GameMaker with their values."""
    members = MEMBERS.get(name)
    return (
        None if members is None else {member: value for value, member in enumerate(members.split(), FIRST.get(name, 0))}
    )


FIRST = {"flexpanel_unit": 1}
"""The value of the first member, where it is not 0."""

MEMBERS = {
    "AudioEffectType": "Bitcrusher Delay Gain HPF2 LPF2 Reverb1 Tremolo PeakEQ HiShelf LoShelf EQ Compressor",
    "AudioLFOType": "InvSawtooth Sawtooth Sine Square Triangle",
    "flexpanel_align": "auto flex_start center flex_end stretch baseline space_between space_around space_evenly",
    "flexpanel_direction": "inherit LTR RTL",
    "flexpanel_display": "flex none",
    "flexpanel_edge": "left top right bottom start end horizontal vertical all_edges",
    "flexpanel_flex_direction": "column column_reverse row row_reverse",
    "flexpanel_gutter": "column row all_gutters",
    "flexpanel_justify": "start center flex_end space_between space_around space_evenly",
    "flexpanel_position_type": "static relative absolute",
    "flexpanel_unit": "point percent auto",
    "flexpanel_wrap": "no_wrap wrap reverse",
}
"""The members in the order of their values."""
