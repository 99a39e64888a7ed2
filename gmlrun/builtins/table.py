"""The library as the compiler and the linker see it: look-ups of names, and builtins bound to one game."""

from __future__ import annotations

from gmlrun.builtins import binding, catalogue, index
from gmlrun.builtins.enumerations import enumeration
from gmlrun.builtins.registry import Builtin, Variable
from gmlrun.engine import events
from gmlrun.lean import NamedTuple, cache, cached_property, import_module
from gmlrun.runtime import Runtime
from gmlrun.values import constants
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


@cache
def known_names() -> dict[str, dict[str, Any]]:
    """Facts of every GameMaker name: kind, family, level, parameters."""
    import json
    from importlib.resources import files

    text = (files("gmlrun.builtins") / "names.json").read_text(encoding="utf-8")
    facts: dict[str, dict[str, object]] = json.loads(text)
    return facts


def family_of(facts: dict[str, Any]) -> str:
    """The chapter of the manual that describes a name, in words: Drawing, Audio, Game Input, …"""
    family: str = facts.get("subject") or facts["family"]
    return family.removeprefix("Asset_Management/").split("/")[0].replace("_", " ")


class ConstantFacts(NamedTuple):
    """A constant: its value when emitted code can hold it, else the module that defines it."""

    value: Value
    module: str = ""


class VariableFacts(NamedTuple):
    module: str
    read_only: bool
    is_steady: bool


class Table:
    """The compiler's NameTable over all chapter modules, which are imported when first asked."""

    @property
    def identity(self) -> str:
        """A text that differs for programs that are compiled with other names than the library's."""
        return ""

    @cached_property
    def index(self) -> index.LibraryIndex:
        """The chapter module of each name."""
        return index.load()

    def function(self, name: str) -> Builtin | None:
        """The builtin function of that name."""
        module = None if name.startswith("__") else self.index.functions.get(name)
        return None if module is None else catalogue.find(module, name)

    def built_in_variable(self, name: str) -> Variable | None:
        """The built-in global variable of that name, as the library has it."""
        module = self.index.variables.get(name)
        return None if module is None else catalogue.find_variable(module, name)

    def variable(self, name: str) -> VariableFacts | None:
        """The built-in global variable of that name, as the compiler needs it."""
        found = self.built_in_variable(name)
        return None if found is None else VariableFacts(found.module, found.set is None, found.is_steady)

    def constant(self, name: str) -> ConstantFacts | None:
        """The built-in constant of that name."""
        module = self.index.constants.get(name)
        if module is None:
            return None
        value = constant_of(module, name)
        return ConstantFacts(value, "" if type(value) in (float, int, bool, str, type(None)) else module)

    def enumeration(self, name: str) -> dict[str, int] | None:
        """The members of an enum of GameMaker's own."""
        return enumeration(name)

    def absent(self, name: str) -> str:
        """The family of a name of GameMaker's that gmlrun does not have, or empty."""
        facts = known_names().get(name)
        if facts is None or facts["level"] != "gui" or name in self.index:
            return ""
        return family_of(facts)

    def absent_function(self, name: str) -> str:
        """The family of a function of GameMaker's, of any platform and version, that gmlrun lacks, or empty."""
        from gmlrun.builtins.elsewhere import family_elsewhere

        return self.absent(name) or ("" if name in self.index else family_elsewhere(name))

    def absent_result(self, name: str) -> str:
        """The kind of what an absent function gives: as the manual has it, or as its name tells; else empty."""
        from gmlrun.builtins.elsewhere import family_elsewhere, kind_of_result

        facts = known_names().get(name)
        if facts is None:
            return kind_of_result(name) if family_elsewhere(name) else ""
        return "" if facts["kind"] != "function" else facts.get("gives") or kind_of_result(name)

    def constant_operation(self, operator: str, *operands: Value) -> Value:
        """The result of an operator for constants; raises GmlError for operands that it refuses."""
        return constants.operation(operator, *operands)

    def constant_call(self, name: str, arguments: list[Value]) -> Value:
        """The value of a call with constant arguments; LookupError for a function that depends on more than these."""
        builtin = self.function(name)
        if builtin is None or name not in CONSTANT_FUNCTIONS:
            raise LookupError(name)
        most = builtin.maximum
        if len(arguments) < builtin.minimum or (most is not None and len(arguments) > most):
            raise LookupError(name)
        return binding.bind(builtin, Runtime())(*arguments)

    def function_names(self) -> list[str]:
        """All names of functions, those that gmlrun lacks included."""
        return [name for name, facts in known_names().items() if facts["kind"] == "function"]

    def value_names(self) -> list[str]:
        """All names of variables and constants, those that gmlrun lacks included."""
        return [name for name, facts in known_names().items() if facts["kind"] != "function"]

    def event_entry(self, owner: str, event: str) -> str | None:
        """The code entry name of an event as written, None for an unknown one."""
        if other := events.collides_with(event):
            return f"gml_Object_{owner}_Collision_{other}"
        number = events.event_number_of(event)
        return None if number is None else f"gml_Object_{owner}_{events.entry_suffix(number)}"

    def collides_with(self, event: str) -> str:
        """The name of the object that a Collision event as written is with, empty for other events."""
        return events.collides_with(event)

    def event_names(self) -> list[str]:
        """All names of events, those of keys included."""
        from gmlrun.engine.keys import KEYS

        keys = [f"{type_}:{prefix}{key}" for type_ in events.KEY_TYPES for prefix in ("", "vk_") for key in KEYS]
        return [*events.EVENT_NAMES, *keys]


CONSTANT_FUNCTIONS = frozenset(
    (
        "abs",
        "arccos",
        "arcsin",
        "arctan",
        "arctan2",
        "bool",
        "ceil",
        "chr",
        "clamp",
        "cos",
        "darccos",
        "darcsin",
        "darctan",
        "darctan2",
        "dcos",
        "degtorad",
        "dsin",
        "dtan",
        "exp",
        "floor",
        "frac",
        "int64",
        "lerp",
        "ln",
        "log10",
        "log2",
        "logn",
        "make_color_rgb",
        "make_colour_rgb",
        "max",
        "mean",
        "median",
        "min",
        "ord",
        "power",
        "radtodeg",
        "real",
        "round",
        "sign",
        "sin",
        "sqr",
        "sqrt",
        "string",
        "string_length",
        "tan",
    )
)
"""The functions that give the same for the same constants, so that an enum may call them."""


class BoundLibrary:
    """The linker's Library: imports a chapter module only when a unit names something in it."""

    def bind(self, module: str, name: str, rt: Runtime) -> Callable[..., Value]:
        """A builtin's wrapper for this game."""
        return binding.binder_of(module, name)(rt)

    def callback(self, module: str, name: str, rt: Runtime) -> Callable[..., Value]:
        """A builtin as a value of this game."""
        return binding.callback(catalogue.find(module, name), rt)

    def constant(self, module: str, name: str) -> Value:
        """A constant's value."""
        return constant_of(module, name)

    def variable(self, module: str, name: str, rt: Runtime) -> tuple[Callable[[], Value], Callable[[Value], None]]:
        """A built-in variable's getter and setter for this game."""
        found = catalogue.find_variable(module, name)
        setter = found.set

        def put(value: Value) -> None:
            if setter is not None:
                setter(rt, value)

        return found.direct(rt) if found.direct is not None else lambda: found.get(rt), put


def constant_of(module: str, name: str) -> Value:
    """The value of a constant of a chapter module."""
    return import_module(module).CONSTANTS[name]


def describe_name(name: str) -> str | None:
    """The text of `gmlrun doc` for a name: signature, description, page; None for no name of GameMaker's."""
    from gmlrun.builtins.manual import address_of

    table = Table()
    function, variable, constant = table.function(name), table.built_in_variable(name), table.constant(name)
    if function is not None:
        return entry(function.typed_signature, function.description, address_of(name, function.folder))
    if variable is not None:
        read_only = "" if variable.set is not None else " It is read-only."
        return entry(name, f"{variable.description}{read_only}", address_of(name, variable.folder))
    facts = known_names().get(name)
    if facts is None:
        return None
    page = address_of(name, facts["family"])
    if constant is not None:
        from gmlrun.values.text import quoted_whole

        return entry(f"{name} = {quoted_whole(constant.value)}", f"A constant of {family_of(facts)}.", page)
    return entry(name, description_of(facts), page)


def entry(head: str, description: str, address: str) -> str:
    """A head line, what it is and where the manual has it."""
    return f"{head}\n    {description}" + (f"\n    Manual: {address}" if address else "")


def description_of(facts: dict[str, object]) -> str:
    """A name that no chapter module defines: the language's, an instance's, or one that needs a screen."""
    if facts["level"] == "gui":
        return f"A {facts['kind']} of {family_of(facts)}, which a run without a screen does not have."
    if facts.get("scope") == "instance":
        return "A variable of every instance." + (" It is read-only." if facts.get("readonly") else "")
    return f"A {facts['kind']} of the language itself."
