"""From grammar rules to nodes: the children of a reduced rule go in, the node comes out.

One method a rule (or alias) of grammar/gml.lark, of the same name; CONSTRUCTED has the rules that only construct.
Children are tokens and what the methods for inner rules returned; optional parts that are absent are not there.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import Any

from gmlrun.diagnostics import Diagnostic
from gmlrun.source import Source, Span
from gmlrun.syntax import nodes
from gmlrun.syntax.children import (
    Children,
    does_something,
    first_element,
    habit_hint,
    is_token,
    parts,
    reads_from_call,
    whole,
    without_first,
)
from gmlrun.syntax.heads import head_hint
from gmlrun.syntax.tokens import Token

PRECEDENCE: dict[str, int] = {
    "??": 1,
    "||": 2,
    "&&": 3,
    "^^": 4,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">="), 5),
    **dict.fromkeys(("&", "|", "^"), 6),
    **dict.fromkeys(("<<", ">>"), 7),
    **dict.fromkeys(("+", "-"), 8),
    **dict.fromkeys(("*", "/", "%", "div"), 9),
}
"""Binary operators by how tightly they bind; GML has one level for all comparisons, below `& | ^`."""

NO_EFFECT = "an expression alone is not a statement: it has no effect"
RESULT_UNUSED = "what is read here from the result of a call has no effect; only the call has"
STATEMENT_VALUES = (nodes.Call, nodes.New, nodes.Increment, nodes.Function)
ASSIGNABLE = (nodes.Name, nodes.Dot, nodes.Index)
VIEW_ARRAYS = frozenset(
    (
        *("view_visible", "view_xview", "view_yview", "view_wview", "view_hview", "view_xport", "view_yport"),
        *("view_wport", "view_hport", "view_angle", "view_hborder", "view_vborder", "view_hspeed", "view_vspeed"),
        *("view_object", "view_surface_id"),
    )
)
"""The arrays of views, of which GameMaker: Studio 1.4 took the first element where no index was written."""


def definitions(properties: tuple[nodes.Property, ...], span: Span) -> nodes.Event:
    """The event that sets an object's properties and variable definitions, before its Create event."""
    names = [(p, p.key.rpartition(".")[2]) for p in properties if p.key != PARENT]
    body = tuple(nodes.Assign(p.span, "=", nodes.Name(p.span, name), p.value) for p, name in names)
    return nodes.Event(span, "precreate:0", span, nodes.Block(span, body))


PARENT = "parent_index"
"""The property that names the parent of the file's object."""


class Builder(local):
    """Builds the nodes of one source at a time; `diagnostics` has what the grammar could not see.

    It belongs to the tables, which are made once, so each thread has its own state.
    """

    def __init__(self) -> None:
        self.reset(Source("", ""), False)

    def reset(self, source: Source, interactive: bool) -> None:
        """Prepares for another source."""
        self.source = source
        self.interactive = interactive
        self.diagnostics: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self.parse_hole: Any = None
        """Parses the tokens of a template's hole; the parser puts it here."""

    def error(self, message: str, span: Span, hint: str = "") -> None:
        self.diagnostics.append(self.source.diagnostic("error", "syntax", message, span, hint))

    def warn(self, message: str, span: Span) -> None:
        """Notes what GameMaker has accepted once and does not accept any more."""
        self.warnings.append(self.source.diagnostic("warning", "old-syntax", message, span))

    # --------------------------------------------------------------- programs

    def program(self, children: Children) -> nodes.Program:
        statements: list[nodes.Statement] = []
        events: list[nodes.Event] = []
        objects: list[nodes.Object] = []
        properties: tuple[nodes.Property, ...] = ()
        for child in children:
            if isinstance(child, nodes.Event):
                events.append(child)
            elif isinstance(child, nodes.Object):
                objects.append(child)
            elif isinstance(child, tuple):
                properties += child
            else:
                statements.append(child)
        span = Span(0, len(self.source.text))
        if properties:
            events.insert(0, definitions(properties, span))
        parent = self.parent_of(properties)
        return nodes.Program(span, tuple(statements), tuple(events), tuple(objects), properties, parent)

    def parent_of(self, properties: tuple[nodes.Property, ...]) -> str:
        """The object that `parent_index` names, empty without one."""
        for given in properties:
            if given.key == PARENT and isinstance(given.value, nodes.Name):
                return given.value.name
            if given.key == PARENT:
                self.error(f"{PARENT} is the name of an object", given.span)
        return ""

    def event(self, children: Children) -> nodes.Event:
        name = children[1]
        return nodes.Event(whole(children[:3]), name.text, name.span, children[2])

    def object(self, children: Children) -> nodes.Object:
        names = [c for c in children if is_token(c, "NAME")]
        parent = names[1].text if len(names) > 1 else None
        return nodes.Object(whole(children), names[0].text, parent, tuple(parts(children)))

    def define(self, children: Children) -> nodes.Statement:
        """A `#define` section is a function without named parameters."""
        span = whole(children)
        body = nodes.Block(span, tuple(children[1:]))
        return nodes.ExpressionStatement(span, nodes.Function(span, children[0].text, (), None, False, body))

    def section(self, children: Children) -> nodes.Event:
        name, span = children[0], whole(children)
        return nodes.Event(span, name.text, name.span, nodes.Block(span, tuple(children[1:])))

    def properties(self, children: Children) -> tuple[nodes.Property, ...]:
        return tuple(children[1:])

    def property(self, children: Children) -> nodes.Property:
        names = [c.text for c in children if is_token(c, "NAME")]
        type_ = next((children[n + 1].text for n, c in enumerate(children) if is_token(c, "COLON")), "")
        value = next(iter(parts(children)), nodes.Name(whole(children), "undefined"))
        key = f"{names[0]}.{names[1]}" if any(is_token(c, "DOT") for c in children) else names[0]
        return nodes.Property(key, type_, value, whole(children))

    def expression_only(self, children: Children) -> nodes.Expression:
        expression: nodes.Expression = children[0]
        return expression

    # ------------------------------------------------------------- statements

    def statement(self, children: Children) -> nodes.Statement:
        made: nodes.Statement = children[0]
        return made

    def block(self, children: Children) -> nodes.Block:
        return nodes.Block(whole(children), tuple(children[1:-1]))

    def assignment(self, children: Children) -> nodes.Statement:
        target, operator, value = children
        if not isinstance(target, ASSIGNABLE):
            self.error("this cannot be assigned to", target.span)
        return nodes.Assign(whole(children), operator.text, target, value)

    def expression_statement(self, children: Children) -> nodes.Statement:
        value = children[0]
        if not self.interactive and not isinstance(value, STATEMENT_VALUES):
            comparison = isinstance(value, nodes.Binary) and value.operator == "=="
            hint = "did you mean = to assign?" if comparison else habit_hint(value) or self.head_hint(value.span)
            if does_something(value) and self.stands_in_parentheses(value.span):
                return nodes.ExpressionStatement(value.span, value)
            if reads_from_call(value):
                self.warn(RESULT_UNUSED, value.span)
            else:
                self.error(NO_EFFECT, value.span, hint)
        return nodes.ExpressionStatement(value.span, value)

    def head_hint(self, span: Span) -> str:
        """A hint where the line that an expression begins is the head of an event or of an object."""
        text, start = self.source.text, span.start
        begins_line = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        return head_hint(text[start:].partition("\n")[0]) if begins_line else ""

    def stands_in_parentheses(self, span: Span) -> bool:
        """Whether the text around an expression is a pair of parentheses."""
        before, behind = self.source.text[: span.start].rstrip(), self.source.text[span.end : span.end + 80].lstrip()
        return before.endswith("(") and behind.startswith(")")

    def declaration(self, children: Children) -> nodes.Statement:
        made = {"var": nodes.Var, "globalvar": nodes.GlobalVar, "static": nodes.Static}[children[0].text]
        declarators = tuple(c for c in children if isinstance(c, nodes.Declarator))
        statement: nodes.Statement = made(Span(children[0].start, declarators[-1].span.end), declarators)
        return statement

    def declarator(self, children: Children) -> nodes.Declarator:
        value = children[2] if len(children) > 2 else None
        return nodes.Declarator(children[0].text, value, whole(children))

    def enum(self, children: Children) -> nodes.Statement:
        return nodes.Enum(whole(children), children[1].text, tuple(parts(children)))

    def enum_member(self, children: Children) -> nodes.EnumMember:
        value = children[2] if len(children) > 2 else None
        return nodes.EnumMember(children[0].text, value, whole(children))

    def if_statement(self, children: Children) -> nodes.Statement:
        condition, then, *otherwise = parts(children)
        return nodes.If(whole(children), condition, then, otherwise[0] if otherwise else None)

    def for_condition(self, children: Children) -> Children:
        return children

    def for_statement(self, children: Children) -> nodes.Statement:
        at = next(n for n, c in enumerate(children) if type(c) is list)
        init = next(iter(parts(children[:at])), None)
        condition = next(iter(parts(children[at])), None)
        *step, body = parts(children[at + 1 :])
        return nodes.For(whole(children), init, condition, step[0] if step else None, body)

    def switch_statement(self, children: Children) -> nodes.Statement:
        subject, *cases = parts(children)
        return nodes.Switch(whole(children), subject, tuple(cases))

    def case(self, children: Children) -> nodes.Case:
        colon = next(n for n, c in enumerate(children) if is_token(c, "COLON"))
        label = children[1] if colon == 2 else None
        return nodes.Case(label, tuple(children[colon + 1 :]), whole(children[: colon + 1]))

    def try_statement(self, children: Children) -> nodes.Statement:
        variable, handler, finalizer = None, None, None
        for child in children[2:]:
            if child[0].type == "CATCH":
                variable, handler = child[2].text, child[-1]
            else:
                finalizer = child[-1]
        return nodes.Try(whole(children), children[1], variable, handler, finalizer)

    def catch(self, children: Children) -> Children:
        return children

    def finally_(self, children: Children) -> Children:
        return children

    def return_statement(self, children: Children) -> nodes.Statement:
        return nodes.Return(whole(children), children[1] if len(children) > 1 else None)

    def delete_statement(self, children: Children) -> nodes.Statement:
        if not isinstance(children[1], ASSIGNABLE):
            self.error("only a variable can be deleted", children[1].span)
        return nodes.Delete(whole(children), children[1])

    # ------------------------------------------------------------ expressions

    def operator(self, children: Children) -> Token:
        token: Token = children[0]
        return token.retyped("OPERATOR", "==" if token.type == "EQUAL" else token.text)

    def operand_list(self, children: Children) -> nodes.Expression:
        """Operator precedence: a stack of what still waits for its right side."""
        operands: list[nodes.Expression] = [children[0]]
        waiting: list[str] = []
        for at in range(1, len(children), 2):
            symbol = children[at].text
            level = PRECEDENCE[symbol]
            while waiting and (PRECEDENCE[waiting[-1]] > level or (PRECEDENCE[waiting[-1]] == level and level > 1)):
                self._fold(operands, waiting)
            waiting.append(symbol)
            operands.append(children[at + 1])
        while waiting:
            self._fold(operands, waiting)
        return operands[0]

    @staticmethod
    def _fold(operands: list[nodes.Expression], waiting: list[str]) -> None:
        right, left = operands.pop(), operands.pop()
        operands.append(nodes.Binary(Span(left.span.start, right.span.end), waiting.pop(), left, right))

    def unary_operation(self, children: Children) -> nodes.Expression:
        return nodes.Unary(whole(children), children[0].text, children[1])

    def prefix_step(self, children: Children) -> nodes.Expression:
        return self._step(children, children[0], children[1], True)

    def postfix_step(self, children: Children) -> nodes.Expression:
        return self._step(children, children[1], children[0], False)

    def _step(self, children: Children, token: Token, target: nodes.Expression, prefix: bool) -> nodes.Expression:
        if not isinstance(target, ASSIGNABLE):
            self.error(f"{token.value} works on variables only", target.span)
        return nodes.Increment(whole(children), "+" if token.text == "+" else "-", target, prefix)

    def dot(self, children: Children) -> nodes.Expression:
        return nodes.Dot(whole(children), children[0], children[2].text, children[2].span)

    def index(self, children: Children) -> nodes.Expression:
        children[0] = without_first(children[0])
        opener = children[1]
        accessor: Any = opener.text if opener.type == "ACCESSOR" else ""
        indices = tuple(parts(children)[1:])
        most = 2 if accessor in ("", "#") else 1
        if len(indices) > most or (accessor == "#" and len(indices) < 2):
            wanted = "two indices" if accessor == "#" else "one index"
            self.error(f"this accessor takes {wanted}", whole(children))
        return nodes.Index(whole(children), children[0], accessor, indices)

    def call(self, children: Children) -> nodes.Expression:
        return nodes.Call(whole(children), children[0], children[2])

    def arguments(self, children: Children) -> tuple[nodes.Expression | None, ...]:
        """The arguments with None for an empty slot; no slot at all for `()`, none after a comma at the end."""
        slots: list[nodes.Expression | None] = [None]
        for child in children:
            if is_token(child, "COMMA"):
                slots.append(None)
            else:
                slots[-1] = child
        if slots[-1] is None:
            slots.pop()
        return tuple(slots)

    def name(self, children: Children) -> nodes.Expression:
        span, text = children[0].span, children[0].text
        made = nodes.Name(span, text)
        return first_element(made) if text in VIEW_ARRAYS and self.source.dialect.has_first_elements else made

    def number(self, children: Children) -> nodes.Expression:
        return nodes.Number(children[0].span, children[0].value)

    def string(self, children: Children) -> nodes.Expression:
        return nodes.String(children[0].span, children[0].value)

    def template(self, children: Children) -> nodes.Expression:
        token = children[0]
        made = tuple(p if isinstance(p, str) else self.parse_hole(p, token) for p in token.value)
        if all(isinstance(p, str) for p in made):
            return nodes.String(token.span, "".join(made))
        return nodes.Template(token.span, made)

    def parenthesised(self, children: Children) -> nodes.Expression:
        inner: nodes.Expression = children[1]
        return inner

    def array(self, children: Children) -> nodes.Expression:
        return nodes.Array(whole(children), children[1])

    def struct(self, children: Children) -> nodes.Expression:
        return nodes.StructLiteral(whole(children), tuple(parts(children)))

    def member(self, children: Children) -> nodes.Member:
        key = children[0]
        text = key.value if key.type == "STRING" else key.text
        value = children[2] if len(children) > 2 else nodes.Name(key.span, text)
        return nodes.Member(text, key.span, value)

    def new(self, children: Children) -> nodes.Expression:
        return nodes.New(whole(children), children[1], children[3])

    # -------------------------------------------------------------- functions

    def function(self, children: Children) -> nodes.Expression:
        name = children[1].text if is_token(children[1], "NAME") else None
        parameters = tuple(c for c in children if isinstance(c, nodes.Parameter))
        parent = next((c for c in children if isinstance(c, nodes.ParentCall)), None)
        is_constructor = any(is_token(c, "CONSTRUCTOR") for c in children)
        return nodes.Function(whole(children), name, parameters, parent, is_constructor, children[-1])

    def parent(self, children: Children) -> nodes.ParentCall:
        return nodes.ParentCall(children[1].text, children[1].span, children[3])

    def parameter(self, children: Children) -> nodes.Parameter:
        return nodes.Parameter(children[0].text, children[2] if len(children) > 2 else None, whole(children))


CONSTRUCTED: dict[str, Callable[..., nodes.Node]] = {
    "empty": nodes.Empty,
    "while_statement": nodes.While,
    "do_statement": nodes.DoUntil,
    "repeat_statement": nodes.Repeat,
    "with_statement": nodes.With,
    "break_statement": nodes.Break,
    "continue_statement": nodes.Continue,
    "exit_statement": nodes.Exit,
    "throw_statement": nodes.Throw,
    "conditional": nodes.Conditional,
}
"""The rules whose children, without punctuation, are the fields of a node in their order."""


def constructing(cls: Callable[..., nodes.Node]) -> Callable[[Builder, Children], nodes.Node]:
    """The method for a rule that only constructs a node."""
    return lambda self, children: cls(whole(children), *parts(children))


for rule, cls in CONSTRUCTED.items():
    setattr(Builder, rule, constructing(cls))
setattr(Builder, "finally", Builder.finally_)
