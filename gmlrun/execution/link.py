"""Linking: compiled units and a Runtime go in, running functions in fresh namespaces come out."""

from __future__ import annotations

import builtins as python
import itertools
import math
import sys

from gmlrun.execution import helpers
from gmlrun.execution.accessors import entries, grid_get, grid_set, held_get, list_get, list_set, map_get, map_set
from gmlrun.execution.boundary import is_ended
from gmlrun.execution.direct_calls import direct_code, direct_form
from gmlrun.execution.failed_call import callee
from gmlrun.execution.faults import Faults
from gmlrun.execution.headless import absent_call, absent_value
from gmlrun.execution.method_forms import MethodForms
from gmlrun.execution.targets import Targets
from gmlrun.lean import FunctionType, MethodType, Protocol, cache, import_module
from gmlrun.unit import METHOD_FORM, READY_REALS
from gmlrun.values import operators
from gmlrun.values.containers import DsGrid, DsList, DsMap, DsQueue, DsStack
from gmlrun.values.conversions import wrap_int64
from gmlrun.values.model import Attributes, BuiltinFunction, FunctionInfo, GmlClass, Int32, Struct
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from gmlrun.runtime import Runtime
    from gmlrun.unit import FunctionEntry, Unit
    from gmlrun.values.model import Value

FIRST_SCRIPT_INDEX = 100000


class Library(Protocol):
    """The builtins as the linker needs them; game.py brings them (layer 1 knows no builtin)."""

    def bind(self, module: str, name: str, rt: Runtime) -> Callable[..., Any]:
        """A builtin function, as emitted code calls it in this game."""

    def callback(self, module: str, name: str, rt: Runtime) -> Callable[..., Any]:
        """A builtin function as a value that is called as `callee(other, self, *args)`."""

    def constant(self, module: str, name: str) -> Value:
        """A constant's value."""

    def variable(self, module: str, name: str, rt: Runtime) -> tuple[Callable[[], Any], Callable[[Any], None]]:
        """The getter and the setter of a built-in global variable."""


class Linker:
    """Puts units into one game; a script function that is linked again replaces the old one everywhere."""

    def __init__(self, rt: Runtime, library: Library) -> None:
        self.rt = rt
        self.library = library
        self.helpers = helpers_for(rt)
        self.forms = rt.service(MethodForms)
        self.has_limits = rt.settings.limits is not None or rt.settings.event_timeout is not None
        if self.has_limits:
            self.helpers = {name: self._claimed(name[4:], found) for name, found in self.helpers.items()}
        self.numbers: dict[str, int] = {}
        """The numbers of script functions, by name."""
        self._bound: dict[tuple[str, str], Callable[..., Any]] = {}

    def number(self, name: str) -> int:
        """The number of a script function: the next one for a new name."""
        return self.numbers.setdefault(name, FIRST_SCRIPT_INDEX + len(self.numbers))

    def link(self, units: Iterable[Unit]) -> list[dict[str, Any]]:
        """Links units that may name each other's functions; returns the namespace of each.

        `connect` must follow, once the assets that the units name exist.
        """
        units, made = list(units), []
        if any(True for _ in self.rt.namespaces):
            self.forms.look_at(unit.code for unit in units)
        for unit in units:
            rare = self._rare_helpers(unit.links.rare)
            namespace = {"__builtins__": {}, "__name__": unit.name, **self.helpers, **rare}
            unit.define(namespace)
            for entry in unit.functions:
                self._describe(namespace, entry)
            self.rt.namespaces.add(namespace)
            made.append(namespace)
            self._fill(namespace, unit)
        return made

    def _rare_helpers(self, names: Iterable[str]) -> dict[str, Any]:
        """The helpers that code names of those whose modules most programs do without."""
        named = {name: RARE[name](self.rt) for name in names}
        return {name: self._claimed(name[4:], found) for name, found in named.items()} if self.has_limits else named

    def connect(self) -> None:
        """Gives every unit the script functions and assets that it names, as they are now."""
        for namespace in self.rt.namespaces:
            self._connect(namespace)

    def _describe(self, namespace: dict[str, Any], entry: FunctionEntry) -> None:
        """Gives a function its FunctionInfo, its statics, and a script function its index."""
        function: FunctionType = namespace[entry.python_name]
        info = FunctionInfo(entry.python_name, entry.script or None, is_constructor=entry.is_constructor)
        info.parameters, info.parent = entry.parameters, entry.parent
        function.gml = info  # type: ignore[attr-defined]
        count_calls(function)
        method_form: FunctionType | None = namespace.get(entry.python_name + METHOD_FORM)
        if method_form is not None:
            method_form.gml = info  # type: ignore[attr-defined]
            count_calls(method_form)
        for name, python_name in entry.methods:
            if python_name + METHOD_FORM in namespace:
                self.forms.know(name)
        if entry.statics:
            info.statics = namespace[entry.statics] = self._statics(entry, namespace)
            info.struct_class = info.statics if entry.is_constructor else None
        if entry.is_constructor:
            function = namespace[entry.python_name] = helpers.constructor_value(function, entry.is_called_directly)
        if entry.script:
            self._register(entry.script, function, info)

    def _statics(self, entry: FunctionEntry, namespace: dict[str, Any]) -> Value:
        """A function's static struct; one that replaces another takes over that one's, with its own functions in it."""
        old = self.rt.functions.get(entry.script) if entry.script else None
        if old is not None and old.gml.statics is not None and old.gml.is_constructor == entry.is_constructor:  # type: ignore[attr-defined]
            statics = old.gml.statics  # type: ignore[attr-defined]
            statics.__fresh__ = True
            for name, python_name in entry.methods:
                helpers.set_static(statics, name, namespace[python_name])
                self.forms.put(statics, name, namespace.get(python_name + METHOD_FORM))
            return statics
        return helpers.new_statics(entry.is_constructor, entry.gml_name)

    def _register(self, name: str, function: FunctionType, info: FunctionInfo) -> None:
        rt = self.rt
        info.index = self.number(name)
        rt.functions[name] = rt.script_indices[info.index] = function
        rt.assets[name] = function

    def _fill(self, namespace: dict[str, Any], unit: Unit) -> None:
        """The names that do not depend on other units."""
        links, rt = unit.links, self.rt
        for name, module in links.builtins:
            namespace[name] = self._bind(module, name)
        for name, module in links.builtin_values:
            number = 1 + sum(map(ord, name))
            value = self._claimed(name, self.library.callback(module, name, rt), skipped=2)
            namespace[f"gml_value_{name}"] = BuiltinFunction(number, name, value)
        for name, module in links.constants:
            namespace[f"gml_constant_{name}"] = self.library.constant(module, name)
        for name, module in links.variables:
            getter, setter = self.library.variable(module, name, rt)
            namespace[f"gml_get_{name}"], namespace[f"gml_set_{name}"] = getter, setter
        for name in links.scripts:
            if name not in rt.functions:
                namespace[f"gml_Script_{name}"] = None
        namespace["gml_linked"] = (links.scripts, dict(links.calls), links.assets)
        namespace["gml_reads_places"] = links.reads_places
        namespace["gml_reads_pictures"] = links.reads_pictures
        namespace["gml_runs_timelines"] = links.runs_timelines

    def _connect(self, namespace: dict[str, Any]) -> None:
        """Script functions and assets, which another unit may have defined or replaced since."""
        scripts, calls, assets = namespace["gml_linked"]
        for name in scripts:
            function: Any = self.rt.functions.get(name) or self.rt.natives[name]
            namespace[f"gml_Script_{name}"] = function
            if name in calls:
                namespace[f"gml_Direct_{name}"] = direct_form(function, calls[name])
            if hasattr(function, "constructs"):
                namespace[f"gml_Class_{name}"] = function.gml.struct_class
                namespace[f"gml_Code_{name}"] = direct_code(function.constructs, calls.get(name, 0))
        for name in assets:
            namespace[f"gml_asset_{name}"] = self.rt.assets.get(name)

    def _bind(self, module: str, name: str) -> Callable[..., Any]:
        found = self._bound.get((module, name))
        if found is None:
            found = self._bound[module, name] = self._claimed(name, self.library.bind(module, name, self.rt))
        return found

    def _claimed(self, name: str, function: Callable[..., Any], skipped: int = 0) -> Callable[..., Any]:
        """A function behind the limits of memory and time, where the game has any."""
        if not self.has_limits:
            return function
        from gmlrun.sandbox.claims import claimed

        return claimed(self.rt, name, function, skipped)


def count_calls(function: FunctionType) -> None:
    """Has Python count every call of a function against the limit of depth.

    Where Python 3.13 has seen a call of a function with `*rest` some times, it makes it by an instruction that does
    not count, so that recursion has no end, and from 3.13.8 to 3.13.12 by one that damages its stack. A function whose
    defaults were set is never called by these instructions; the usual one takes no longer.
    """
    if sys.version_info >= (3, 13):
        function.__defaults__ = function.__defaults__


def helpers_for(rt: Runtime) -> dict[str, Any]:
    """The names with `gml_` in front that any unit may use, for one game."""
    comparison, targets = operators.Comparison(rt), rt.service(Targets)
    return {
        **shared_helpers(),
        **{helper: getattr(comparison, name) for helper, name in COMPARISONS},
        "gml_global": rt.globals,
        "gml_dot": targets.read,
        "gml_dot_all": targets.write,
        "gml_dot_called": targets.called,
        "gml_targets": targets.each,
        "gml_still_targets": targets.still,
        "gml_struct_get": targets.struct_get,
        "gml_struct_set": targets.struct_set,
        "gml_set_method": rt.service(MethodForms).put,
        "gml_caught": rt.service(Faults).caught,
        "gml_attributes": Attributes(),
        **{name: MethodType(function, rt) for name, function in OF_A_GAME.items()},
    }


@cache
def shared_helpers() -> dict[str, Any]:
    """Those helpers that are the same for all games."""
    named: dict[str, Any] = {name: getattr(operators, name) for name in OPERATORS}
    named.update({name: getattr(helpers, name) for name in HELPERS})
    named.update(PYTHON, text=string_of, errors=Exception, exception=sys.exception, is_ended=is_ended)
    return {f"gml_{name}": value for name, value in named.items()}


COMPARISONS = tuple((f"gml_{name}", name) for name in ("eq", "ne", "lt", "le", "gt", "ge", "whole_equal"))
OPERATORS = [
    "add",
    "sub",
    "mul",
    "div",
    "int_div",
    "mod",
    "neg",
    "bit_and",
    "bit_or",
    "bit_xor",
    "bit_not",
    "shift_left",
    "shift_right",
    "logical_xor",
    "truth",
    "increment",
    "decrement",
]

HELPERS = [
    "no_array",
    "array",
    "negative",
    "array_store",
    "argument",
    "set_argument",
    "pad",
    "repeat",
    "step_member",
    "step_element",
    "step_accessor",
    "step_variable",
    "range_end",
    "is_nullish",
    "fmod",
    "struct",
    "fill",
    "new",
    "leading",
    "own",
    "plain",
    "parent",
    "inherit",
    "set_static",
    "declare_static",
    "throw",
]

PYTHON: dict[str, Any] = {
    "type": python.type,
    "real": python.float,
    "float": python.float,
    "reals": tuple(map(python.float, python.range(READY_REALS))),
    "int": python.int,
    "int64": python.int,
    "exact": frozenset((python.int, python.str, python.bool, Int32, python.type(None))),
    "int32": Int32,
    "bool": python.bool,
    "str": python.str,
    "list": python.list,
    "len": python.len,
    "ord": python.ord,
    "chr": python.chr,
    "getattr": python.getattr,
    "setattr": python.setattr,
    "hasattr": python.hasattr,
    "int32s": operators.INT32S,
    "abs": python.abs,
    "round": python.round,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "atan2": math.atan2,
    "hypot": math.hypot,
    "radians": math.radians,
    "degrees": math.degrees,
    "class": GmlClass,
    "entries": entries,
    "wrap_int64": wrap_int64,
    "method": MethodType,
    "function": FunctionType,
    "map": DsMap,
    "ds_list": DsList,
    "grid": DsGrid,
    "queue": DsQueue,
    "stack": DsStack,
    "new_struct": Struct,
    "trunc": math.trunc,
    "times": itertools.repeat,
    "range": python.range,
    "unset": (NameError, AttributeError),
    "refused": (AttributeError, TypeError, IndexError, NameError),
    "no_element": (IndexError, TypeError),
}


def random_part(name: str) -> Callable[[Runtime], Any]:
    """A function of the generator of random numbers."""

    def part(rt: Runtime) -> Any:
        from gmlrun.values.random import Random

        return getattr(rt.service(Random), name)

    return part


def module_part(module: str, name: str) -> Callable[[Runtime], Any]:
    """A class or a table of a module of values."""
    return lambda rt: getattr(import_module(f"gmlrun.values.{module}"), name)


RARE: dict[str, Callable[[Runtime], Any]] = {
    "gml_priority": module_part("priority", "DsPriority"),
    "gml_buffer": module_part("buffers", "Buffer"),
    "gml_readers": module_part("buffer_access", "READERS"),
    "gml_writers": module_part("buffer_access", "WRITERS"),
    "gml_unit": random_part("unit"),
    "gml_below": random_part("below"),
    "gml_bits": random_part("next_u32"),
}
"""How each of `unit.RARE` is made."""

OF_A_GAME: dict[str, Callable[..., Any]] = {
    "gml_absent": absent_call,
    "gml_absent_value": absent_value,
    "gml_callee": callee,
    "gml_list_get": list_get,
    "gml_list_set": list_set,
    "gml_map_get": map_get,
    "gml_held_get": held_get,
    "gml_map_set": map_set,
    "gml_grid_get": grid_get,
    "gml_grid_set": grid_set,
}
"""The helpers whose first argument is the game: as bound methods, the cheapest form to call."""
