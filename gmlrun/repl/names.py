"""The names of a running session, for completion and signatures: a session goes in, names by place come out.

It only looks: no code of the program runs, whatever somebody is typing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import FunctionType, MethodType
from typing import Any

from gmlrun.engine.events import EVENT_NAMES
from gmlrun.engine.instances import BUILTIN_VARIABLES, Instance, InstanceRef, ObjectType
from gmlrun.language import KEYWORDS, LITERAL_NAMES, SCOPE_NAMES, attribute, variable_name
from gmlrun.repl.completion import Named
from gmlrun.repl.session import Session
from gmlrun.values.model import GmlClass, Struct, function_info, own_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

LITERALS = (*LITERAL_NAMES, *sorted(SCOPE_NAMES))
NOTHING = object()


class SessionNames:
    """See completion.Names; `get_session` gives the session of the moment."""

    def __init__(self, get_session: Callable[[], Session]) -> None:
        self.get_session = get_session

    def named(self) -> Iterator[tuple[str, str]]:
        """Locals, variables, the program's functions, enums, macros and assets, then GameMaker's own names."""
        session = self.get_session()
        symbols, index = session.lines.symbols, session.table.index
        yield from of_kind(session.locals, "local")
        yield from of_kind(session.instance, "variable")
        yield from ((name, "function") for name in session.function_names())
        yield from ((name, "enum") for name in session.enums)
        yield from ((name, "globalvar") for name in (symbols.globalvars if symbols is not None else ()))
        yield from ((name, "macro") for name in session.lines.macros)
        yield from ((name, getattr(asset, "kind", "asset")) for name, asset in list(session.game.rt.assets.items()))
        yield from ((name, "variable") for name in sorted(BUILTIN_VARIABLES))
        yield from ((name, "function") for name in sorted(index.functions) if not name.startswith("__"))
        yield from ((name, "variable") for name in sorted(index.variables))
        yield from ((name, "constant") for name in sorted(index.constants))
        yield from ((name, "constant") for name in LITERALS)
        yield from ((name, "keyword") for name in sorted(KEYWORDS))

    def style_of(self, name: str) -> str:
        """How a name is coloured."""
        session = self.get_session()
        index = session.table.index
        if name in LITERALS or name in index.constants:
            return "constant"
        if name in index.functions or name in session.game.rt.functions:
            return "function"
        return "reference" if name in session.game.rt.assets else ""

    def events(self) -> Iterator[tuple[str, str]]:
        """The names of events."""
        return ((name, "event") for name in EVENT_NAMES)

    def parameters(self, name: str) -> Sequence[str] | None:
        """The parameters of a function, optional ones in brackets."""
        session = self.get_session()
        own = session.parameters(name)
        if own is not None:
            return own
        found = session.table.function(name)
        if found is None:
            return None
        return [f"[{p.name}]" if p.optional else f"{p.name}…" if p.variadic else p.name for p in found.parameters]

    def members(self, chain: Sequence[str]) -> Named:
        """The variables of what a chain of names stands for, or an enum's members."""
        session = self.get_session()
        if len(chain) == 1 and chain[0] in session.enums:
            return [(name, "enum member") for name in session.enums[chain[0]]]
        value = self._first(session, chain[0])
        for name in chain[1:]:
            value = variable_of(holder(value), name)
        found = holder(value)
        return members_of(found) if found is not None else []

    def _first(self, session: Session, name: str) -> Value:
        """The value of the first name of a chain."""
        special = {"self": session.instance, "other": session.instance, "global": session.game.rt.globals}
        if name in special:
            return special[name]
        for struct in (session.locals, session.instance, session.game.rt.globals):
            value = vars(struct).get(attribute(name), NOTHING)
            if value is not NOTHING:
                return value
        return session.game.rt.assets.get(name)


def of_kind(struct: Struct, kind: str) -> Iterator[tuple[str, str]]:
    return ((name, kind) for name, _ in own_variables(struct))


def holder(value: Value) -> Value:
    """The holder of the variables that a dot after a value reads; None when nothing has."""
    if isinstance(value, InstanceRef):
        return value.instance
    if isinstance(value, ObjectType):
        return next(iter(list(value.instances.values())), None)
    if isinstance(value, (FunctionType, MethodType)):
        info = function_info(value)
        return None if info is None else info.statics
    return value if type(type(value)) is GmlClass else None


def variable_of(struct: Value, name: str) -> Value:
    """A variable's value, without running anything."""
    return None if struct is None else vars(struct).get(attribute(name))


def members_of(struct: Any) -> Iterator[tuple[str, str]]:
    """The variables of a struct, its statics, and what every instance has."""
    yield from of_kind(struct, "variable")
    for cls in type(struct).__mro__:
        if cls in (Instance, Struct):
            break
        yield from ((variable_name(name), "static") for name in list(vars(cls)) if not is_hidden(name))
    if isinstance(struct, Instance):
        yield from ((name, "variable") for name in sorted(BUILTIN_VARIABLES))


def is_hidden(name: str) -> bool:
    """Whether an attribute is Python's and no variable of GML's."""
    return name.startswith("__") and name.endswith("__") and not name.endswith("___")
