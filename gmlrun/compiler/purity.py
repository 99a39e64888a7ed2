"""Expressions without effects: a node goes in, whether it may be evaluated twice comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmlrun.compiler.guarded_expressions import CALLS
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.language import SCOPE_NAMES
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState

PURE = (
    nodes.Name,
    nodes.Number,
    nodes.String,
    nodes.Dot,
    nodes.Index,
    nodes.Binary,
    nodes.Unary,
    nodes.Conditional,
    nodes.Call,
    nodes.Var,
    nodes.Assign,
    nodes.Return,
)
"""The nodes of statements that are tried; those of their expressions have no effects."""
PURE_CALLS = CALLS | {"array_length", "array_get", "ds_list_size", "ds_map_size", "ds_list_find_value"}
PURE_CALLS |= {"is_undefined", "is_string", "is_array", "is_real", "is_bool", "is_numeric", "is_struct"}
READ = frozenset(
    (
        *(Meaning.LOCAL, Meaning.MEMBER, Meaning.GLOBALVAR, Meaning.CONSTANT, Meaning.KEYWORD),
        *(Meaning.ENUM, Meaning.STATIC, Meaning.BUILTIN),
    )
)
"""The meanings of names in a statement that is tried."""

COUPLED = frozenset(
    (
        *("direction", "speed", "hspeed", "vspeed", "gravity", "friction", "id", "alarm", "object_index", "layer"),
        *("bbox_left", "bbox_top", "bbox_right", "bbox_bottom", "sprite_width", "sprite_height"),
        *("sprite_xoffset", "sprite_yoffset", "image_number"),
    )
)
"""The variables of instances that setting another one changes, or that do not keep what they are set to."""


def is_without_effects(state: FunctionState, node: nodes.Node) -> bool:
    """Whether evaluating an expression twice, or before what follows it, cannot be seen."""
    return all(is_pure(state, part) for part in state.routine.within(node))


def is_pure(state: FunctionState, node: nodes.Node) -> bool:
    """Whether evaluating a node twice cannot be seen."""
    if not isinstance(node, PURE):
        return False
    if isinstance(node, nodes.Name):
        return (state.meaning(node.name) in READ and not state.is_slot(node.name)) or node.name in PURE_CALLS
    if isinstance(node, nodes.Call):
        callee = node.callee
        is_listed = isinstance(callee, nodes.Name) and callee.name in PURE_CALLS
        return is_listed and state.meaning(callee.name) is Meaning.BUILTIN  # type: ignore[attr-defined]
    if isinstance(node, nodes.Index):
        return node.accessor not in ("$", "#")  # a cell outside its grid is told of in the log
    if isinstance(node, nodes.Binary):
        return node.operator != "??" and not (node.operator == "+" and is_text(node))
    if isinstance(node, nodes.Assign):
        return is_tried_store(state, node)
    return True


def is_text(node: nodes.Binary) -> bool:
    """Whether a sum has a string in it, which asks what it is joined with for its text."""
    return any(isinstance(side, nodes.String) for side in (node.left, node.right))


def is_tried_store(state: FunctionState, node: nodes.Assign) -> bool:
    """Whether an assignment stores to a local, or to a variable that keeps what it is set to."""
    target = node.target
    if node.operator not in ("=", "+=", "-=", "*=", "/="):
        return False
    if isinstance(target, nodes.Name):
        return state.meaning(target.name) in (Meaning.LOCAL, Meaning.MEMBER) and target.name not in COUPLED
    return isinstance(target, nodes.Dot) and isinstance(target.base, nodes.Name) and target.name not in COUPLED


def may_stand_bare(state: FunctionState, node: nodes.Expression) -> bool:
    """Whether what stands before a dot is a variable or an element, which mostly is a struct."""
    if isinstance(node, nodes.Name):
        known = (Meaning.LOCAL, Meaning.MEMBER, Meaning.GLOBALVAR)
        return node.name in SCOPE_NAMES or state.meaning(node.name) in known
    if isinstance(node, nodes.Dot):
        return not state.is_enum_member(node)
    return isinstance(node, nodes.Index)
