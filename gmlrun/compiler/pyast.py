"""Python syntax nodes at GML positions: short constructors that the lowerings are written with."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Iterable, Sequence
from typing import Any

from gmlrun.source import Source, Span

LOAD, STORE = ast.Load(), ast.Store()

BINARY: dict[str, ast.operator] = {
    "+": ast.Add(),
    "-": ast.Sub(),
    "*": ast.Mult(),
    "/": ast.Div(),
    "//": ast.FloorDiv(),
    "%": ast.Mod(),
    "&": ast.BitAnd(),
    "|": ast.BitOr(),
    "^": ast.BitXor(),
    "<<": ast.LShift(),
    ">>": ast.RShift(),
}

COMPARE: dict[str, ast.cmpop] = {
    "==": ast.Eq(),
    "!=": ast.NotEq(),
    "<": ast.Lt(),
    "<=": ast.LtE(),
    ">": ast.Gt(),
    ">=": ast.GtE(),
    "is": ast.Is(),
    "is not": ast.IsNot(),
    "in": ast.In(),
}

RESERVED = {*keyword.kwlist, "self", "other"}


def local_name(name: str) -> str:
    """The Python local that carries a GML local: itself, unless Python or gmlrun needs that word.

    Injective, and never a name that the emitted code uses for anything else (those begin with
    `gml_` and do not end with an underscore).
    """
    if name.startswith(("gml_", "__")) or name.rstrip("_") in RESERVED:
        return name + "_"
    return name


class PythonBuilder:
    """Makes nodes that stand at one GML span at a time; `at` moves it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._ascii = source.text.isascii()
        self.has_finalizers = False
        """Whether a `finally` has been made, which Python emits more often than once."""
        self.where: dict[str, Any] = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}

    def at(self, span: Span) -> dict[str, Any]:
        """Moves to a span; returns the position to go back to (assign it to `where`)."""
        before = self.where
        line, column = self._offset(span.start)
        end_line, end_column = self._offset(max(span.start, span.end))
        self.where = {"lineno": line, "col_offset": column, "end_lineno": end_line, "end_col_offset": end_column}
        return before

    def _offset(self, at: int) -> tuple[int, int]:
        line, column = self.source.position(at)
        if self._ascii:
            return line, column - 1
        return line, len(self.source.line(line)[: column - 1].encode("utf-8", "surrogatepass"))

    # ------------------------------------------------------------ expressions

    def constant(self, value: Any) -> ast.expr:
        return ast.Constant(value, **self.where)

    def name(self, name: str) -> ast.expr:
        return ast.Name(name, LOAD, **self.where)

    def attribute(self, base: ast.expr, name: str) -> ast.expr:
        return ast.Attribute(base, name, LOAD, **self.where)

    def subscript(self, base: ast.expr, index: ast.expr) -> ast.expr:
        return ast.Subscript(base, index, LOAD, **self.where)

    def call(self, function: str | ast.expr, *arguments: ast.expr) -> ast.expr:
        callee = self.name(function) if isinstance(function, str) else function
        return ast.Call(callee, list(arguments), [], **self.where)

    def binary(self, operator: str, left: ast.expr, right: ast.expr) -> ast.expr:
        return ast.BinOp(left, BINARY[operator], right, **self.where)

    def compare(self, left: ast.expr, *pairs: Any) -> ast.expr:
        """`compare(a, "<", b, "<", c)` is `a < b < c`: each operand is evaluated at most once."""
        operators = [COMPARE[word] for word in pairs[::2]]
        return ast.Compare(left, operators, list(pairs[1::2]), **self.where)

    def both(self, *values: ast.expr) -> ast.expr:
        return ast.BoolOp(ast.And(), list(values), **self.where)

    def either(self, *values: ast.expr) -> ast.expr:
        return ast.BoolOp(ast.Or(), list(values), **self.where)

    def negated(self, value: ast.expr) -> ast.expr:
        return ast.UnaryOp(ast.Not(), value, **self.where)

    def minus(self, value: ast.expr) -> ast.expr:
        return ast.UnaryOp(ast.USub(), value, **self.where)

    def choose(self, condition: ast.expr, then: ast.expr, otherwise: ast.expr) -> ast.expr:
        return ast.IfExp(condition, then, otherwise, **self.where)

    def walrus(self, name: str, value: ast.expr) -> ast.expr:
        return ast.NamedExpr(ast.Name(name, STORE, **self.where), value, **self.where)

    def list_of(self, items: Iterable[ast.expr]) -> ast.expr:
        return ast.List(list(items), LOAD, **self.where)

    def tuple_of(self, items: Iterable[ast.expr]) -> ast.expr:
        return ast.Tuple(list(items), LOAD, **self.where)

    def dict_of(self, keys: Iterable[str], values: Iterable[ast.expr]) -> ast.expr:
        return ast.Dict([self.constant(key) for key in keys], list(values), **self.where)

    def joined(self, parts: Sequence[str | ast.expr]) -> ast.expr:
        """An f-string of texts and of expressions that are Python strings or ints already."""
        values: list[ast.expr] = [
            ast.Constant(part, **self.where) if isinstance(part, str) else ast.FormattedValue(part, -1, **self.where)
            for part in parts
        ]
        return ast.JoinedStr(values, **self.where)

    # ------------------------------------------------------------- statements

    def assign(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        """Python evaluates the value before the target's parts, as GML does."""
        target.ctx = STORE  # type: ignore[attr-defined]
        return ast.Assign([target], value, **self.where)

    def assign_both(self, first: ast.expr, second: ast.expr, value: ast.expr) -> ast.stmt:
        """`first = second = value`."""
        for target in (first, second):
            target.ctx = STORE  # type: ignore[attr-defined]
        return ast.Assign([first, second], value, **self.where)

    def set(self, name: str, value: ast.expr) -> ast.stmt:
        return self.assign(self.name(name), value)

    def augment(self, name: str, operator: str, value: ast.expr) -> ast.stmt:
        return ast.AugAssign(ast.Name(name, STORE, **self.where), BINARY[operator], value, **self.where)

    def expression(self, value: ast.expr) -> ast.stmt:
        return ast.Expr(value, **self.where)

    def branch(self, condition: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt]) -> ast.stmt:
        return ast.If(condition, then or [self.nothing()], otherwise, **self.where)

    def forever(self, body: list[ast.stmt]) -> ast.stmt:
        return ast.While(self.constant(True), body or [self.nothing()], [], **self.where)

    def each(
        self, target: str, items: ast.expr, body: list[ast.stmt], unless_left: list[ast.stmt] | None = None
    ) -> ast.stmt:
        """`for target in items`; `unless_left` runs when no `break` has ended it."""
        name = ast.Name(target, STORE, **self.where)
        return ast.For(name, items, body or [self.nothing()], unless_left or [], **self.where)

    def attempt(
        self,
        body: list[ast.stmt],
        handlers: Iterable[tuple[str, str | None, list[ast.stmt]]],
        finalizer: list[ast.stmt] | None = None,
    ) -> ast.stmt:
        """`try`; each handler is (name of the caught classes, name for the exception, body)."""
        self.has_finalizers = self.has_finalizers or bool(finalizer)
        made = [
            ast.ExceptHandler(self.name(caught), bound, caught_body or [self.nothing()], **self.where)
            for caught, bound, caught_body in handlers
        ]
        return ast.Try(body or [self.nothing()], made, [], finalizer or [], **self.where)

    def nothing(self) -> ast.stmt:
        return ast.Pass(**self.where)

    def leave(self) -> ast.stmt:
        return ast.Break(**self.where)

    def again(self) -> ast.stmt:
        return ast.Continue(**self.where)

    def give(self, value: ast.expr | None) -> ast.stmt:
        return ast.Return(value, **self.where)

    def throw(self, value: ast.expr | None) -> ast.stmt:
        """`raise`; without a value, what has been caught goes on."""
        return ast.Raise(value, None, **self.where)

    def function(
        self, name: str, parameters: Sequence[str], optional: int, rest: str, body: list[ast.stmt]
    ) -> ast.stmt:
        """`def name(…)`: the last `optional` parameters default to None; `rest` takes what is left."""
        arguments = ast.arguments(
            posonlyargs=[],
            args=[ast.arg(p, **self.where) for p in parameters],
            vararg=ast.arg(rest, **self.where) if rest else None,
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[self.constant(None) for _ in range(optional)],
        )
        return ast.FunctionDef(name, arguments, body or [self.nothing()], [], **self.where)
