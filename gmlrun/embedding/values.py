"""GML values as a host sees them, and back: numbers and texts are copied, everything that can change is a view.

| GML | Python |
| --- | --- |
| real | `float`; an `int` or a `float` goes in |
| bool, string | `bool`, `str` |
| int64, int32 | `Int64` |
| undefined | `undefined`; `None` goes in as well |
| array | `Array`, a view; a `list` or `tuple` goes in as a copy |
| struct, instance, global | `Struct`, a view; a mapping goes in as a copy |
| function, method | `Function`; any callable goes in |
| buffer | `Buffer`, a view; `bytes` go in as a copy, in a new fixed buffer |
| another handle | `Reference` |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, MutableSequence
from math import isfinite
from types import FunctionType, MethodType
from typing import Any, final

from gmlrun.engine.instances import Instance, InstanceRef
from gmlrun.errors import GameEnd, GmlError, GmlThrow
from gmlrun.execution.method_forms import give_way
from gmlrun.language import LARGEST_EXACT, attribute
from gmlrun.values import buffers, model
from gmlrun.values.containers import Handles
from gmlrun.values.model import BuiltinFunction, GmlClass, Handle, own_variables
from gmlrun.values.text import string_of
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value


@final
class Undefined:
    """The type of `undefined`, GML's value for nothing; it is false."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "gmlrun.undefined"


undefined = Undefined()


class Int64(int):
    """A GML int64: a whole number of -2**63 to 2**63 - 1 that keeps its type on the way into GML."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Int64({int(self)})"

    __str__ = int.__repr__


class View:
    """The base of all views: the GML value behind one, and equality of those that show the same value."""

    __slots__ = ("_bridge", "_value")
    _bridge: Bridge
    _value: Any

    def __init__(self, bridge: Bridge, value: Value) -> None:
        object.__setattr__(self, "_bridge", bridge)
        object.__setattr__(self, "_value", value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and other._value is self._value

    def __hash__(self) -> int:
        return id(self._value)

    def __repr__(self) -> str:
        return f"<gmlrun {type(self).__name__} {self._bridge.shown(self._value)}>"


class Struct(View, MutableMapping[str, Any]):
    """A struct, an instance or `global`: its variables as items and, where the name is free, as attributes."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        found = MISSING if not isinstance(name, str) else getattr(self._value, attribute(name), MISSING)
        if found is MISSING:
            raise KeyError(name)
        return self._bridge.to_python(found)

    def __setitem__(self, name: str, value: Any) -> None:
        if not isinstance(name, str):
            raise TypeError(f"the variables of a struct have names: {name!r} is none")
        give_way(self._value, name)
        setattr(self._value, attribute(name), self._bridge.to_gml(value))

    def __delitem__(self, name: str) -> None:
        if name not in self or vars(self._value).pop(attribute(name), MISSING) is MISSING:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in own_variables(self._value))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the {self.kind} has no variable {name}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        self[name] = value

    def __eq__(self, other: object) -> bool:
        return View.__eq__(self, other) or (isinstance(other, Mapping) and dict(self) == dict(other))

    __hash__ = View.__hash__

    @property
    def kind(self) -> str:
        """The name of the object or of the constructor; `struct` or `global` where there is none."""
        return type(self._value).__gml_name__ or "struct"

    def __repr__(self) -> str:
        return f"<gmlrun {self.kind} {self._bridge.shown(self._value)}>"


class Array(View, MutableSequence[Any]):
    """An array: GML and the host see each other's changes."""

    __slots__ = ()

    def __getitem__(self, index: Any) -> Any:
        found = self._value[index]
        return (
            [self._bridge.to_python(one) for one in found]
            if isinstance(index, slice)
            else self._bridge.to_python(found)
        )

    def __setitem__(self, index: Any, value: Any) -> None:
        made = self._bridge.to_gml(list(value) if isinstance(index, slice) else value)
        self._value[index] = made

    def __delitem__(self, index: Any) -> None:
        del self._value[index]

    def __len__(self) -> int:
        return len(self._value)

    def insert(self, index: int, value: Any) -> None:
        """Puts a value before the element at an index."""
        self._value.insert(index, self._bridge.to_gml(value))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (list, tuple, Array)):
            return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))
        return False

    __hash__ = View.__hash__


class Buffer(View):
    """A buffer. `memory` shows its bytes without a copy; while it is in use GML cannot resize the buffer."""

    __slots__ = ()

    @property
    def memory(self) -> memoryview:
        """All bytes of the buffer, writable. Raises GmlError for a deleted buffer."""
        return memoryview(self._value.checked().data)

    @property
    def position(self) -> int:
        """Where GML reads or writes next, in bytes from the start."""
        return int(self._value.position)

    def __bytes__(self) -> bytes:
        return bytes(self._value.checked().data)

    def __len__(self) -> int:
        return len(self._value.data)


class Reference(View):
    """A handle that a host passes on: an asset, a data structure, a time source."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """GML's word for it: `ds_map`, `object`, `sprite`, `time source`, …"""
        return str(self._value.kind)

    @property
    def index(self) -> int:
        """The number of the reference among those of its kind."""
        return int(self._value.index)

    @property
    def name(self) -> str:
        """The name of an asset, otherwise the index."""
        return str(self._value.label)


class Function(View):
    """A function or method of GML. Calling it converts arguments and result; it raises GmlError."""

    __slots__ = ()

    def __call__(self, *args: Any) -> Any:
        return self._bridge.call(self._value, args)


MISSING = object()
HOST_FUNCTION = "host_function"
LONGEST = 10_000
"""Characters of a value that `repr` shows."""


MOST_VALUES = 100_000
"""Values that `plain` copies."""
DEEPEST = 100
"""Arrays and structs inside each other that `plain` copies."""


def plain(value: Any, most: int = MOST_VALUES) -> Any:
    """A copy of a GML value, with all that is in it, as JSON has it: dict, list, str, bool, float, int, None.

    JSON has no infinity and no NaN: they are None, as JavaScript writes them.

    A program decides what it returns: raises ValueError for more than `most` values, or more than 100 inside each
    other (as in a struct that holds itself), TypeError for a function, a buffer or another handle.
    """
    if type(most) is not int:
        raise TypeError(f"plain: most must be an int, not {most!r}")
    left = [most]

    def copy(one: Any, depth: int) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise ValueError(f"more than {most} values")
        if depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} arrays and structs inside each other")
        if isinstance(one, Mapping):
            return {name: copy(inner, depth + 1) for name, inner in one.items()}
        if isinstance(one, (Array, list, tuple)):
            return [copy(inner, depth + 1) for inner in one]
        if isinstance(one, Undefined):
            return None
        if isinstance(one, Int64):
            return int(one)
        if one is None or isinstance(one, (str, int, float)):
            return None if isinstance(one, float) and not isfinite(one) else one
        raise TypeError(f"a {type(one).__name__} cannot be copied")

    return copy(value, 0)


class Bridge:
    """Converts values between one game and its host. `call` runs a GML function with Python's arguments."""

    def __init__(
        self,
        handles: Handles,
        call: Callable[[Value, Iterable[object]], Any],
        run: Callable[..., Any] = lambda function, *args: function(*args),
    ) -> None:
        self.handles = handles
        self.call = call
        self.run = run
        """Runs code of gmlrun that may come to code of the program, within the limits of the game."""

    def shown(self, value: Value) -> str:
        """A value as `repr` has it; a `toString` that fails or does not end is told of, and raises nothing."""
        try:
            text: str = self.run(string_of, value)
        except Exception as error:
            text = f"whose toString fails: {error}"
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

    def to_python(self, value: Value) -> Any:
        """A GML value as the host gets it."""
        plain = PLAIN.get(type(value))
        if plain is not None:
            return plain(value)
        if isinstance(value, InstanceRef):
            return Struct(self, value.instance)
        return next(view for cls, view in VIEWS if isinstance(value, cls))(self, value)

    def to_gml(self, value: object, copies: dict[int, Value] | None = None) -> Value:
        """A host's value as GML gets it; raises TypeError for one that GML has no word for."""
        exact = EXACT.get(type(value))
        if exact is not None:
            return exact(value)
        if isinstance(value, View):
            return value._value.id if isinstance(value._value, Instance) else value._value
        if type(value) is int:
            return whole(value)
        if isinstance(value, (list, tuple, Mapping)):
            return self._container(value, {} if copies is None else copies)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return self._buffer(value)
        if callable(value):
            return self._function(value)
        raise TypeError(f"GML has no value for a {type(value).__name__}")  # what is in it is not for GML to see

    def _container(self, value: Any, copies: dict[int, Value]) -> Value:
        """A copy of a list or a mapping; what is in it twice, or in itself, is copied once."""
        if id(value) in copies:
            return copies[id(value)]
        if not isinstance(value, Mapping):
            array: list[Value] = []
            copies[id(value)] = array
            array.extend(self.to_gml(one, copies) for one in value)
            return array
        struct = copies[id(value)] = model.Struct()
        for name, one in value.items():
            if not isinstance(name, str):
                raise TypeError(f"the variables of a struct have names: {name!r} is none")
            setattr(struct, attribute(clean(name)), self.to_gml(one, copies))
        return struct

    def _buffer(self, value: bytes | bytearray | memoryview) -> Value:
        made = buffers.Buffer(0, buffers.FIXED)
        made.refill(bytes(value))
        return self.handles.add(made)

    def _function(self, function: Callable[..., object]) -> Value:
        """A host's callable as a GML function; its exceptions are GML errors."""
        inner = guarded(getattr(function, "__name__", HOST_FUNCTION), function)

        def call(other: Value, target: Value, *args: Value) -> Value:
            return self.to_gml(inner(*map(self.to_python, args)))

        return call


def guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A host's function whose exceptions are GML errors, each with the exception as its cause."""

    def host_call(*args: Any) -> Any:
        try:
            return function(*args)
        except (GmlError, GmlThrow, GameEnd):
            raise
        except Exception as error:
            raise GmlError(f"{name}: {type(error).__name__}: {error}") from error

    return host_call


def whole(value: int) -> float | int:
    """A Python int as a real, or as an int64 where a real would lose digits; raises OverflowError beyond 64 bits."""
    return float(value) if -LARGEST_EXACT <= value <= LARGEST_EXACT else int64(value)


def int64(value: int) -> int:
    """An Int64 as GML's int64; raises OverflowError beyond 64 bits."""
    if not -(1 << 63) <= value < 1 << 63:
        raise OverflowError(f"{value} does not fit a GML int64")
    return int(value)


def same(value: Any) -> Any:
    """The value itself."""
    return value


PLAIN: dict[type, Callable[[Any], Any]] = {
    float: same,
    bool: same,
    str: same,
    type(None): lambda value: undefined,
    int: Int64,
    model.Int32: Int64,
}
"""Types that become Python values of their own."""
VIEWS: tuple[tuple[type, type[View]], ...] = (
    (list, Array),
    (model.Struct, Struct),
    (GmlClass, Reference),
    (BuiltinFunction, Function),
    (FunctionType, Function),
    (MethodType, Function),
    (buffers.Buffer, Buffer),
    (Handle, Reference),
    (object, Reference),
)
EXACT: dict[type, Callable[[Any], Any]] = {
    float: same,
    bool: same,
    str: clean,
    type(None): same,
    Undefined: lambda value: None,
    Int64: int64,
}
