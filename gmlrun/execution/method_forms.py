"""Forms of static functions for calls: a form and its name go in, structs whose calls take it come out.

A call of a method that the compiler knows (`compiler/methods.py`) reads an attribute of its own from the struct's
class, where Python finds a function that it need not bind. Code that comes later, from the prompt or with a reload, may
store to a variable of that name: then the form is withdrawn, and such calls look for the variable.
"""

from __future__ import annotations

from gmlrun.errors import GmlError
from gmlrun.language import attribute, method_attribute
from gmlrun.lean import FunctionType
from gmlrun.runtime import GamePart
from gmlrun.unit import names_in
from gmlrun.values.model import Struct, Unset, is_callable, type_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set
    from types import CodeType
    from typing import Any

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

SETTERS = ("struct_set", "variable_struct_set", "variable_instance_set", "struct_set_from_hash")
SETTING = frozenset(("gml_setattr", "gml_struct_set", *SETTERS, *(f"gml_value_{name}" for name in SETTERS)))
"""The names in code that stores to variables by their names."""

MOST_NAMES = 10_000


class MethodForms(GamePart):
    """The forms of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.names: set[str] = set()
        """The statics that have a form."""
        self.withdrawn: set[str] = set()
        """Those that must have none any more."""
        self.mentioned: set[str] | None = None
        """The names in all code, once some has come after the first; empty where too many are to be kept."""
        self.is_set_unseen = False
        """Whether some of that code may store to any variable."""

    def know(self, name: str) -> None:
        """Lets calls of a static take its form; where a struct has none, they look for the variable."""
        self.names.add(name)
        if self.is_set_unseen or (self.mentioned is not None and attribute(name) in self.mentioned):
            self.withdraw({name})
        if method_attribute(name) not in vars(Struct):
            setattr(Struct, method_attribute(name), calling(name))

    def put(self, statics: type[Struct], name: str, form: Callable[..., Any] | None) -> None:
        """Gives a constructor's structs the form of a static, or takes it from them."""
        key = method_attribute(name)
        if form is not None and name not in self.withdrawn:
            setattr(statics, key, form)
        elif key in vars(statics):
            delattr(statics, key)

    def look_at(self, codes: Iterable[CodeType]) -> None:
        """Withdraws the forms of what more code, or the code that is there, may store to."""
        found = {name for code in codes for name in names_in(code)}
        if self.mentioned is None:
            self.mentioned = set()
            found.update(name for code in self._linked() for name in names_in(code))
        self.mentioned |= found
        self.is_set_unseen |= bool(found & SETTING) or len(self.mentioned) > MOST_NAMES
        if self.is_set_unseen:
            self.mentioned.clear()
        self.withdraw({n for n in self.names if self.is_set_unseen or attribute(n) in self.mentioned})

    def withdraw(self, names: Set[str]) -> None:
        """Lets calls of statics look for the variables of their names from now on."""
        new = (names & self.names) - self.withdrawn
        self.withdrawn |= new
        for cls in descendants(Struct) if new else ():
            for key in map(method_attribute, new):
                form = vars(cls).get(key)
                if form is not None and form.__globals__.get("gml_global") is self.rt.globals:
                    delattr(cls, key)

    def _linked(self) -> Iterator[CodeType]:
        """The code of the program."""
        for namespace in self.rt.namespaces:
            for value in namespace.values():
                if type(value) is FunctionType and value.__globals__ is namespace:
                    yield value.__code__


def calling(name: str) -> Callable[..., Any]:
    """The form that every struct has: it calls the struct's variable."""

    def call_variable(self: Struct, other: Value, target: Value, *args: Value) -> Value:
        found: Any = getattr(self, attribute(name), MISSING)
        if found is MISSING:
            raise Unset(name, name=attribute(name), obj=self)
        if not is_callable(found):
            from gmlrun.execution.failed_call import words

            raise GmlError(words(name, type_name(found)))
        return found(other, target, *args)

    return call_variable


MISSING = object()


def give_way(struct: Value, name: str) -> None:
    """Takes the form of a static from the class of a struct that is about to get a variable of its own of that name."""
    key = method_attribute(name)
    for cls in type(struct).__mro__:
        if cls is not Struct and key in vars(cls):
            delattr(cls, key)


def descendants(cls: type) -> Iterator[type]:
    """The classes below a class."""
    below: type
    for below in type.__subclasses__(cls):
        yield below
        yield from descendants(below)
