"""A tree as text: nodes go in, one indented line for each comes out."""

from __future__ import annotations

from gmlrun.syntax.node_classes import NodePart, fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HIDDEN = {"span", "name_span", "key_span", "macros"}


def dump(node: Any, indent: str = "") -> str:
    """A node with its plain fields on its line and its children below."""
    plain, below = [], []
    for name, value in fields_of(node).items():
        if name in HIDDEN:
            continue
        if is_part(value) or (type(value) is tuple and any(map(is_part, value))):
            below.append((name, value))
        else:
            plain.append(f"{name}={value!r}")
    lines = [f"{indent}{type(node).__name__}({', '.join(plain)})"]
    for name, value in below:
        lines.append(f"{indent}  {name}:")
        for child in value if type(value) is tuple else (value,):
            lines.append(dump(child, indent + "    ") if is_part(child) else f"{indent}    {child!r}")
    return "\n".join(lines)


def is_part(value: Any) -> bool:
    """Whether a value is a node, or a part of one."""
    return isinstance(value, NodePart)
