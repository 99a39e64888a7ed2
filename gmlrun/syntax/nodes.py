"""The tree of a GML program: frozen nodes with a span each; no node knows what a name means."""

from __future__ import annotations

from gmlrun.syntax.node_classes import NodePart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from gmlrun.source import Span


class Node(NodePart):
    """The root of all nodes. `span` covers the node's text in the source (after macro
    expansion: the place where the macro's name stands)."""

    span: Span


# ---------------------------------------------------------------- expressions


class Expression(Node):
    pass


class Number(Expression):
    """A literal number: float for a real, int for an int64."""

    value: float | int


class String(Expression):
    value: str


class Template(Expression):
    """`$"…{e}…"`: parts are str for text and Expression for a hole, in order."""

    parts: tuple[str | Expression, ...]


class Name(Expression):
    """Any bare identifier: variable, function, constant, asset, self, other, global, all, noone, undefined, true, …"""

    name: str


class Array(Expression):
    """`[a, b]`; a hole (`[1,,2]`) is None."""

    elements: tuple[Expression | None, ...]


class Member(NodePart):
    """One `key : value` of a struct literal; the shorthand `{x}` arrives as value Name("x")."""

    key: str
    key_span: Span
    value: Expression


class StructLiteral(Expression):
    members: tuple[Member, ...]


class Unary(Expression):
    """operator: one of `! ~ - +`; words arrive as their symbol (`not` as `!`)."""

    operator: str
    operand: Expression


class Binary(Expression):
    """operator: `|| && ^^ == != < <= > >= & | ^ << >> + - * / % div ??`.

    Canonical symbols only: `or and xor mod <> = :=` arrive as `|| && ^^ % != == ==`.
    """

    operator: str
    left: Expression
    right: Expression


class Conditional(Expression):
    condition: Expression
    then: Expression
    otherwise: Expression


class Increment(Expression):
    """`++x`, `x--`, …: operator `+` or `-`; prefix tells which value it has."""

    operator: Literal["+", "-"]
    target: Expression
    prefix: bool


class Copied(Expression):
    """A value, copied if it is an array, with its rows if `is_nested`; no text says so, copy on write does."""

    value: Expression
    is_nested: bool


class PlainHandle(Expression):
    """A value, or its number if it is a handle; no text says so, the age of a project does."""

    value: Expression


class LeadingNumber(Expression):
    """A value, or the number that it begins with if it is a string; no text says so, the age of a project does."""

    value: Expression


class Dot(Expression):
    """`base.name`; name_span covers the name alone."""

    base: Expression
    name: str
    name_span: Span


class Index(Expression):
    """An element. accessor: `""` for `a[i]` and `a[@ i]`, else `|` list, `?` map, `#` grid, `$` struct.

    indices has one item, or two for a grid and for the legacy `a[i, j]`.
    """

    base: Expression
    accessor: Literal["", "|", "?", "#", "$"]
    indices: tuple[Expression, ...]


class Call(Expression):
    """A call; an empty argument slot (`f(a,,b)`) is None."""

    callee: Expression
    arguments: tuple[Expression | None, ...]


class New(Expression):
    callee: Expression
    arguments: tuple[Expression | None, ...]


class Parameter(NodePart):
    name: str
    default: Expression | None
    span: Span


class ParentCall(NodePart):
    """`: Parent(arguments)` of a constructor."""

    name: str
    name_span: Span
    arguments: tuple[Expression | None, ...]


class Function(Expression):
    """A function, named or not, as a declaration (inside ExpressionStatement) or a value."""

    name: str | None
    parameters: tuple[Parameter, ...]
    parent: ParentCall | None
    is_constructor: bool
    body: Block


# ----------------------------------------------------------------- statements


class Statement(Node):
    pass


class Block(Statement):
    body: tuple[Statement, ...]


class Empty(Statement):
    pass


class ExpressionStatement(Statement):
    """A call, `new`, `++`/`--` or a function declaration as a statement (the parser rejects others;
    a REPL or `eval` source may hold any expression)."""

    value: Expression


class Assign(Statement):
    """operator: `=` (also for `:=`), `+= -= *= /= %= &= |= ^= ??=`; target: Name, Dot or Index."""

    operator: str
    target: Expression
    value: Expression


class Declarator(NodePart):
    name: str
    value: Expression | None
    span: Span


class Var(Statement):
    declarators: tuple[Declarator, ...]


class GlobalVar(Statement):
    declarators: tuple[Declarator, ...]


class Static(Statement):
    declarators: tuple[Declarator, ...]


class EnumMember(NodePart):
    name: str
    value: Expression | None
    span: Span


class Enum(Statement):
    name: str
    members: tuple[EnumMember, ...]


class If(Statement):
    condition: Expression
    then: Statement
    otherwise: Statement | None


class While(Statement):
    condition: Expression
    body: Statement


class DoUntil(Statement):
    body: Statement
    condition: Expression


class Repeat(Statement):
    count: Expression
    body: Statement


class For(Statement):
    init: Statement | None
    condition: Expression | None
    step: Statement | None
    body: Statement


class Case(NodePart):
    """`case label:` (label None for `default:`) and the statements up to the next label."""

    label: Expression | None
    body: tuple[Statement, ...]
    span: Span


class Switch(Statement):
    subject: Expression
    cases: tuple[Case, ...]


class With(Statement):
    target: Expression
    body: Statement


class Break(Statement):
    pass


class Continue(Statement):
    pass


class Exit(Statement):
    pass


class Return(Statement):
    value: Expression | None


class Throw(Statement):
    value: Expression


class Delete(Statement):
    target: Expression


class Try(Statement):
    body: Block
    variable: str | None
    handler: Block | None
    finalizer: Block | None


# -------------------------------------------------------------- event blocks


class Event(Node):
    """`event NAME { … }` or a GMEdit `#event NAME` section. name is as written (`async_network`,
    `alarm0`, `collision:obj_wall`, `other:68`); its meaning is looked up later."""

    name: str
    name_span: Span
    body: Block


class Property(NodePart):
    """`key = value;` of a GMEdit `#event properties` section; `type` is "" for a built-in
    property and the word after the colon for a variable definition."""

    key: str
    type: str
    value: Expression
    span: Span


class Object(Node):
    """`object NAME : PARENT { event … }`."""

    name: str
    parent: str | None
    events: tuple[Event, ...]
    properties: tuple[Property, ...] = ()


class Program(Node):
    """A whole source: its statements outside any block, in order, and its blocks."""

    body: tuple[Statement, ...]
    events: tuple[Event, ...] = ()
    objects: tuple[Object, ...] = ()
    properties: tuple[Property, ...] = ()
    parent: str = ""
    """The parent of the file's own object, as its properties have it."""
