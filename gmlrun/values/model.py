"""GML values as Python objects: what each type is, and the attribute names that carry GML variables.

real is float, int64 is int, int32 is Int32, bool is bool, string is str, array is exactly list,
undefined is None, a struct is a Struct, an unbound function is a Python function
`fn(other, self, *args)`, a bound method is a MethodType over `fn(self, other, target, *args)`,
so that every callable value is called as `callee(other, target, *args)`. A handle is a Handle.
"""

from __future__ import annotations

from itertools import islice

from gmlrun.errors import GmlError
from gmlrun.language import attribute, variable_name
from gmlrun.lean import FunctionType, MethodType, recursive_repr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, ClassVar, TypeAlias

Value: TypeAlias = object
"""Any GML value: what looks into one asks for its type first."""


class Int32(int):
    """A 32-bit integer, as `buffer_read` of a small integer type gives it."""

    __slots__ = ()


class PointerRefused(GmlError, TypeError):
    """Arithmetic with a pointer, which Python's operators refuse as they refuse all that is no number."""


class Pointer:
    """An opaque address; `pointer_null` and `pointer_invalid` are the two that programs name.

    It is no number, so that Python's operators do what GML's do: a number moves it, and it is less than none.
    """

    __slots__ = ("__address__",)

    def __init__(self, address: int) -> None:
        self.__address__ = address

    def __int__(self) -> int:
        return self.__address__

    __trunc__ = __int__

    def __bool__(self) -> bool:
        return self.__address__ != 0

    def __eq__(self, value: object) -> bool:
        return isinstance(value, Pointer) and self.__address__ == value.__address__

    def __hash__(self) -> int:
        return hash(self.__address__)

    def __add__(self, by: object) -> Pointer:
        if isinstance(by, (float, int)) and -MOST_BYTES < by < MOST_BYTES:
            return Pointer(self.__address__ + int(by))
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, by: object) -> Pointer:
        if isinstance(by, (float, int)) and -MOST_BYTES < by < MOST_BYTES:
            return Pointer(self.__address__ - int(by))
        return NotImplemented

    def __rsub__(self, left: object) -> Any:
        return self._refused(left, "DoSub")

    def __mul__(self, by: object) -> Any:
        return self._refused(by, "DoMul")

    __rmul__ = __mul__

    def __truediv__(self, by: object) -> Any:
        return self._refused(by, "DoDiv")

    __rtruediv__ = __truediv__

    def _refused(self, other: object, operation: str) -> Any:
        """Says that no other arithmetic works on a pointer."""
        if isinstance(other, (float, int)):
            raise PointerRefused(f"{operation} :: Execution Error: pointer value in expression")
        return NotImplemented

    def __lt__(self, value: object) -> bool:
        return False if isinstance(value, (float, int)) else NotImplemented

    __le__ = __gt__ = __ge__ = __lt__

    def __repr__(self) -> str:
        """The text in a debugger."""
        return f"Pointer({self.__address__:#x})"


MOST_BYTES = 1 << 62
"""The distances by which Python's operators move a pointer are shorter than this."""
POINTER_NULL = Pointer(0)
POINTER_INVALID = Pointer(-1)


class BuiltinFunction(float):
    """A builtin named without a call: a plain number to GML, but callable and known by name."""

    __slots__ = ("function", "name")
    function: Callable[..., Value]
    name: str

    def __new__(cls, index: int, name: str, function: Callable[..., Value]) -> BuiltinFunction:
        made = super().__new__(cls, index)
        made.name = name
        made.function = function
        return made

    def __call__(self, other: Value, target: Value, *args: Value) -> Value:
        return self.function(other, target, *args)


class ScriptIndex(float):
    """The number of a script, as `real(script)` gives it: a call of it calls the script."""

    __slots__ = ("function",)
    function: Callable[..., Any]

    def __new__(cls, index: int, function: Callable[..., Value]) -> ScriptIndex:
        made = super().__new__(cls, index)
        made.function = function
        return made

    def __call__(self, other: Value, target: Value, *args: Value) -> Value:
        return self.function(other, target, *args)


class GmlClass(type):
    """The class of everything that has GML variables; `type(type(x)) is GmlClass` is the fast test."""


class Unset(AttributeError):
    """A variable that is not there, read through gmlrun's own code: as much the program's error as any other."""


class Struct(metaclass=GmlClass):
    """A struct: its attributes are its variables, its class carries the statics of its constructor.

    A class made for a constructor sets `__gml_name__`. Nothing else may be defined here but what GML sees on every
    struct, since every attribute without surrounding underscores is visible to it.
    """

    __gml_name__: ClassVar[str] = "struct"
    __is_instance__: ClassVar[bool] = False
    """Whether it is an instance of an object, which `is_struct` is not true of."""
    toString: ClassVar[Value]
    """The `toString` that every struct inherits, unless it or its statics have one; `values/text.py` makes it."""

    @recursive_repr()
    def __repr__(self) -> str:
        """The text in a debugger: the first variables, with their values."""
        shown = [f"{name} : {value!r}" for name, value in islice(own_variables(self), 20)]
        return f"{{ {', '.join(shown)} }}"


class FunctionInfo:
    """The facts of a function that GML can ask for; every Python function that GML sees has one as `gml`."""

    __slots__ = (
        "bound_form",
        "direct",
        "index",
        "is_constructor",
        "name",
        "parameters",
        "parent",
        "script",
        "statics",
        "struct_class",
    )

    def __init__(self, name: str, script: str | None = None, is_constructor: bool = False) -> None:
        self.name = name
        """The code entry name: `gml_Script_foo`, `gml_Script_anon@12@gml_Object_o_Create_0`."""
        self.script = script
        """The project-wide name, for a function declared at the top of a script."""
        self.index = -1
        """The asset index (100000 and up) of a script function."""
        self.struct_class: type[Struct] | None = None
        """For a constructor: the class of what `new` makes."""
        self.statics: Any = None
        """The static struct, for a function that has one; a constructor's is its struct_class."""
        self.is_constructor = is_constructor
        self.parameters: tuple[str, ...] = ()
        """The names of its parameters, for a function of the program."""
        self.parent = ""
        """The name of a constructor's parent."""
        self.bound_form: Callable[..., Value] | None = None
        """`fn(self, other, target, *args)` of a function compiled as unbound; made on demand."""
        self.direct: Callable[..., Value] | None = None
        """The function's code for calls with no more arguments than it has parameters; made on demand."""

    def copied(self) -> FunctionInfo:
        """The same facts, to be changed for another function."""
        made = FunctionInfo(self.name)
        for name in self.__slots__:
            setattr(made, name, getattr(self, name))
        return made


class Handle:
    """A typed handle (`ref` to GML); the engine's own objects derive from it and carry their data.

    `kind` is the word that `string()` shows: `ds_list`, `buffer`, `instance`, `object`, `time source`.
    """

    __slots__ = ("__weakref__", "index", "kind")
    kind: str
    index: int

    def __init__(self, kind: str, index: int) -> None:
        self.kind = kind
        self.index = index

    def __repr__(self) -> str:
        """The text in a debugger, as `string()` has it."""
        return f"ref {self.kind} {self.label}"

    def __trunc__(self) -> int:
        """The index, so that a handle can be an array's index."""
        return self.index

    @property
    def label(self) -> str:
        """The text after the kind in `string(handle)`: the index, or an asset's name."""
        return str(self.index)


class AssetRef(Handle):
    """A named asset: `kind` is object, sprite, sound, room, path, script, font, …"""

    __slots__ = ("name",)

    def __init__(self, kind: str, index: int, name: str) -> None:
        super().__init__(kind, index)
        self.name = name

    @property
    def label(self) -> str:
        return self.name


class Attributes(dict[str, str]):
    """The attribute of each variable that a game has named by a string, up to a number of them."""

    def __missing__(self, name: str) -> str:
        found = attribute(name)
        if len(self) < MOST_ATTRIBUTES:
            self[name] = found
        return found


MOST_ATTRIBUTES = 4096


def is_variable(attribute_name: str) -> bool:
    """Whether an attribute carries a GML variable, rather than something of Python's or of gmlrun's."""
    name = attribute_name
    return not (name.startswith("__") and name.endswith("__") and not name.endswith("___"))


def own_variables(struct: Struct) -> Iterator[tuple[str, Value]]:
    """The struct's own variables with their values, in the order in which they were made."""
    for name, value in list(vars(struct).items()):
        if name[:2] != "__":
            yield name, value
        elif is_variable(name):
            yield variable_name(name), value


def is_callable(value: Value) -> bool:
    """Whether a value can be called (a numeric script index is not looked at here)."""
    return type(value) in (FunctionType, MethodType, BuiltinFunction)


def function_info(value: Value) -> FunctionInfo | None:
    """The info of a function or method value, or None for anything else."""
    if type(value) is MethodType:
        value = value.__func__
    found = getattr(value, "gml", None) if type(value) is FunctionType else None
    return found if isinstance(found, FunctionInfo) else None


def handle_index(value: Value) -> int | None:
    """The number of a handle, a script function's reference among them; None for anything else."""
    if isinstance(value, Handle):
        return value.index
    info = function_info(value) if type(value) is FunctionType else None
    return info.index if info is not None and info.script is not None else None


def type_name(value: Value) -> str:
    """`typeof(value)`."""
    kind = TYPE_NAMES.get(type(value))
    if kind is not None:
        return kind
    if type(type(value)) is GmlClass:
        return "struct"
    if isinstance(value, Handle):
        return "ref"
    if type(value) is FunctionType:
        info = function_info(value)
        return "ref" if info is not None and info.script is not None else "method"
    return "unknown"


TYPE_NAMES: dict[type, str] = {
    float: "number",
    BuiltinFunction: "number",
    ScriptIndex: "number",
    bool: "bool",
    int: "int64",
    Int32: "int32",
    str: "string",
    list: "array",
    type(None): "undefined",
    Pointer: "ptr",
    MethodType: "method",
}
