"""A tree as text: nodes go in, one indented line for each comes out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

HIDDEN = {"span", "name_span", "key_span", "macros"}


def dump(node: Any, indent: str = "") -> str:
    """A node with its plain fields on its line and its children below."""
    plain, below = [], []
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name in HIDDEN:
            continue
        if is_dataclass(value) or (type(value) is tuple and any(map(is_dataclass, value))):
            below.append((field.name, value))
        else:
            plain.append(f"{field.name}={value!r}")
    lines = [f"{indent}{type(node).__name__}({', '.join(plain)})"]
    for name, value in below:
        lines.append(f"{indent}  {name}:")
        for child in value if type(value) is tuple else (value,):
            lines.append(dump(child, indent + "    ") if is_dataclass(child) else f"{indent}    {child!r}")
    return "\n".join(lines)
