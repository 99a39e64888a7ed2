"""A tree as text: nodes go in, one indented line for each comes out."""

from __future__ import annotations

from gmlrun.syntax.node_classes import NodePart, fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HIDDEN = {"span", "name_span", "key_span", "macros"}


def dump(node: object) -> str:
    """A node with its plain fields on its line and its children below."""
    lines: list[str] = []
    put(node, "", lines)
    return "\n".join(lines)


def put(node: Any, indent: str, lines: list[str]) -> None:
    """Appends the lines of a node."""
    plain, below = [], []
    for name, value in fields_of(node).items():
        if name in HIDDEN:
            continue
        if is_part(value) or (type(value) is tuple and any(map(is_part, value))):
            below.append((name, value))
        else:
            plain.append(f"{name}={value!r}")
    lines.append(f"{indent}{type(node).__name__}({', '.join(plain)})")
    for name, value in below:
        lines.append(f"{indent}  {name}:")
        for child in value if type(value) is tuple else (value,):
            if is_part(child):
                put(child, indent + "    ", lines)
            else:
                lines.append(f"{indent}    {child!r}")


def is_part(value: object) -> bool:
    """Whether a value is a node, or a part of one."""
    return isinstance(value, NodePart)
