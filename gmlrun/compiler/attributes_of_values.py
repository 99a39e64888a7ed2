"""The attributes of values that are no structs: a variable's name goes in, whether only structs have it comes out."""

from __future__ import annotations

from types import FunctionType, MethodType

PYTHON_TYPES = (float, int, bool, str, list, type(None), FunctionType, MethodType)
"""The types of Python's that values have."""
NAMES = """
    _content _facts _lengths _line _made _made_rows _measured _peek_text _put_around _read _read_around _read_text
    _refused _rows _rt _run_end _settle _shrink _sort _sorted _top _unaligned_text _warn _write_around across actors
    add added align alignment angle args arrived at begin begin_script begun between border_x border_y callback
    cell_at cell_height cell_size cell_width cells cells_in change checked children clear code colmask columns
    completed configure constructs content copy_transforms count data depth down elements empty end end_script ends
    entries events expire expiry facts family files fill first follow forget_handlers function get gml gone grid
    handler handlers has_views height highest holds hspeed index instance instance_class instances is_builtin
    is_call is_due is_finished is_free is_gone is_made is_method is_packet items kept keys kind label last layer
    layers left length lineage live lowest make_room marks mask middle moments name ordered origin parent passed
    peek period persistent placements places plain player poke position proj_mat put read refill region remaining
    remove repetitions replace reset resize rows run scope scroll seek sequences set set_parent shader speed speed_x
    speed_y state steps struct take takes target tile_at tileset top type type_number units update_script used
    values view_mat views virtual visible vspeed walk width word words world write x y
"""
"""The attributes that handles, functions and the numbers of builtins have, beyond those of Python's types."""
TAKEN = {name for cls in PYTHON_TYPES for name in dir(cls) if not name.startswith("__")} | set(NAMES.split())


def is_plain_member(name: str) -> bool:
    """Whether no value but a struct has an attribute of a variable's name."""
    return name not in TAKEN
