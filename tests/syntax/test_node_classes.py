"""Classes of nodes: what a data class would do, they do."""

from __future__ import annotations

import pytest

from gmlrun.source import Span
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import NodeClass, fields_of, replaced

SPAN = Span(0, 1)
CLASSES = [cls for cls in vars(nodes).values() if isinstance(cls, NodeClass) and cls.__fields__]


def made(cls: NodeClass, *changed: object) -> object:
    """An instance whose fields are their own names."""
    return cls(*[*changed, *cls.__fields__[len(changed) :]])


@pytest.mark.parametrize("cls", CLASSES)
def test_each_class_keeps_what_it_is_given(cls: NodeClass) -> None:
    one = made(cls)
    assert fields_of(one) == {name: name for name in cls.__fields__}  # type: ignore[arg-type]
    assert one == made(cls) == cls(**{name: name for name in cls.__fields__})
    assert one != made(cls, "other")
    assert len({one, made(cls)}) == 1
    assert repr(one).startswith(f"{cls.__name__}({cls.__fields__[0]}={cls.__fields__[0]!r}")


def test_classes_of_the_same_fields_differ() -> None:
    assert nodes.Break(SPAN) != nodes.Continue(SPAN)


def test_fields_with_defaults_may_be_left_out() -> None:
    assert nodes.Program(SPAN, ()) == nodes.Program(SPAN, (), (), (), (), "")


def test_a_copy_has_other_values_of_some_fields() -> None:
    number = nodes.Number(SPAN, 1.0)
    assert replaced(number, value=2.0) == nodes.Number(SPAN, 2.0)
    assert number.value == 1.0


def test_missing_and_unknown_fields_are_refused() -> None:
    with pytest.raises(TypeError, match="value"):
        nodes.Number(SPAN)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        nodes.Number(SPAN, 1.0, other=2)  # type: ignore[call-arg]
