"""Targets before a dot and in `with`: numbers, handles and names go in, what has the variables comes out."""

from __future__ import annotations

from gmlrun.errors import GmlError
from gmlrun.execution.helpers import static_struct
from gmlrun.language import attribute, variable_name
from gmlrun.lean import FunctionType, MethodType, cached_property, ref
from gmlrun.runtime import GamePart
from gmlrun.values.conversions import to_int
from gmlrun.values.model import AssetRef, GmlClass, Handle, Struct, function_info, type_name
from gmlrun.values.text import quoted, string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value


class Group(metaclass=GmlClass):
    """Several instances as one target of a store: `obj_enemy.hp = 3` sets it in all of them."""

    __slots__ = ("__targets__",)
    __targets__: list[Struct]

    def __init__(self, targets: list[Struct]) -> None:
        object.__setattr__(self, "__targets__", targets)

    def __setattr__(self, name: str, value: Value) -> None:
        for target in self.__targets__:
            setattr(target, name, value)


class UnsetVariable(GmlError, AttributeError):
    """A variable that is not there, where no attribute of Python's own stands for it."""


class MethodStruct(Struct):
    """The struct of a method: its variables, behind them the statics of its function."""

    __statics__: Any = None

    def __getattr__(self, name: str) -> Value:
        if self.__statics__ is None or not hasattr(self.__statics__, name):
            raise UnsetVariable(f"Variable <unknown_object>.{variable_name(name)} not set before reading it.")
        return getattr(self.__statics__, name)


class MethodStructs:
    """The structs of the methods whose variables a game has asked for; each lives as long as its method."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[ref[Any], MethodStruct]] = {}

    def struct_of(self, method: Any) -> MethodStruct:
        """The struct of a method, always the same one. Manual: Method_Variables, Methods Are Structs."""
        key = id(method)
        if key not in self._made:
            made = MethodStruct()
            info = function_info(method)
            object.__setattr__(made, "__statics__", None if info is None else info.statics)
            self._made[key] = (ref(method, lambda _: self._made.pop(key, None)), made)
        return self._made[key][1]


class Targets(GamePart):
    """Resolves targets in one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.methods = MethodStructs()

    @cached_property
    def world(self) -> Any:
        from gmlrun.engine.world import World

        return self.rt.service(World)

    def read(self, value: Value, self_: Value, other: Value) -> Value:
        """The struct that `value.name` reads from, when value is no struct; raises GmlError when there is none."""
        if isinstance(value, Handle) or (isinstance(value, (float, int)) and not isinstance(value, bool)):
            found = self.world.resolve(value, self_, other)
            if found is not None:
                return found
            raise GmlError(no_instance(value))
        if isinstance(value, (FunctionType, MethodType)):
            if type_name(value) == "method":
                return self.methods.struct_of(value)
            info = function_info(value)
            if info is not None and info.statics is not None:
                return info.statics
        raise GmlError(f"unable to read a variable of {quoted(value)}, which is not a struct or an instance")

    def called(self, value: Value, self_: Value, other: Value) -> Value:
        """The struct whose method is called, when what stands before the dot is no struct."""
        return static_struct(self.read(value, self_, other))

    def write(self, value: Value, self_: Value, other: Value) -> Value:
        """The structs that `value.name = …` stores to: an object's name or `all` means every instance."""
        if isinstance(value, (AssetRef, float)) and not isinstance(value, bool):
            found = self.world.targets(value, self_, other)
            if found:
                return found[0] if len(found) == 1 else Group(found)
            raise GmlError(no_instance(value))
        return self.read(value, self_, other)

    def each(self, value: Value, self_: Value, other: Value) -> Iterator[Value]:
        """The targets of `with`, from a snapshot; those that are gone by their turn are left out."""
        if type(type(value)) is GmlClass and not hasattr(type(value), "id"):
            yield value
            return
        if type_name(value) == "method":
            yield self.methods.struct_of(value)
            return
        for target in self.world.targets(value, self_, other):
            if not getattr(target, "__away__", False):
                yield target

    def still(self, value: Value, self_: Value, other: Value) -> list[Value]:
        """The same for a body that cannot end or deactivate an instance."""
        if type(type(value)) is GmlClass and not hasattr(type(value), "id"):
            return [value]
        if type_name(value) == "method":
            return [self.methods.struct_of(value)]
        found: list[Value] = self.world.targets(value, self_, other)
        return found

    def struct_get(self, struct: Value, key: Value, self_: Value, other: Value) -> Value:
        """`s[$ key]`: undefined when there is no such variable."""
        target = struct if type(type(struct)) is GmlClass else self.read(struct, self_, other)
        name = key if type(key) is str else string_of(key)
        return getattr(target, attribute(name), None)

    def struct_set(self, struct: Value, key: Value, self_: Value, other: Value, value: Value) -> None:
        """`s[$ key] = value`."""
        target = struct if type(type(struct)) is GmlClass else self.write(struct, self_, other)
        name = key if type(key) is str else string_of(key)
        setattr(target, attribute(name), value)


def no_instance(value: Value) -> str:
    """GameMaker's words for a target that names no instance."""
    if isinstance(value, AssetRef):
        return f"Unable to find any instance for object index '{value.index}' name '{value.name}'"
    index = value.index if isinstance(value, Handle) else to_int(value)
    return f"Unable to find instance for object index {index}"
