"""The effects of code: trees go in; where they listen, what they make, call and miss, and upon what, come out.

Nothing runs here. A condition that asks for a key or for the mouse makes what it guards depend on that; all other
conditions are taken for true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gmlrun.compiler.traversal import children
from gmlrun.diagnostics import Place
from gmlrun.engine.events import OTHER, EventNumber
from gmlrun.engine.keys import KEYS
from gmlrun.source import Source
from gmlrun.syntax import nodes

LISTENS = {"network_create_server": 1, "network_create_server_raw": 1, "network_create_socket_ext": 1}
"""The functions that listen, with the argument that is the port."""
MAKES = {"instance_create_layer": 3, "instance_create_depth": 3, "instance_create": 2}
"""The functions that make an instance, with the argument that is the object."""
GOES = {"room_goto": 0}
STEPS = {"room_goto_next": "next", "room_goto_previous": "previous"}
PRESSED = {"keyboard_check", "keyboard_check_pressed", "keyboard_check_released", "keyboard_check_direct"}
CLICKED = {"mouse_check_button", "mouse_check_button_pressed", "mouse_check_button_released"}
CLICKED |= {f"device_{name}" for name in CLICKED}
NAMES_OF_KEYS = {f"vk_{name}": name for name in KEYS}

Trigger = str
"""An action of somebody: empty for none, `click`, or a key to be pressed."""
ALWAYS, CLICK = "", "click"


class Listening(NamedTuple):
    """A call that listens."""

    place: Place
    text: str
    """The call, as it is written."""


@dataclass
class Effects:
    """The effects of code under one condition."""

    listens: list[Listening] = field(default_factory=list)
    makes: set[str] = field(default_factory=set)
    """Objects of which it makes instances."""
    rooms: set[str] = field(default_factory=set)
    """Rooms that it goes to; `next` and `previous` stand for those beside the current one."""
    calls: set[str] = field(default_factory=set)
    """Functions that it calls or names."""
    events: set[EventNumber] = field(default_factory=set)
    """Events of its own object that it performs."""


class Code:
    """One event, function, or creation code: its effects by their trigger, and the names that it uses."""

    def __init__(self, source: Source, root: nodes.Node) -> None:
        self.source = source
        self.effects: dict[Trigger, Effects] = {ALWAYS: Effects()}
        self.names: set[str] = set()
        self._walk(root, ALWAYS)

    def _walk(self, root: nodes.Node, trigger: Trigger) -> None:
        """All nodes below one; an `if` that asks for a key or a click changes what its branch depends on."""
        pending = [(root, trigger)]
        while pending:
            node, trigger = pending.pop()
            self._note(node, trigger)
            if isinstance(node, nodes.If):
                asked = list(asked_for(node.condition)) if trigger == ALWAYS else []
                pending += [(node.then, one) for one in asked or [trigger]]
                rest = [node.condition, *([node.otherwise] if node.otherwise is not None else [])]
                pending += [(one, trigger) for one in rest]
            elif isinstance(node, nodes.Binary) and node.operator == "&&" and trigger == ALWAYS:
                pending += [(node.left, trigger), *((node.right, one) for one in asked_for(node.left) or [trigger])]
            else:
                pending += [(child, trigger) for child in children(node)]

    def _note(self, node: nodes.Node, trigger: Trigger) -> None:
        effects = self.effects.setdefault(trigger, Effects())
        if isinstance(node, nodes.Name):
            self.names.add(node.name)
            effects.calls.add(node.name)
        elif isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name):
            self._note_call(node, node.callee.name, effects)

    def _note_call(self, node: nodes.Call, name: str, effects: Effects) -> None:
        if name in LISTENS:
            effects.listens.append(Listening(self._place(node), self.source.text[node.span.start : node.span.end]))
        if name in MAKES:
            effects.makes |= name_at(node, MAKES[name])
        if name in GOES:
            effects.rooms |= name_at(node, GOES[name])
        if name in STEPS:
            effects.rooms.add(STEPS[name])
        if name == "event_user":
            effects.events |= {(OTHER, 10 + int(value)) for value in numbers(node.arguments)}
        if name == "event_perform" and len(list(numbers(node.arguments))) == 2:
            first, second = numbers(node.arguments)
            effects.events.add((int(first), int(second)))

    def _place(self, node: nodes.Node) -> Place:
        line, column = self.source.position(node.span.start)
        return Place(self.source.name, line, column)


def name_at(node: nodes.Call, at: int) -> set[str]:
    """The name that stands as an argument of a call, if it is one."""
    found = node.arguments[at] if at < len(node.arguments) else None
    return {found.name} if isinstance(found, nodes.Name) else set()


def numbers(arguments: Sequence[nodes.Expression | None]) -> Iterator[float]:
    """The arguments that are literal numbers."""
    return (float(one.value) for one in arguments if isinstance(one, nodes.Number))


def asked_for(condition: nodes.Expression) -> list[Trigger]:
    """The keys, or the click, that a condition asks for."""
    return list(dict.fromkeys(_asked(condition, is_not=False)))


def _asked(node: nodes.Node, is_not: bool) -> Iterator[Trigger]:
    if isinstance(node, nodes.Unary) and node.operator == "!":
        is_not = not is_not
    if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and not is_not:
        if node.callee.name in PRESSED:
            yield from filter(None, map(key_text, node.arguments))
            return
        if node.callee.name in CLICKED:
            yield CLICK
            return
    for child in children(node):
        yield from _asked(child, is_not)


def key_text(argument: nodes.Expression | None) -> Trigger:
    """A key as `--press` takes it; empty for one that only a run could tell."""
    if isinstance(argument, nodes.Name):
        name = NAMES_OF_KEYS.get(argument.name, "")
        return "enter" if name == "anykey" else "" if name == "nokey" else name
    if isinstance(argument, nodes.Number):
        return f"key{int(argument.value)}"
    if isinstance(argument, nodes.Call) and isinstance(argument.callee, nodes.Name) and argument.callee.name == "ord":
        text = argument.arguments[0] if argument.arguments else None
        return text.value if isinstance(text, nodes.String) and len(text.value) == 1 else ""
    return ""
