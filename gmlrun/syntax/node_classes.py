"""The class of node classes: a class body with annotated fields goes in, a class of frozen records comes out.

It makes what `dataclass(frozen=True, slots=True)` would, without compiling any code at import: sixty data classes take
a fifth of a cold start.
"""

from __future__ import annotations

from gmlrun.lean import FunctionType, cast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any, TypeVar, dataclass_transform

    P = TypeVar("P", bound="NodePart")
else:

    def dataclass_transform(**_: object) -> object:
        """The mark for type checkers alone."""
        return lambda cls: cls


def takes_one(self: Any, a: Any) -> None:
    self.a = a


def takes_two(self: Any, a: Any, b: Any) -> None:
    self.a = a
    self.b = b


def takes_three(self: Any, a: Any, b: Any, c: Any) -> None:
    self.a = a
    self.b = b
    self.c = c


def takes_four(self: Any, a: Any, b: Any, c: Any, d: Any) -> None:
    self.a = a
    self.b = b
    self.c = c
    self.d = d


def takes_five(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any) -> None:
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.e = e


def takes_six(self: Any, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any) -> None:
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.e = e
    self.f = f


PATTERNS = cast("tuple[Any, ...]", (takes_one, takes_two, takes_three, takes_four, takes_five, takes_six))
"""The `__init__` of classes with so many fields, but for the fields' names."""


def initialiser(fields: tuple[str, ...], defaults: tuple[object, ...]) -> Callable[..., None]:
    """`__init__` of a class with these fields, the last of which have defaults."""
    pattern = PATTERNS[len(fields) - 1]
    code: CodeType = pattern.__code__.replace(co_names=fields, co_varnames=("self", *fields), co_name="__init__")
    return FunctionType(code, {}, "__init__", defaults)


@dataclass_transform(frozen_default=True)
class NodeClass(type):
    """The class of everything that has fields: nodes, and their parts."""

    __fields__: tuple[str, ...]
    """The names of the fields, inherited ones first."""
    __hints__: dict[str, str]
    """The text of each field's type."""

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
        }
        if hints:
            body["__init__"] = initialiser(tuple(hints), defaults)
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


def fields_of(part: NodePart) -> dict[str, Any]:
    """The fields of a node, or of a part of one."""
    return {name: getattr(part, name) for name in type(part).__fields__}


def replaced(part: P, **changes: Any) -> P:
    """The same with other values of some fields."""
    return type(part)(**(fields_of(part) | changes))
