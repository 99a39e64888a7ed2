"""The operands of a calculation that must be tested for reals where a handler follows: an expression goes in.

Python's `a - b` is GML's if one of them is a float and the other one any number; it refuses all that is no number. So
one operand of the two is tested, and none where a real is in the calculation already. `a < 3` needs no test at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmlrun.compiler.constants import SMALL, literal_integer
from gmlrun.compiler.kinds import INTEGERS, REAL
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.compiler.guarded_expressions import GuardedExpression, Key

    KeyOf = Callable[[nodes.Expression], Key | None]

REAL_FOR_SURE: tuple[str] = ("real",)
WHOLE: tuple[str] = ("whole",)
FRACTION: tuple[str] = ("fraction",)
CHOSEN: tuple[str] = ("chosen",)
"""The parts of a calculation that are no operands of unknown type: a float; a small int or what literals give, which
may be a whole literal again; a literal that is not whole; what may be a small int or any float, as `max(i, x)`."""
ORDERED = frozenset(("<", "<=", ">", ">="))


def needed_tests(tree: GuardedExpression, key_of: KeyOf, node: nodes.Expression) -> set[Key]:
    """The operands to test."""
    needs = NeededTests(tree, key_of)
    needs.root(node)
    return needs.tested


class NeededTests:
    """The operands of one calculation that must be tested."""

    def __init__(self, tree: GuardedExpression, key_of: KeyOf) -> None:
        self.tree = tree
        self.key_of = key_of
        self.tested: set[Key] = set()

    def root(self, node: nodes.Expression) -> None:
        """Looks through the whole calculation, which may be a comparison."""
        if not isinstance(node, nodes.Binary) or node.operator not in (*ORDERED, "==", "!="):
            self.whole(node)
            return
        left, right = self.of(node.left), self.of(node.right)
        if node.operator in ORDERED and right in (WHOLE, FRACTION) and self._is_small(node.right):
            return
        if self.is_open(left):
            self.test(left)
        elif node.operator not in ORDERED or left in (WHOLE, CHOSEN):
            self.test(right)

    def whole(self, node: nodes.Expression) -> None:
        """Looks through a calculation; two operands of which the sum is tested need no test.

        Factors do: `"ab" * n` takes as much memory as n says.
        """
        is_tested = isinstance(node, nodes.Binary) and node is self.tree.state.tested_later
        if is_tested and node.operator in ("+", "-"):  # type: ignore[attr-defined]
            sides = [self.of(node.left), self.of(node.right)]  # type: ignore[attr-defined]
            if all(map(self.is_open, sides)):
                return
        self.of(node)

    def of(self, node: nodes.Expression | None) -> Key:
        """Tells a part that is real for sure from a whole number and from an operand that is not tested by now."""
        if isinstance(node, nodes.Binary) and not self._is_operand(node):
            return self._binary(node)
        if isinstance(node, nodes.Unary) and literal_integer(node) is None:
            inner = self.of(node.operand)
            self.test(inner)
            return inner if inner in (WHOLE, FRACTION, CHOSEN) else REAL_FOR_SURE
        if isinstance(node, nodes.Call):
            given = [self.of(argument) for argument in node.arguments]
            for part in given:
                self.test(part)
            return CHOSEN if WHOLE in given or CHOSEN in given else REAL_FOR_SURE
        if literal_integer(node) is not None:
            return WHOLE
        if isinstance(node, nodes.Number) or self._is_constant(node):
            return FRACTION if self._is_fraction(node) else WHOLE
        assert node is not None
        key = self.key_of(node)
        if key is None or key not in self.tree.operands:
            return REAL_FOR_SURE if self._is_real(node) else WHOLE
        return REAL_FOR_SURE if key in self.tested else key

    def _is_constant(self, node: nodes.Expression | None) -> bool:
        return isinstance(node, nodes.Name) and self.tree.state.meaning(node.name) is Meaning.CONSTANT

    def _is_real(self, node: nodes.Expression | None) -> bool:
        return node is not None and self.tree.state.expression(node).kind == REAL

    def _is_small(self, node: nodes.Expression) -> bool:
        """Whether an int64 compares with a counter or a literal as the real that it is does."""
        value = self.tree.state.expression(node)
        return value.kind in INTEGERS or (value.constant is not None and abs(value.constant) < SMALL)

    def _is_fraction(self, node: nodes.Expression | None) -> bool:
        """Whether a literal or a constant is a real beside an int64 too, which makes an int64 of a whole one."""
        assert node is not None
        value = self.tree.state.expression(node)
        return value.kind == REAL and (value.constant is None or value.constant != value.constant // 1)

    def _is_operand(self, node: nodes.Expression) -> bool:
        key = self.key_of(node)
        return key is not None and key in self.tree.operands

    def _binary(self, node: nodes.Binary) -> Key:
        left, right = self.of(node.left), self.of(node.right)
        if node.operator in ("+", "-", "*"):
            if left is REAL_FOR_SURE or right is REAL_FOR_SURE:
                return REAL_FOR_SURE
            if not self.is_open(left) and not self.is_open(right):
                return CHOSEN if CHOSEN in (left, right) else WHOLE
            if left is not FRACTION and right is not FRACTION:
                self.test(left if self.is_open(left) else right)
            return REAL_FOR_SURE
        if node.operator == "/" and literal_integer(node.right):
            return REAL_FOR_SURE
        self.test(left)
        self.test(right)
        is_real = node.operator == "/" or not {left, right} <= {WHOLE, CHOSEN, FRACTION}
        return REAL_FOR_SURE if is_real else CHOSEN

    def test(self, part: Key) -> None:
        """Has an operand tested."""
        if self.is_open(part):
            self.tested.add(part)

    @staticmethod
    def is_open(part: Key) -> bool:
        """Whether a part is an operand of unknown type."""
        return part not in (REAL_FOR_SURE, WHOLE, FRACTION, CHOSEN)
