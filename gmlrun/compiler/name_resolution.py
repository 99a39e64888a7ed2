"""The names of one function: its tree goes in, what each bare name means in it comes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, NamedTuple

from gmlrun.compiler.symbols import NameTable, Symbols
from gmlrun.compiler.traversal import body_nodes
from gmlrun.language import ARGUMENT_NAMES, LITERAL_NAMES, PLACE_NAMES, SCOPE_NAMES
from gmlrun.syntax import nodes


class Meaning(Enum):
    """What a bare name stands for, in the order in which the meanings are tried."""

    LOCAL = auto()
    KEPT = auto()
    STATIC = auto()
    INNER_FUNCTION = auto()
    OWN_FUNCTION = auto()
    KEYWORD = auto()
    ARGUMENT = auto()
    CONSTANT = auto()
    ENUM = auto()
    GLOBALVAR = auto()
    SCRIPT = auto()
    ASSET = auto()
    BUILTIN = auto()
    VARIABLE = auto()
    MEMBER = auto()


@dataclass
class Scope:
    """The names that one function (or event, or a source's own statements) declares."""

    entry: str
    """The code entry name, e.g. `gml_Script_foo`."""
    outer_entry: str = ""
    """The code entry that the innermost event or script function around it has."""
    parameters: tuple[str, ...] = ()
    locals: set[str] = field(default_factory=set)
    kept: set[str] | None = None
    """In a session's line, the locals that outlive it: those of earlier lines and its own."""
    statics: set[str] = field(default_factory=set)
    inner: dict[str, nodes.Function] = field(default_factory=dict)
    """The functions that a statement of the code declares."""
    named: dict[str, nodes.Function] = field(default_factory=dict)
    """The functions that have a name in the midst of an expression; self has it as well."""
    own: nodes.Function | None = None
    """The function itself, where its name means it in its own code."""
    is_bound: bool = False
    """Whether the function's code takes its self first."""
    around: Scope | None = None
    """The scope of the code that the function stands in."""
    uses_arguments: bool = False
    is_constructor: bool = False
    is_script_level: bool = False
    """Whether named functions here are project-wide rather than variables of self."""


def scope_of(scope: Scope, root: Any) -> Scope:
    """Adds to a scope what the function's code declares, wherever in it the declarations stand."""
    scope.locals.update(scope.parameters)
    for node in body_nodes(root):
        if node is root:
            continue
        if isinstance(node, nodes.Var):
            (scope.locals if scope.kept is None else scope.kept).update(d.name for d in node.declarators)
        elif isinstance(node, nodes.Static):
            scope.statics.update(d.name for d in node.declarators)
        elif isinstance(node, nodes.Try) and node.variable is not None:
            scope.locals.add(node.variable)
        elif isinstance(node, nodes.Name) and node.name in ARGUMENT_NAMES:
            scope.uses_arguments = True
    found = places_of(root)
    scope.named.update(found.named)
    if not scope.is_script_level:
        scope.inner.update(found.declared)
    return scope


class FunctionPlaces(NamedTuple):
    """Where the functions stand that are written in one function's own code."""

    declared: dict[str, nodes.Function]
    """Those that are a statement of their own: they are there before the first statement."""
    named: dict[str, nodes.Function]
    """Those with a name in the midst of an expression."""
    statements: set[int]
    """The `id` of those that are declared."""
    statics: set[int]
    """The `id` of those that are the value of a static variable: unbound."""


def places_of(root: Any) -> FunctionPlaces:
    """The functions in a function's own code by the places where they stand."""
    declared: dict[str, nodes.Function] = {}
    named: dict[str, nodes.Function] = {}
    statements: set[int] = set()
    statics: set[int] = set()
    members: set[int] = set()
    for node in body_nodes(root):
        if isinstance(node, nodes.ExpressionStatement) and isinstance(node.value, nodes.Function):
            if node.value.name is not None:
                declared[node.value.name] = node.value
                statements.add(id(node.value))
        elif isinstance(node, nodes.Static):
            statics.update(id(d.value) for d in node.declarators if isinstance(d.value, nodes.Function))
        elif isinstance(node, nodes.StructLiteral):
            members.update(id(f) for m in node.members for f in member_functions(m.value))
        elif isinstance(node, nodes.Function) and node is not root and node.name is not None:
            named[node.name] = node
    elsewhere = statements | statics | members
    named = {name: node for name, node in named.items() if id(node) not in elsewhere}
    return FunctionPlaces(declared, named, statements, statics)


def member_functions(value: nodes.Expression | None) -> Iterator[nodes.Function]:
    """The functions that are a struct member's value, or stand in an array that is: they belong to the new struct."""
    if isinstance(value, nodes.Function):
        yield value
    elif isinstance(value, nodes.Array):
        for element in value.elements:
            yield from member_functions(element)


class Resolver:
    """Tells the meaning of a name in a scope, from the scope, the program and the library."""

    def __init__(self, symbols: Symbols, names: NameTable) -> None:
        self.symbols = symbols
        self.names = names

    def meaning(self, name: str, scope: Scope) -> Meaning:
        """What a bare name means where it is read, called or stored to."""
        if name in scope.locals:
            return Meaning.LOCAL
        if scope.kept is not None and name in scope.kept:
            return Meaning.KEPT
        if name in scope.statics:
            return Meaning.STATIC
        if name in scope.inner:
            return Meaning.INNER_FUNCTION
        if scope.own is not None and name == scope.own.name:
            return Meaning.OWN_FUNCTION
        if name in SCOPE_NAMES:
            return Meaning.KEYWORD
        if name in ARGUMENT_NAMES:
            return Meaning.ARGUMENT
        return self._global_meaning(name)

    def _global_meaning(self, name: str) -> Meaning:
        symbols, names = self.symbols, self.names
        if name in LITERAL_NAMES or name in PLACE_NAMES:
            return Meaning.CONSTANT
        if name in symbols.functions:
            return Meaning.SCRIPT
        if name in symbols.enums:
            return Meaning.ENUM
        if name in symbols.assets:
            return Meaning.ASSET
        if name in symbols.globalvars:
            return Meaning.GLOBALVAR
        if names.constant(name) is not None:
            return Meaning.CONSTANT
        if names.function(name) is not None:
            return Meaning.BUILTIN
        if name in symbols.library and name not in symbols.assigned:
            return Meaning.SCRIPT
        if names.variable(name) is not None:
            return Meaning.VARIABLE
        return Meaning.MEMBER
