"""The class of node classes: a class body with annotated fields goes in, a class of frozen records comes out.

It makes what `dataclass(frozen=True, slots=True)` would, and compiles code for the classes that are used alone: sixty
data classes take a fifth of a cold start.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar, dataclass_transform

    P = TypeVar("P", bound="NodePart")
else:

    def dataclass_transform(**_: object) -> object:
        """The mark for type checkers alone."""
        return lambda cls: cls


def initialiser(fields: tuple[str, ...], defaults: tuple[object, ...]) -> Callable[..., None]:
    """`__init__` of a class with these fields, the last of which have defaults."""
    space: dict[str, object] = {}
    stores = "".join(f"    self.{name} = {name}\n" for name in fields)
    exec(f"def __init__(self, {', '.join(fields)}):\n{stores}", space)  # our own text, of names that are fields
    made: Any = space["__init__"]
    made.__defaults__ = defaults
    return made  # type: ignore[no-any-return]


def initialise_first(self: NodePart, *values: object, **named: object) -> None:
    """`__init__` of a class that has no instance yet: many never have one, so theirs are not compiled."""
    made = type(self)
    made.__init__ = initialiser(made.__fields__, made.__defaults__)  # type: ignore[method-assign]
    made.__init__(self, *values, **named)


@dataclass_transform(frozen_default=True)
class NodeClass(type):
    """The class of everything that has fields: nodes, and their parts."""

    __fields__: tuple[str, ...]
    """The names of the fields, inherited ones first."""
    __hints__: dict[str, str]
    """The text of each field's type."""
    __defaults__: tuple[object, ...]
    """The defaults of the last fields."""

    def __new__(meta, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> NodeClass:
        own: dict[str, str] = body.get("__annotations__", {})
        inherited: dict[str, str] = {}
        for base in bases:
            inherited |= getattr(base, "__hints__", {})
        hints = {**inherited, **own}
        defaults = tuple(body.pop(field) for field in own if field in body)
        body |= {
            "__slots__": tuple(own),
            "__hints__": hints,
            "__fields__": tuple(hints),
            "__match_args__": tuple(hints),
            "__defaults__": defaults,
            "__init__": initialise_first,
        }
        return super().__new__(meta, name, bases, body)


class NodePart(metaclass=NodeClass):
    """A record of fields: equal to another one of its class whose fields are equal."""

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in type(self).__fields__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in type(self).__fields__)))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in type(self).__fields__)
        return f"{type(self).__name__}({', '.join(shown)})"


def fields_of(part: NodePart) -> dict[str, object]:
    """The fields of a node, or of a part of one."""
    return {name: getattr(part, name) for name in type(part).__fields__}


def replaced(part: P, **changes: Any) -> P:
    """The same with other values of some fields."""
    return type(part)(**(fields_of(part) | changes))
