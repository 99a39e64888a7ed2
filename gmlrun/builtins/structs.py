"""Variables by name: of structs, instances and the game. Manual: Variable_Functions."""

from __future__ import annotations

from gmlrun.builtins.registry import Array, Chapter, Function, Int, Real, String
from gmlrun.engine.instances import BUILTIN_VARIABLES, Instance
from gmlrun.errors import GmlError
from gmlrun.execution.helpers import StaticStruct, remove_variable, set_statics
from gmlrun.execution.targets import Targets
from gmlrun.language import attribute
from gmlrun.lean import FunctionType, MethodType
from gmlrun.runtime import GamePart, GlobalStruct, Runtime
from gmlrun.values.model import GmlClass, Handle, Struct, Value, is_callable, is_variable, own_variables
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

chapter = Chapter("Variable_Functions")


def target_of(rt: Runtime, value: Value, self: Value, other: Value) -> Any:
    """The struct or instance that a value means; raises for anything else."""
    if type(type(value)) is GmlClass:
        return value
    if isinstance(value, (Handle, float, int)) or is_callable(value):
        return rt.service(Targets).read(value, self, other)
    raise GmlError(f"{quoted(value)} is not a struct or an instance")


def get(rt: Runtime, self: Value, other: Value, struct: Value, name: String) -> Value:
    """The variable of that name, undefined when there is none."""
    return getattr(target_of(rt, struct, self, other), attribute(name), None)


def put(rt: Runtime, self: Value, other: Value, struct: Value, name: String, val: Value) -> None:
    """Sets a variable, which is made if need be."""
    setattr(target_of(rt, struct, self, other), attribute(name), val)


def exists(rt: Runtime, self: Value, other: Value, struct: Value, name: String) -> bool:
    """Whether there is a variable of that name."""
    target = instance_or_none(rt, struct, self, other)
    return target is not None and hasattr(target, attribute(name))


def remove(rt: Runtime, self: Value, other: Value, struct: Value, name: String) -> None:
    """Removes a variable, if it is there."""
    remove_variable(target_of(rt, struct, self, other), attribute(name))


def names_of(target: Any) -> list[str]:
    """The names of a target's own variables; an instance's built-in ones are left out."""
    if not isinstance(target, Instance) and "__" not in "".join(vars(target)):
        return list(vars(target))  # no name is mangled
    hidden = BUILTIN_VARIABLES if isinstance(target, Instance) else frozenset()
    return [name for name, _ in own_variables(target) if name not in hidden]


def names(rt: Runtime, self: Value, other: Value, struct: Value) -> Array:
    """An array with the names of the variables, in the order in which they were made."""
    target = instance_or_none(rt, struct, self, other)
    return [] if target is None else names_of(target)


def count(rt: Runtime, self: Value, other: Value, struct: Value) -> Real:
    """How many variables there are."""
    target = instance_or_none(rt, struct, self, other)
    return 0 if target is None else len(names_of(target))


def renamed(function: Callable[..., Value], name: str, **parameters: str) -> Callable[..., Value]:
    """A builtin under another name, with its parameters called as the manual calls them."""
    code = function.__code__
    variables = tuple(parameters.get(variable, variable) for variable in code.co_varnames)
    made = FunctionType(code.replace(co_varnames=variables, co_name=name), function.__globals__, name)
    made.__annotations__ = {parameters.get(k, k): v for k, v in function.__annotations__.items()}
    made.__doc__, made.__module__, made.__defaults__ = function.__doc__, __name__, function.__defaults__
    return chapter(made)


FAMILIES: dict[str, tuple[Callable[..., Value], dict[str, str]]] = {
    "struct_get": (get, {}),
    "struct_set": (put, {}),
    "struct_exists": (exists, {}),
    "struct_remove": (remove, {}),
    "struct_get_names": (names, {}),
    "struct_names_count": (count, {"struct": "struct_id"}),
    "variable_struct_get": (get, {}),
    "variable_struct_set": (put, {}),
    "variable_struct_exists": (exists, {}),
    "variable_struct_remove": (remove, {}),
    "variable_struct_get_names": (names, {}),
    "variable_struct_names_count": (count, {"struct": "struct_id"}),
    "variable_instance_get": (get, {"struct": "instance_id"}),
    "variable_instance_set": (put, {"struct": "instance_id"}),
}
"""Functions that differ in their names alone: what each does, and its own names for parameters."""

globals().update({name: renamed(function, name, **own) for name, (function, own) in FAMILIES.items()})


def instance_or_none(rt: Runtime, value: Value, self: Value, other: Value) -> Value:
    """The target of the functions that take a missing instance for an empty one."""
    if isinstance(value, (Handle, float, int)):
        return rt.service(Targets).world.resolve(value, self, other)
    return target_of(rt, value, self, other)


@chapter
def variable_instance_exists(rt: Runtime, self: Value, other: Value, instance_id: Value, name: String) -> bool:
    """Whether an instance has a variable of that name."""
    target = instance_or_none(rt, instance_id, self, other)
    return target is not None and hasattr(target, attribute(name))


@chapter
def variable_instance_get_names(rt: Runtime, self: Value, other: Value, instance_id: Value) -> Value:
    """An array with the names of an instance's variables, built-in ones left out."""
    target = instance_or_none(rt, instance_id, self, other)
    return [] if target is None else names_of(target)


@chapter
def variable_instance_names_count(rt: Runtime, self: Value, other: Value, instance_id: Value) -> Real:
    """How many variables an instance has, built-in ones left out."""
    target = instance_or_none(rt, instance_id, self, other)
    return 0 if target is None else len(names_of(target))


@chapter
def struct_foreach(rt: Runtime, self: Value, other: Value, struct: Value, func: Function) -> None:
    """Calls a function with the name and the value of each variable of a struct."""
    target = target_of(rt, struct, self, other)
    for name, _ in list(own_variables(target)):
        rt.call(func, self, other, name, getattr(target, attribute(name), None))


# ----------------------------------------------------------------------- global


@chapter
def variable_global_exists(rt: Runtime, name: String) -> bool:
    """Whether there is a global variable of that name."""
    return hasattr(rt.globals, attribute(name))


@chapter
def variable_global_get(rt: Runtime, name: String) -> Value:
    """A global variable, undefined when there is none."""
    return getattr(rt.globals, attribute(name), None)


@chapter
def variable_global_set(rt: Runtime, name: String, val: Value) -> None:
    """Sets a global variable."""
    setattr(rt.globals, attribute(name), val)


# ----------------------------------------------------------------------- hashes


class Hashes(GamePart):
    """The numbers that variable_get_hash gives to names."""

    def __init__(self, rt: Runtime) -> None:
        self.by_name: dict[str, int] = {}
        self.names: list[str] = []

    def of(self, name: str) -> int:
        """A name's number, the same each time."""
        if name not in self.by_name:
            self.by_name[name] = len(self.names)
            self.names.append(name)
        return self.by_name[name]

    def name(self, number: int) -> str:
        """The name behind a number; one that names nothing is no variable's name."""
        return self.names[number] if 0 <= number < len(self.names) else ""


@chapter
def variable_get_hash(hashes: Hashes, name: String) -> Real:
    """A number that stands for a variable's name in the functions that take a hash."""
    return hashes.of(name)


@chapter
def struct_get_from_hash(rt: Runtime, hashes: Hashes, self: Value, other: Value, struct: Value, hash: Int) -> Value:
    """The variable whose name has that hash, undefined when there is none."""
    return get(rt, self, other, struct, hashes.name(hash))


@chapter
def struct_set_from_hash(
    rt: Runtime, hashes: Hashes, self: Value, other: Value, struct: Value, hash: Int, val: Value
) -> None:
    """Sets the variable whose name has that hash."""
    put(rt, self, other, struct, hashes.name(hash), val)


@chapter
def struct_exists_from_hash(rt: Runtime, hashes: Hashes, self: Value, other: Value, struct: Value, hash: Int) -> bool:
    """Whether there is a variable whose name has that hash."""
    return exists(rt, self, other, struct, hashes.name(hash))


@chapter
def struct_remove_from_hash(rt: Runtime, hashes: Hashes, self: Value, other: Value, struct: Value, hash: Int) -> None:
    """Removes the variable whose name has that hash."""
    remove(rt, self, other, struct, hashes.name(hash))


# ----------------------------------------------------------------------- copies


@chapter
def variable_clone(value: Value, depth: Int = 128) -> Value:
    """A copy of a value: arrays and structs are copied to the given depth, handles are not."""
    return cloned(value, depth, {})


def cloned(value: Value, depth: int, done: dict[int, Value]) -> Value:
    """A copy in which what was shared or cyclic is so again."""
    if type(value) is not list and not (isinstance(value, Struct) and not isinstance(value, Instance)):
        return value
    if id(value) in done:
        return done[id(value)]
    if type(value) is list:
        made: Any = done.setdefault(id(value), [])
        made.extend(value if depth <= 0 else (cloned(item, depth - 1, done) for item in value))
        return made
    assert isinstance(value, Struct)
    is_single = isinstance(value, (GlobalStruct, StaticStruct))
    made = done.setdefault(id(value), Struct() if is_single else type(value)())
    for name, member in vars(value).items():
        if is_variable(name) or not is_single:  # structs of the library keep variables under other names
            vars(made)[name] = (
                rebound(member, value, made) if depth <= 0 else cloned_member(member, value, made, depth, done)
            )
    return made


def cloned_member(member: Value, owner: Value, made: Value, depth: int, done: dict[int, Value]) -> Value:
    return rebound(cloned(member, depth - 1, done), owner, made)


def rebound(member: Value, owner: Value, made: Value) -> Value:
    """A method bound to the original becomes one bound to the copy."""
    if type(member) is MethodType and member.__self__ is owner:
        return MethodType(member.__func__, made)
    return member


@chapter
def static_set(struct: Value, static_struct: Value) -> None:
    """Replaces the statics that a struct inherits by those of another static struct."""
    if not isinstance(struct, Struct) or not isinstance(static_struct, Struct) or isinstance(struct, Instance):
        raise GmlError("static_set: two structs are expected")
    set_statics(struct, static_struct)
