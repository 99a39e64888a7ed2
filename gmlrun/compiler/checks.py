"""Checks before lowering: a parsed source goes in, all the errors and warnings that parsing cannot see come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from gmlrun.compiler.analysis import Analysis, Routine
from gmlrun.compiler.name_resolution import Meaning, Resolver
from gmlrun.compiler.own_arity import arity_of
from gmlrun.compiler.traversal import children
from gmlrun.diagnostics import Diagnostic, Severity
from gmlrun.language import LITERAL_NAMES, SCOPE_NAMES
from gmlrun.source import Span
from gmlrun.suggestions import HABITS, absent_words, asset_hint, captured_words, did_you_mean
from gmlrun.syntax import nodes


class Checker:
    """Walks one source's tree, routine by routine."""

    def __init__(self, analysis: Analysis, resolver: Resolver, owner: str) -> None:
        self.analysis = analysis
        self.source = analysis.source
        self.resolver = resolver
        self.names = resolver.names
        self.symbols = resolver.symbols
        self.owner = owner
        self.diagnostics: list[Diagnostic] = []
        self.routine = analysis.main
        self.jumps: list[str] = []
        """The statements around the one at hand, within its function: loop, switch, finally, step."""
        self.never_set: set[str] = set()
        """The names without a variable that have been looked at."""
        self.captured: set[tuple[Routine, str]] = set()
        """The functions that want a local of the code around them, with its name."""
        self.in_function = False
        self.runs_later = False
        """Whether the code at hand is a function's or an event's, in which a name may be defined meanwhile."""

    def check(self) -> list[Diagnostic]:
        """All findings of a source, in the order of their places."""
        program = self.analysis.program
        self._routine(self.analysis.main)
        self.runs_later = True
        self._events("", program.events)
        for block in program.objects:
            self._events(block.name, block.events)
        return sorted(self.diagnostics, key=lambda d: (d.place.line, d.place.column))

    def _events(self, owner: str, events: Iterable[nodes.Event]) -> None:
        seen: dict[str, nodes.Event] = {}
        for event in events:
            entry = self.names.event_entry(owner or self.owner, event.name)
            if entry is None:
                hint = event_hint(event.name, self.names.event_names())
                self._error("unknown-event", f"there is no event called {event.name}", event.name_span, hint)
            elif entry in seen:
                line = self.source.position(seen[entry].span.start)[0]
                message = f"the event {event.name} is there twice; the first one is in line {line}"
                self._error("duplicate-event", message, event.name_span)
            else:
                seen[entry] = event
                self._collision(event)
            self._routine(self.analysis.routine_of(event.body))

    def _collision(self, event: nodes.Event) -> None:
        """A Collision event names an object of the program."""
        other = self.names.collides_with(event.name)
        if other and other not in self.symbols.assets and not self.symbols.is_open:
            hint = did_you_mean(other, self.symbols.assets)
            self._error("unknown-event", f"there is no object {other} to collide with", event.name_span, hint)

    def _routine(self, routine: Routine) -> None:
        """One function's, event's or source's own code."""
        outer = self.routine, self.jumps
        self.routine, self.jumps = routine, []
        self._children(routine.root)
        self.routine, self.jumps = outer

    def _visit(self, node: nodes.Node) -> None:
        check = CHECKS.get(type(node))
        if check is None:
            self._children(node)
        else:
            check(self, node)

    def _children(self, node: Any) -> None:
        for child in children(node):
            self._visit(child)

    def _error(self, code: str, message: str, span: Span, hint: str = "", severity: Severity = "error") -> None:
        self.diagnostics.append(self.source.diagnostic(severity, code, message, span, hint))

    # -------------------------------------------------------------- functions

    def _function(self, node: nodes.Function) -> None:
        if node.parent is not None and not node.is_constructor:
            self._error("syntax", "a function with a parent must be a constructor", node.parent.name_span)
        outer = self.in_function, self.runs_later
        self.in_function = self.runs_later = True
        self._routine(self.analysis.routine_of(node))
        self.in_function, self.runs_later = outer

    def _call_arguments(self, arguments: Iterable[nodes.Expression | None]) -> None:
        for argument in arguments:
            if argument is not None:
                self._visit(argument)

    def _static(self, node: nodes.Static) -> None:
        if not self.in_function:
            self._error("syntax", "static variables can be declared in functions only", node.span)
        for declarator in node.declarators:
            if declarator.value is None:
                self._error("syntax", f"static {declarator.name} needs a value", declarator.span)
        self._children(node)

    # ------------------------------------------------------------------- names

    def _needs_new(self, name: str) -> bool:
        """Whether a function is a constructor, which the project's version calls with `new` only."""
        return name in self.symbols.constructors and not self.source.dialect.calls_constructors

    def _call(self, node: nodes.Call) -> None:
        callee = node.callee
        if isinstance(callee, nodes.Name):
            meaning = self.resolver.meaning(callee.name, self.routine)
            if meaning is Meaning.BUILTIN:
                self._arity(node, callee)
                self._mixing(node, callee)
            elif meaning is Meaning.SCRIPT and self._needs_new(callee.name):
                words = f"{callee.name} is a constructor: it can be called with new only"
                self._error("constructor-call", words, node.span, f"new {callee.name}(…)", "warning")
            elif meaning is Meaning.SCRIPT and callee.name in self.symbols.bodies:
                self._own_arity(node, callee.name)
            elif meaning is Meaning.MEMBER and callee.name != "nameof":
                self._unknown(callee)
            if callee.name == "nameof" and meaning is Meaning.MEMBER:
                return
            if meaning in (Meaning.ENUM, Meaning.CONSTANT):
                self._not_callable(callee)
        else:
            self._visit(callee)
        self._call_arguments(node.arguments)

    def _not_callable(self, callee: nodes.Name) -> None:
        """Tells of a call of a constant; macros make calls of `undefined` for what a program does without."""
        severity: Severity = "warning" if callee.name in LITERAL_NAMES else "error"
        self._error("not-callable", f"{callee.name} is not a function", callee.span, "", severity)

    def _arity(self, node: nodes.Call, callee: nodes.Name) -> None:
        """Tells of a wrong number of arguments, as GameMaker does when it compiles, but for functions of any number."""
        facts = self.names.function(callee.name)
        assert facts is not None
        given, least, most = len(node.arguments), facts.minimum, facts.maximum
        if given == 1 and callee.name in ADDING:
            self._error("arity", f"{callee.name} adds nothing: no value is given", node.span, "", "warning")
        if given >= least and (most is None or given <= most):
            return
        wanted = f"{least}" if least == most else f"{least} or more" if most is None else f"{least} to {most}"
        message = f"wrong number of arguments for function {callee.name}: {given} given, {wanted} expected"
        severity: Severity = "warning" if most is None else "error"
        self._error("arity", message, node.span, f"it is {facts.signature}", severity)

    def _mixing(self, node: nodes.Call, callee: nodes.Name) -> None:
        """Warns of sending in one way where the program opens all its sockets in the other."""
        openers = self.symbols.connectors
        if callee.name in MIXED and openers and all(("_raw" in opener) is MIXED[callee.name][0] for opener in openers):
            words = f"{callee.name} {MIXED[callee.name][1]}: the program calls {', '.join(sorted(openers))}"
            self._error("mixed-sockets", words, node.span, f"did you mean {MIXED[callee.name][2]}?", "warning")

    def _own_arity(self, node: nodes.Call, name: str) -> None:
        """Warns of a call that the program's own function cannot have been made for."""
        function, given = self.symbols.bodies[name], len(node.arguments)
        if given == len(function.parameters):
            return
        least, most = arity_of(function, self.symbols.bodies)
        takes_any = most == 0 and bool(self.source.dialect.names)  # a script that asks for no arguments, before 2.3
        if takes_any or (least <= given and (most is None or given <= most)):
            return
        wanted = f"{least}" if least == most else f"{least} to {most}" if most is not None else f"{least} or more"
        words = f"wrong number of arguments for the function {name}: {given} given, {wanted} expected"
        self._error("own-arity", words, node.span, "", "warning")

    def _unknown(self, callee: nodes.Name) -> None:
        """A call of a name that is no function: perhaps a variable, perhaps a spelling mistake."""
        if (
            callee.name in self.symbols.assigned
            or self._absent(callee, self.names.absent_function(callee.name))
            or callee.name in self.symbols.spelled
        ):
            return
        if not (self.symbols.is_open and self.runs_later):
            known = [*self.names.function_names(), *self.symbols.functions]
            hint = HABITS.get(callee.name) or did_you_mean(callee.name, known)
            severity: Severity = "warning" if self.symbols.computed_names and not hint else "error"
            words = f"unknown function or script: {callee.name}"
            self._error("unknown-function", words, callee.span, hint, severity)

    def _absent(self, node: nodes.Name, family: str) -> bool:
        """Warns of a name that belongs to GameMaker's screen, sound or input; `family` is empty for another one."""
        if family:
            self._error("absent-builtin", absent_words(node.name, family), node.span, "", "warning")
        return bool(family)

    def _name(self, node: nodes.Name) -> None:
        meaning = self.resolver.meaning(node.name, self.routine)
        if meaning is Meaning.ENUM:
            self._error("enum", f"{node.name} is an enum, not a value: name one of its members", node.span)
        elif meaning is Meaning.MEMBER and self._is_local_around(node.name):
            self._captured(node)
        elif (
            meaning is Meaning.MEMBER
            and node.name not in self.symbols.assigned
            and not self._absent(node, self.names.absent_function(node.name))
        ):
            self._never_set(node)

    def _never_set(self, node: nodes.Name) -> None:
        """Warns of a name that no source of the program sets; one near a constant or an asset is told in a run, too."""
        if self.symbols.is_open or node.name in self.symbols.spelled or node.name in self.never_set:
            return
        self.never_set.add(node.name)
        known = self.names.value_names()
        if node.name not in known:
            hint = did_you_mean(node.name, [*known, *self.symbols.assets])
            code = "unset-variable" if hint else "never-set"
            if hint or not self.symbols.computed_names:
                hint = hint or did_you_mean(node.name, self.symbols.assigned) or asset_hint(node.name)
                self._error(code, f"the variable {node.name} is never set", node.span, hint, "warning")

    def _is_local_around(self, name: str) -> bool:
        """Whether a name that means a variable of self is a local of the code around, and of no variable at all."""
        around = self.routine.around
        while around is not None and name not in around.locals:
            around = around.around
        symbols = self.symbols
        if around is None or name in symbols.members or name in symbols.spelled:
            return False
        return not symbols.is_open and name not in self.names.value_names()

    def _captured(self, node: nodes.Name) -> None:
        """Warns, once a function and name, of a function that wants a local of the code around it."""
        if (self.routine, node.name) not in self.captured:
            self.captured.add((self.routine, node.name))
            words = f"{node.name} is a local variable outside of this function, which does not see it"
            self._error("captured-local", words, node.span, captured_words(node.name), "warning")

    def _dot(self, node: nodes.Dot) -> None:
        base = node.base
        if isinstance(base, nodes.Name) and self.resolver.is_enum(base.name, self.routine):
            members = self.symbols.enums[base.name]
            if node.name not in members:
                message = f"the enum {base.name} has no member {node.name}"
                self._error("enum", message, node.name_span, did_you_mean(node.name, members))
            return
        self._visit(base)

    # ------------------------------------------------------------------- stores

    def _assign(self, node: nodes.Assign) -> None:
        self._target(node.target)
        if node.operator != "=":
            self._update(node.target)
        self._visit(node.value)

    def _step(self, node: nodes.Increment) -> None:
        self._target(node.target)
        self._update(node.target)

    def _update(self, target: nodes.Expression) -> None:
        """Checks the target of a store that reads it first."""
        if (
            isinstance(target, nodes.Name)
            and self.resolver.meaning(target.name, self.routine) is Meaning.MEMBER
            and self._is_local_around(target.name)
        ):
            self._captured(target)

    def _delete(self, node: nodes.Delete) -> None:
        self._target(node.target)

    def _target(self, target: nodes.Expression) -> None:
        """Checks the target of a store: constants, functions and read-only variables cannot be one."""
        if not isinstance(target, nodes.Name):
            if not isinstance(target, (nodes.Dot, nodes.Index)):
                self._error("syntax", "this cannot be assigned to", target.span)
            self._visit(target)
            return
        words = NOT_ASSIGNABLE.get(self.resolver.meaning(target.name, self.routine))
        if target.name in LITERAL_NAMES or target.name in SCOPE_NAMES:
            words = "is a constant"
        variable = self.names.variable(target.name)
        if (
            words is None
            and variable is not None
            and self.resolver.meaning(target.name, self.routine) is Meaning.VARIABLE
        ):
            words = "is read-only" if variable.read_only else None
        if words is None and target.name in self.symbols.enums and self.resolver.is_enum(target.name, self.routine):
            words = f"{target.name} is the name of an enum, too: this sets a variable"
            self._error("enum-variable", words, target.span, "", "warning")
        elif words is not None:
            self._error("assign", f"{target.name} {words} and cannot be assigned to", target.span)

    # -------------------------------------------------------------------- jumps

    def _within(self, word: str, *parts: nodes.Node | None) -> None:
        self.jumps.append(word)
        for part in parts:
            if part is not None:
                self._visit(part)
        self.jumps.pop()

    def _loop(self, node: Any) -> None:
        for child in children(node):
            if child is not node.body:
                self._visit(child)
        self._within("loop", node.body)

    def _for(self, node: nodes.For) -> None:
        for part in (node.init, node.condition):
            if part is not None:
                self._visit(part)
        self._within("step", node.step)
        self._within("loop", node.body)

    def _switch(self, node: nodes.Switch) -> None:
        self._visit(node.subject)
        if sum(case.label is None for case in node.cases) > 1:
            self._error("syntax", "a switch can have one default only", node.span)
        for case in node.cases:
            if case.label is not None:
                self._visit(case.label)
            self._within("switch", *case.body)

    def _try(self, node: nodes.Try) -> None:
        self._visit(node.body)
        if node.handler is not None:
            self._visit(node.handler)
        if node.finalizer is not None:
            self._within("finally", node.finalizer)

    def _jump(self, node: nodes.Statement) -> None:
        word = {nodes.Break: "break", nodes.Continue: "continue"}.get(type(node))
        if word is None:
            self._leave(node)
            return
        targets = ("loop", "switch") if word == "break" else ("loop",)
        for enclosing in reversed(self.jumps):
            if enclosing in targets or (enclosing == "step" and word == "break"):
                return
            if enclosing in ("finally", "step"):
                where = "a finally block" if enclosing == "finally" else "the step of a for loop"
                self._error("syntax", f"{word} cannot leave {where}", node.span)
                return
        self._error("syntax", f"{word} stands outside a loop", node.span)

    def _leave(self, node: nodes.Statement) -> None:
        word = "exit" if isinstance(node, nodes.Exit) else "return"
        if "finally" in self.jumps:
            self._error("syntax", f"{word} cannot leave a finally block", node.span)
        self._children(node)

    def _zero_divisor(self, node: nodes.Binary) -> None:
        if node.operator in ("div", "%") and isinstance(node.right, nodes.Number) and node.right.value == 0:
            self._error("divide-by-zero", "division by zero", node.span)
        self._children(node)


MIXED = {
    "network_send_packet": (True, "adds a packet header, but no socket is for packets", "network_send_raw"),
    "network_send_raw": (False, "adds no packet header, but no socket is raw", "network_send_packet"),
}
"""The functions that send: whether one is wrong where all sockets are raw or where none is, why, and which is right."""

ADDING = frozenset(("ds_list_add", "ds_queue_enqueue", "ds_stack_push"))
"""Functions that GameMaker takes without a value, too: they add nothing then."""

NUMBERED_EVENT = re.compile(r"(Step|Collision|Keyboard|Mouse|Other|Draw|KeyPress|KeyRelease|Gesture)_(\d+)")
"""Events as GameMaker's files and error messages name them."""
AROUND_EVENT = re.compile(r"(?:on|ev|event)?_*(.+?)_*(?:event|ev)?")
"""An event's name with the words that people write before and behind it."""


def event_hint(name: str, known: list[str]) -> str:
    """A suggestion for the name of an event that there is not."""
    alarm = re.fullmatch(r"alarm[_:]?(\d+)", name.lower())
    if alarm is not None and f"alarm{alarm[1]}" not in known:
        return "an object has the alarms 0 to 11: event alarm0 to event alarm11"
    plain = name.lower()
    found = AROUND_EVENT.fullmatch(plain)
    bare = found[1] if found else plain
    swapped = "_".join(reversed(bare.split("_")))
    for guess in (plain, plain.replace("_", ""), bare, bare.replace("_", ""), swapped, f"other_{plain}"):
        if guess in known:
            return f"did you mean {guess}?"
    numbered = NUMBERED_EVENT.fullmatch(name)
    if numbered is not None:
        return f"did you mean {numbered[1].lower()}:{numbered[2]}?"
    return did_you_mean(name, known)


NOT_ASSIGNABLE = {
    Meaning.CONSTANT: "is a constant",
    Meaning.ENUM: "is an enum",
    Meaning.SCRIPT: "is a function",
    Meaning.ASSET: "is an asset",
    Meaning.BUILTIN: "is a function of GameMaker",
}

CHECKS: dict[type, Callable[[Checker, Any], None]] = {
    nodes.Function: Checker._function,
    nodes.Static: Checker._static,
    nodes.Call: Checker._call,
    nodes.Name: Checker._name,
    nodes.Dot: Checker._dot,
    nodes.Assign: Checker._assign,
    nodes.Increment: Checker._step,
    nodes.Delete: Checker._delete,
    nodes.For: Checker._for,
    nodes.Switch: Checker._switch,
    nodes.Try: Checker._try,
    nodes.Break: Checker._jump,
    nodes.Continue: Checker._jump,
    nodes.Return: Checker._jump,
    nodes.Exit: Checker._jump,
    nodes.Binary: Checker._zero_divisor,
    **dict.fromkeys((nodes.While, nodes.Repeat, nodes.DoUntil, nodes.With), Checker._loop),
}
