"""Type inference: a function's stores to its locals go in, the kind of each local comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gmlrun.compiler.analysis import DECLARED, ELEMENT, Routine
from gmlrun.compiler.constants import is_whole_literal, literal_integer
from gmlrun.compiler.kinds import (
    ANY,
    ARITHMETIC,
    ARRAY,
    BITWISE,
    BOOL,
    BOTTOM,
    COMPARISONS,
    INT,
    INT64,
    INTEGERS,
    NAT,
    NUMBERS,
    REAL,
    STR,
    STRUCT,
    UNDEFINED,
    arithmetic,
    join,
)
from gmlrun.syntax import nodes


class TypeInference:
    """Infers the kinds of a function's locals: all stores to them are known, since nothing closes over them."""

    def __init__(
        self,
        routine: Routine,
        returns: Callable[[str, Sequence[str]], str | None],
        is_enum: Callable[[nodes.Dot], bool],
        method: Callable[[str], str] = lambda name: ANY,
    ) -> None:
        self.method = method
        """The kind of what a call of a struct's variable returns, by its name."""
        self.is_enum = is_enum
        """Whether a dot is a member of an enum."""
        self.returns = returns
        """The kind of a builtin's call, by its name and its arguments' kinds; None when it is no builtin here."""
        self.routine = routine
        self.kinds: dict[str, str] = {}
        self._is_bounded = False
        """Whether the local at hand indexes arrays: what bounds an array bounds it."""

    def infer(self, given: Mapping[str, str]) -> dict[str, str]:
        """The kind of each local; those of parameters are given."""
        self.kinds = {**dict.fromkeys(self.routine.locals, BOTTOM), **given}
        changed = True
        while changed:
            changed = False
            for name in self.kinds:
                found = given[name] if name in given else self._joined(name)
                if found != self.kinds[name]:
                    self.kinds[name], changed = found, True
        return {name: kind or ANY for name, kind in self.kinds.items()}

    def _joined(self, name: str) -> str:
        kind, routine = BOTTOM, self.routine
        for operator, value in routine.stores.get(name, ()):
            self._is_bounded = name in routine.indices
            kind = join(kind, self._stored(name, operator, value))
        if kind in INTEGERS and not (name in routine.counters or name in routine.indices or self._is_a_size(name)):
            return REAL
        return kind

    def _is_a_size(self, name: str) -> bool:
        """Whether a local holds only what a builtin counted, or a little more: no more than memory holds."""
        stores = [store for store in self.routine.stores.get(name, ()) if store.operator != DECLARED]
        is_literal = all(literal_integer(value) is not None for _, value in stores)
        return not is_literal and all(operator == "=" and self._is_small(value) for operator, value in stores)

    def _is_small(self, value: Any) -> bool:
        """Whether a value is what a builtin counted, a literal, or one of these more or less than one other such."""
        if isinstance(value, nodes.Binary) and value.operator in "+-":
            names = [isinstance(side, nodes.Name) for side in (value.left, value.right)]
            return not all(names) and self._is_small(value.left) and self._is_small(value.right)
        if isinstance(value, nodes.Name):
            return self.kinds.get(value.name, ANY) in (BOTTOM, *INTEGERS)
        return isinstance(value, nodes.Call) or literal_integer(value) is not None

    def _stored(self, name: str, operator: str, value: Any) -> str:
        if operator == ELEMENT:
            return ARRAY
        if operator == DECLARED:
            return BOTTOM
        if value is None:
            return ANY
        if operator == "=":
            return self._plain(value)
        if operator[:-1] not in ARITHMETIC:
            return ANY
        own = self.kinds.get(name, ANY)
        step = literal_integer(value)
        if operator == "+=" and name in self.routine.indices and own == NAT and self.kind_of(value) == NAT:
            return NAT
        if operator in ("+=", "-=") and step is not None and own in INTEGERS:
            return NAT if own == NAT and (step >= 0) == (operator == "+=") else INT
        return self._widened(self._calculated(operator[:-1], own, None, value))

    def _calculated(self, operator: str, left: str, left_node: Any, right_node: Any) -> str:
        """The kind of `left operator right`: beside an int64, a whole literal is one too."""
        right = self.kind_of(right_node)
        if right == REAL and is_whole_literal(right_node):
            right = NAT
        if left == REAL and is_whole_literal(left_node):
            left = NAT
        if left == INT64 and is_whole_literal(right_node):
            right = INT64
        elif right == INT64 and is_whole_literal(left_node):
            left = INT64
        if operator not in BITWISE and {left, right} & {ANY, INT64} and (may_fold(left_node) or may_fold(right_node)):
            return ANY
        return arithmetic(operator, left, right)

    def _plain(self, value: nodes.Expression) -> str:
        number = literal_integer(value)
        if number is not None:
            return NAT if number >= 0 else INT
        if isinstance(value, nodes.Name) and value.name in self.kinds:
            return self.kinds[value.name]
        if isinstance(value, nodes.Binary) and value.operator in "+-" and literal_integer(value.right) is not None:
            return self.kind_of(value)
        kind = self.kind_of(value)
        return kind if self._is_bounded or self._is_small(value) else self._widened(kind)

    @staticmethod
    def _widened(kind: str) -> str:
        """An integer that is no counter could grow without bound: it is held as a float."""
        return REAL if kind in INTEGERS else kind

    def kind_of(self, node: Any) -> str:
        """The kind of an expression, given what is known of the locals so far."""
        found = KIND_OF.get(type(node))
        return found(self, node) if found is not None else ANY

    def _name(self, node: nodes.Name) -> str:
        if node.name in self.kinds:
            return self.kinds[node.name]
        return {"true": BOOL, "false": BOOL, "undefined": UNDEFINED}.get(node.name, ANY)

    def _number(self, node: nodes.Number) -> str:
        if type(node.value) is int:
            return INT64
        return NAT if literal_integer(node) is not None else REAL

    def _binary(self, node: nodes.Binary) -> str:
        if node.operator in COMPARISONS:
            return BOOL
        if node.operator in ARITHMETIC:
            return self._calculated(node.operator, self.kind_of(node.left), node.left, node.right)
        return ANY

    def _unary(self, node: nodes.Unary) -> str:
        if node.operator == "!":
            return BOOL
        if node.operator == "~":
            return INT64
        if literal_integer(node) is not None:
            return INT
        kind = self.kind_of(node.operand)
        return REAL if node.operator == "-" and kind in NUMBERS else BOTTOM if kind == BOTTOM else ANY

    def _call(self, node: nodes.Call) -> str:
        if isinstance(node.callee, nodes.Dot) and not self.is_enum(node.callee):
            return self.method(node.callee.name)
        if isinstance(node.callee, nodes.Name) and node.callee.name not in self.kinds:
            found = self.returns(
                node.callee.name, [UNDEFINED if a is None else self.kind_of(a) for a in node.arguments]
            )
            return ANY if found is None else found
        return ANY

    def _dot(self, node: nodes.Dot) -> str:
        return INT64 if self.is_enum(node) else ANY

    def _index(self, node: nodes.Index) -> str:
        return self.routine.element_kind(node)

    def _conditional(self, node: nodes.Conditional) -> str:
        return join(self.kind_of(node.then), self.kind_of(node.otherwise))


def may_fold(node: Any) -> bool:
    """Whether a calculation is one of literals alone, whose result may be a whole literal: `0.5 * 2`, `-(2 + 3)`."""
    if isinstance(node, nodes.Binary):
        return all(isinstance(side, nodes.Number) or may_fold(side) for side in (node.left, node.right))
    return isinstance(node, nodes.Unary) and may_fold(node.operand)


KIND_OF: dict[type, Callable[[TypeInference, Any], str]] = {
    nodes.Name: TypeInference._name,
    nodes.Number: TypeInference._number,
    nodes.Binary: TypeInference._binary,
    nodes.Unary: TypeInference._unary,
    nodes.Call: TypeInference._call,
    nodes.Dot: TypeInference._dot,
    nodes.Index: TypeInference._index,
    nodes.Conditional: TypeInference._conditional,
    nodes.String: lambda self, node: STR,
    nodes.Template: lambda self, node: STR,
    nodes.Array: lambda self, node: ARRAY,
    nodes.StructLiteral: lambda self, node: STRUCT,
    nodes.New: lambda self, node: STRUCT,
}
