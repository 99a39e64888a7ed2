"""The declarations of a program: analysed sources go in, enums, functions and globalvars of all of them come out."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from gmlrun.compiler.analysis import ELEMENT, Analysis, Routine
from gmlrun.compiler.constants import evaluate
from gmlrun.compiler.symbols import NameTable, Symbols
from gmlrun.diagnostics import Diagnostic
from gmlrun.errors import GmlError
from gmlrun.language import LITERAL_NAMES
from gmlrun.source import Source, Span
from gmlrun.syntax import nodes

CONNECTORS = frozenset(
    f"network_{what}{raw}"
    for what in ("create_server", "connect")
    for raw in ("", "_raw", *(("_async", "_raw_async") if what == "connect" else ()))
)
"""The functions that open a server or a connection, raw or not."""


class Declarations:
    """Adds the declarations of parsed sources to a program's symbols; `diagnostics` has what is wrong."""

    def __init__(self, symbols: Symbols, names: NameTable) -> None:
        self.symbols = symbols
        self.names = names
        self.diagnostics: list[Diagnostic] = []
        self._enums: dict[str, tuple[nodes.Enum, Source]] = {}
        self._called: set[int] = set()
        """The names of setters that are called."""

    def add(self, sources: Iterable[Analysis]) -> None:
        """Declares all that these sources declare; enums may refer to each other in any order."""
        for analysis in sources:
            self._scan(analysis)
        for name in self._enums:
            self._enum_values(name, ())

    def _scan(self, analysis: Analysis) -> None:
        if analysis.main.is_script_level:
            for name, function in analysis.main.declared.items():
                self.symbols.functions[name] = len(function.parameters)
                self.symbols.bodies[name] = function
                (self.symbols.constructors.add if function.is_constructor else self.symbols.constructors.discard)(name)
        for routine in analysis.routines:
            self._note_statics(routine)
            self.symbols.members.update(made_members(routine))
        for node in analysis.nodes:
            self._note(node, analysis.source)
        self.symbols.assets.update(o.name for o in analysis.program.objects)

    def _note_statics(self, routine: Routine) -> None:
        """Notes which statics are functions of constructors."""
        for declarator in routine.statics:
            if routine.is_constructor and isinstance(declarator.value, nodes.Function):
                self.symbols.methods.setdefault(declarator.name, []).append(declarator.value)
            else:
                self.symbols.stored.add(declarator.name)

    def _note(self, node: nodes.Node, source: Source) -> None:
        symbols = self.symbols
        if isinstance(node, nodes.Enum):
            if node.name in self._enums:
                self._error(source, node.span, f"the enum {node.name} is declared twice")
            self._enums[node.name] = (node, source)
            symbols.enums.pop(node.name, None)
        elif isinstance(node, nodes.Dot) and isinstance(node.base, nodes.Name):
            self._note_library_enum(node.base.name)
        elif isinstance(node, nodes.GlobalVar):
            symbols.globalvars.update(d.name for d in node.declarators)
            symbols.members.update(d.name for d in node.declarators)
            symbols.stored.update(d.name for d in node.declarators)
        elif isinstance(node, (nodes.Assign, nodes.Increment, nodes.Delete)):
            self._note_store(node.target)
            symbols.computed_names |= is_computed(node.target)
            symbols.stores_unseen |= symbols.computed_names
        elif isinstance(node, nodes.Call):
            symbols.computed_names |= sets_computed(node)
            symbols.stores_unseen |= symbols.computed_names
            self._note_call(node)
        elif isinstance(node, (nodes.Static, nodes.Var)):
            symbols.assigned.update(d.name for d in node.declarators)
        elif isinstance(node, nodes.StructLiteral):
            symbols.assigned.update(m.key for m in node.members)
            symbols.members.update(m.key for m in node.members)
            symbols.stored.update(m.key for m in node.members)
        elif isinstance(node, nodes.Function) and node.name is not None:
            symbols.assigned.add(node.name)
            symbols.members.add(node.name)
            symbols.stored.add(node.name)
        elif isinstance(node, nodes.String):
            symbols.spelled.add(node.value)
        elif isinstance(node, nodes.Name):
            symbols.dynamic_epsilon |= node.name == "math_set_epsilon"
            symbols.stores_unseen |= node.name in HANDED_ON and id(node) not in self._called

    def _note_call(self, call: nodes.Call) -> None:
        callee, symbols = call.callee, self.symbols
        if isinstance(callee, nodes.Name) and callee.name in CONNECTORS:
            symbols.connectors.add(callee.name)
        if isinstance(callee, nodes.Name) and callee.name in SETTERS:
            self._called.add(id(callee))
        if isinstance(callee, (nodes.Name, nodes.Dot)):
            most = symbols.most_arguments
            most[callee.name] = max(most.get(callee.name, 0), len(call.arguments))

    def _note_library_enum(self, name: str) -> None:
        """Declares an enum of GameMaker's own that the program names and does not declare itself."""
        members = None if name in self._enums or name in self.symbols.enums else self.names.enumeration(name)
        if members is not None:
            self.symbols.enums[name] = members

    def _note_store(self, target: nodes.Expression) -> None:
        while isinstance(target, nodes.Index):
            target = target.base
        if isinstance(target, (nodes.Name, nodes.Dot)):
            self.symbols.assigned.add(target.name)
            self.symbols.stored.add(target.name)
        if isinstance(target, nodes.Dot):
            self.symbols.members.add(target.name)

    # ------------------------------------------------------------------ enums

    def _enum_values(self, name: str, open_: tuple[str, ...]) -> dict[str, int]:
        done = self.symbols.enums.get(name)
        if done is not None:
            return done
        enum, source = self._enums[name]
        values: dict[str, int] = {}
        following = 0
        self.symbols.enums[name] = values
        for member in enum.members:
            if member.value is not None:
                following = self._constant(member.value, source, values, (*open_, name))
            if member.name in values:
                self._error(source, member.span, f"{name}.{member.name} is declared twice")
            values[member.name] = self.names.constant_operation("+", following, 0)
            following += 1
        return values

    def _constant(self, node: nodes.Expression, source: Source, own: dict[str, int], open_: tuple[str, ...]) -> int:
        """The integer value of a constant expression in an enum."""
        try:
            value = evaluate(node, lambda part: self._named(part, own, open_), self.names)
            return math.trunc(self.names.constant_operation("+", 0.0, value)) if type(value) is not int else value
        except (LookupError, ArithmeticError, ValueError, GmlError):
            self._error(source, node.span, "an enum member's value must be a constant number")
            return 0

    def _named(self, node: nodes.Name | nodes.Dot, own: dict[str, int], open_: tuple[str, ...]) -> Any:
        """The value of a constant that has a name: a member of this enum or another, or one of GameMaker's."""
        if isinstance(node, nodes.Dot):
            if not isinstance(node.base, nodes.Name):
                raise LookupError
            return self._enum_values(node.base.name, open_)[node.name]
        if node.name in own:
            return own[node.name]
        if node.name in LITERAL_NAMES:
            return LITERAL_NAMES[node.name]
        found = self.names.constant(node.name)
        if found is not None:
            return found.value
        if node.name in self.symbols.asset_numbers:
            return float(self.symbols.asset_numbers[node.name])
        if self.names.absent_function(node.name):
            return 0.0  # of another platform: nothing that a run meets has its value
        raise LookupError(node.name)

    def _error(self, source: Source, span: Span, message: str) -> None:
        self.diagnostics.append(source.diagnostic("error", "declaration", message, span))


SETTERS = {"struct_set": 1, "variable_struct_set": 1, "variable_instance_set": 1, "variable_global_set": 0}
"""The functions that set a variable by its name, with the position of the name."""


HANDED_ON = frozenset((*SETTERS, "struct_set_from_hash"))
"""Those, and others, that may set any variable where they are no callee whose arguments tell which."""


def made_members(routine: Routine) -> Iterable[str]:
    """The variables that a routine may make: those of its statics, and all that it stores to and are no locals."""
    yield from routine.static_names
    for name, stores in routine.stores.items():
        if name not in routine.locals and any(store.operator in ("=", "??=", ELEMENT) for store in stores):
            yield name


def is_computed(target: nodes.Expression) -> bool:
    """Whether a store is to `struct[$ name]` with a name that the source does not spell."""
    return (
        isinstance(target, nodes.Index) and target.accessor == "$" and not isinstance(target.indices[0], nodes.String)
    )


def sets_computed(call: nodes.Call) -> bool:
    """Whether a call sets a variable whose name the source does not spell."""
    at = SETTERS.get(call.callee.name) if isinstance(call.callee, nodes.Name) else None
    return at is not None and len(call.arguments) > at and not isinstance(call.arguments[at], nodes.String)
