"""Control flow: GML statements go in, Python statements that jump the same way come out."""

from __future__ import annotations

import ast
from collections.abc import Callable

from gmlrun.compiler import kinds
from gmlrun.compiler.assignments import led, step_statement
from gmlrun.compiler.block_versioning import worth_at_start
from gmlrun.compiler.calls import is_tried_call, settled_value, tried_call
from gmlrun.compiler.constants import is_whole_literal
from gmlrun.compiler.counted_loops import CountedLoop, counted_loop
from gmlrun.compiler.expressions import enum_member
from gmlrun.compiler.intrinsics import may_run_code
from gmlrun.compiler.kinds import ANY
from gmlrun.compiler.lowering import FunctionState, Loop, Value, lowers
from gmlrun.compiler.operators import equal
from gmlrun.compiler.pyast import PythonBuilder, local_name
from gmlrun.compiler.scalar_replacement import held
from gmlrun.compiler.speculation import is_worth_trying, speculated
from gmlrun.syntax import nodes


@lowers(nodes.Block)
def block(state: FunctionState, node: nodes.Block) -> list[ast.stmt]:
    return state.block(node.body)


@lowers(nodes.ExpressionStatement)
def expression_statement(state: FunctionState, node: nodes.ExpressionStatement) -> list[ast.stmt]:
    """A named function's declaration has been hoisted; anything else is evaluated."""
    if isinstance(node.value, nodes.Function) and node.value.name is not None:
        return []
    if isinstance(node.value, nodes.Increment):
        return step_statement(state, node.value)
    setup, value = settled_value(state, node.value)
    return setup if setup and isinstance(value.node, ast.Name) else [*setup, state.py.expression(value.node)]


@lowers(nodes.If)
def if_(state: FunctionState, node: nodes.If) -> list[ast.stmt]:
    before = led(state, node.condition)
    setup, condition = tried_truth(state, node.condition)
    before += setup
    otherwise = state.apart(node.otherwise) if node.otherwise is not None else []
    return [*before, state.py.branch(condition, state.apart(node.then), otherwise)]


def tried_truth(state: FunctionState, node: nodes.Expression) -> tuple[list[ast.stmt], ast.expr]:
    """A condition that stands at its statement's beginning: tried first where that pays, then in a temporary."""
    py = state.py
    inner = node.operand if isinstance(node, nodes.Unary) and node.operator == "!" else node
    if isinstance(inner, nodes.Call) and is_tried_call(state, inner):
        setup, value = tried_call(state, inner)
        truth = state.truth_of(value)
        return setup, truth if inner is node else py.negated(truth)
    if not is_worth_trying(state, node):
        return [], state.truth(node)
    name = state.temporary()
    made = speculated(state, node, lambda: [py.set(name, state.truth(node))])
    if len(made) == 1 and isinstance(made[0], ast.Assign):
        return [], made[0].value
    return made, py.name(name)


@lowers(nodes.Return)
def return_(state: FunctionState, node: nodes.Return) -> list[ast.stmt]:
    return speculated(state, node, lambda: returned(state, node))


def returned(state: FunctionState, node: nodes.Return) -> list[ast.stmt]:
    """The end of a function, with its value."""
    if node.value is None:
        return [state.py.give(state.py.constant(None))]
    before = led(state, node.value)
    if state.returns != kinds.ANY:
        return [*before, state.py.give(state.fit(state.expression(node.value), state.returns))]
    setup, value = settled_value(state, node.value)
    return [*before, *setup, state.py.give(state.box(value))]


@lowers(nodes.Exit)
def exit_(state: FunctionState, node: nodes.Exit) -> list[ast.stmt]:
    return [state.py.give(None)]


@lowers(nodes.Throw)
def throw(state: FunctionState, node: nodes.Throw) -> list[ast.stmt]:
    return [state.py.throw(state.py.call("gml_throw", state.boxed(node.value)))]


@lowers(nodes.Break)
def break_(state: FunctionState, node: nodes.Break) -> list[ast.stmt]:
    return state.loops[-1].leave()


@lowers(nodes.Continue)
def continue_(state: FunctionState, node: nodes.Continue) -> list[ast.stmt]:
    return state.loops[-1].again()


# ----------------------------------------------------------------------- loops


def plain_loop(state: FunctionState) -> Loop:
    """A loop in which GML's jumps are Python's."""
    return Loop(lambda: [state.py.leave()], lambda: [state.py.again()])


def looped(state: FunctionState, body: nodes.Statement, loop: Loop | None = None) -> list[ast.stmt]:
    """A loop's body, with `break` and `continue` meaning that loop."""
    state.loops.append(loop or plain_loop(state))
    names = worth_at_start(state, body) if state.optimise else {}
    made = [state.versioned(names, [body])] if names else state.statement(body)
    state.loops.pop()
    return made


def unless(state: FunctionState, condition: ast.expr) -> ast.stmt:
    """`if not condition: break`, the first statement of a loop: `while condition` is slow in young functions."""
    is_negated = isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not)
    fails = condition.operand if is_negated else state.py.negated(condition)  # type: ignore[attr-defined]
    return state.py.branch(fails, [state.py.leave()], [])


@lowers(nodes.While)
def while_(state: FunctionState, node: nodes.While) -> list[ast.stmt]:
    before = led(state, node.condition)
    setup, condition = tried_truth(state, node.condition)
    head = [*before, *setup, unless(state, condition)]
    return [state.py.forever([*head, *looped(state, node.body)])]


@lowers(nodes.Repeat)
def repeat(state: FunctionState, node: nodes.Repeat) -> list[ast.stmt]:
    py = state.py
    count = state.expression(node.count)
    if count.kind in kinds.INTEGERS:
        times = py.call("gml_times", py.constant(None), count.node)
    else:
        times = py.call("gml_repeat", state.box(count))
    return [py.each(state.temporary(), times, looped(state, node.body))]


@lowers(nodes.DoUntil)
def do_until(state: FunctionState, node: nodes.DoUntil) -> list[ast.stmt]:
    """The condition stands at the end, or, if a `continue` must reach it, at the start of the next turn."""
    py = state.py
    before = led(state, node.condition)
    leave = [*before, py.branch(state.truth(node.condition), [py.leave()], [])]
    if not state.routine.continues(node):
        return [py.forever([*looped(state, node.body), *leave])]
    started = state.temporary()
    again = py.branch(py.name(started), leave, [py.set(started, py.constant(True))])
    return [py.set(started, py.constant(False)), py.forever([again, *looped(state, node.body)])]


@lowers(nodes.For)
def for_(state: FunctionState, node: nodes.For) -> list[ast.stmt]:
    """The step is repeated before each `continue`; inside `try` it would be guarded, so there a flag leads it."""
    py = state.py
    made = state.statement(node.init) if node.init is not None else []
    stored = state.routine.stored_within(node)
    state.narrowed = {name: kind for name, kind in state.narrowed.items() if name not in stored}
    range_ = counted_loop(state, node)
    if range_ is not None:
        return [*made, *counted(state, node, range_)]
    head = led(state, node.condition)
    head += [unless(state, state.truth(node.condition))] if node.condition is not None else []
    step: Callable[[], list[ast.stmt]] = lambda: looped(state, node.step) if node.step is not None else []
    if not state.routine.continues(node, in_try=True):
        loop = Loop(lambda: [py.leave()], lambda: [*step(), py.again()])
        return [*made, py.forever([*head, *looped(state, node.body, loop), *step()])]
    started = state.temporary()
    again = py.branch(py.name(started), step(), [py.set(started, py.constant(True))])
    return [*made, py.set(started, py.constant(False)), py.forever([again, *head, *looped(state, node.body)])]


def counted(state: FunctionState, node: nodes.For, range_: CountedLoop) -> list[ast.stmt]:
    """A counting loop as Python's own; afterwards the counter stands where GML leaves it."""
    py = state.py
    is_up = range_.step > 0
    step = [] if range_.step == 1 else [py.constant(range_.step)]
    items = py.call("gml_range", py.name(range_.counter), py.name(range_.end), *step)
    unfinished = py.compare(py.name(range_.counter), "<" if is_up else ">", py.name(range_.end))
    last = py.augment(range_.counter, "+" if is_up else "-", py.constant(abs(range_.step)))
    finish = py.branch(unfinished, [last], [])
    few, state.few = state.few, state.few | ({range_.counter} if range_.is_few else set())
    body = looped(state, node.body)
    state.few = few
    return [*range_.setup, py.each(range_.counter, items, body, [finish])]


@lowers(nodes.With)
def with_(state: FunctionState, node: nodes.With) -> list[ast.stmt]:
    """`self` walks over the targets, `other` is the self outside; both come back after the loop."""
    py = state.py
    outer_self, outer_other = state.temporary(), state.temporary()
    walk = "gml_still_targets" if is_quiet(state, node.body) else "gml_targets"
    targets = py.call(walk, state.boxed(node.target), py.name("self"), py.name("other"))
    save = [py.set(outer_self, py.name("self")), py.set(outer_other, py.name("other"))]
    enter = [py.set(found := state.temporary(), targets), py.set("other", py.name(outer_self))]
    restore = [py.set("self", py.name(outer_self)), py.set("other", py.name(outer_other))]
    body = held(state, [node.body], lambda: looped(state, node.body))
    return [*save, *enter, py.each("self", py.name(found), body), *restore]


def is_quiet(state: FunctionState, body: nodes.Statement) -> bool:
    """Whether nothing in a body can end or deactivate an instance, as only calls can."""
    return not any(may_run_code(state, node) for node in state.routine.within(body))


# ---------------------------------------------------------------------- switch


@lowers(nodes.Switch)
def switch(state: FunctionState, node: nodes.Switch) -> list[ast.stmt]:
    """An `if` chain when each case ends itself; else the matching label's number, then the bodies from it on."""
    setup, subject = switch_subject(state, node.subject)
    if subject.kind == ANY and is_by_numbers(state, node):
        setup, subject = [*setup, whole_subject(state, subject)], subject._replace(kind=kinds.INT64)
    if not node.cases:
        return setup or [state.py.expression(subject.node)]
    if all(ends_itself(case) for case in node.cases[:-1]) and not breaks_inside(state, node):
        return [*setup, *switch_chain(state, node, subject)]
    return [*setup, *switch_labels(state, node, subject)]


def switch_subject(state: FunctionState, node: nodes.Expression) -> tuple[list[ast.stmt], Value]:
    """The subject, evaluated once, as a value that can be written many times."""
    value = state.expression(node)
    if isinstance(value.node, ast.Constant):
        return [], value
    name = state.temporary()
    return [state.py.set(name, value.node)], Value(state.py.name(name), value.kind)


FEWEST_NUMBERS = 3
"""As many cases pay for finding the one number first that the subject equals."""


def is_by_numbers(state: FunctionState, node: nodes.Switch) -> bool:
    """Whether all cases of a switch are whole numbers, or members of enums."""
    if not state.optimise or state.unit.symbols.dynamic_epsilon:
        return False
    labels = [case.label for case in node.cases if case.label is not None]
    return len(labels) >= FEWEST_NUMBERS and all(is_number(state, label) for label in labels)


def is_number(state: FunctionState, label: nodes.Expression) -> bool:
    """Whether a case is a whole number, or a member of an enum."""
    return is_whole_literal(label) or (isinstance(label, nodes.Dot) and enum_member(state, label) is not None)


def whole_subject(state: FunctionState, subject: Value) -> ast.stmt:
    """Puts the one whole number that a subject equals in place of it."""
    py, name = state.py, subject.node
    assert isinstance(name, ast.Name)
    is_whole = py.compare(py.binary("%", name, py.constant(1.0)), "==", py.constant(0.0))
    is_real = py.both(state.type_is(name, "gml_real"), is_whole)
    other = py.choose(is_real, py.call("gml_trunc", name), py.call("gml_whole_equal", name))
    return py.set(name.id, py.choose(state.type_is(name, "gml_int64"), name, other))


def ends_itself(case: nodes.Case) -> bool:
    """Whether a case's body cannot fall through, or is empty and shares the next one's."""
    if not case.body:
        return True
    return isinstance(
        last_statement(case.body[-1]), (nodes.Break, nodes.Return, nodes.Exit, nodes.Continue, nodes.Throw)
    )


def last_statement(node: nodes.Statement) -> nodes.Statement:
    while isinstance(node, nodes.Block) and node.body:
        node = node.body[-1]
    return node


def breaks_inside(state: FunctionState, node: nodes.Switch) -> bool:
    """Whether a `break` of the switch stands anywhere but at the very end of a case."""
    last = {id(last_statement(case.body[-1])) for case in node.cases if case.body}
    return any(id(found) not in last for found in state.routine.breaks_of(node))


def switch_chain(state: FunctionState, node: nodes.Switch, subject: Value) -> list[ast.stmt]:
    """`if … elif … else`; the final `break` of a case is nothing, `default` is the last `else`."""
    branches: list[tuple[ast.expr | None, list[ast.stmt]]] = []
    labels: list[ast.expr] = []
    holds_default = False
    state.loops.append(Loop(lambda: [state.py.nothing()], outer_continue(state)))
    for case in node.cases:
        if case.label is None:
            holds_default = True
        else:
            labels.append(equal(state, subject, state.expression(case.label)))
        if case.body or case is node.cases[-1]:
            condition = None if holds_default else labels[0] if len(labels) == 1 else state.py.either(*labels)
            branches.append((condition, case_body(state, case)))
            labels, holds_default = [], False
    state.loops.pop()
    default = next((body for condition, body in branches if condition is None), [])
    made = default
    for condition, body in reversed(branches):
        if condition is not None:
            made = [state.py.branch(condition, body, made)]
    return made


def case_body(state: FunctionState, case: nodes.Case) -> list[ast.stmt]:
    """A case's statements, which may be entered from its label or from the case above."""
    known, assigned = dict(state.narrowed), set(state.assigned)
    made = state.block(case.body)
    state.narrowed, state.assigned = known, assigned
    return made


def outer_continue(state: FunctionState) -> Callable[[], list[ast.stmt]]:
    """`continue` in a switch belongs to the loop around it."""
    if state.loops:
        return state.loops[-1].again
    return lambda: [state.py.again()]


def switch_labels(state: FunctionState, node: nodes.Switch, subject: Value) -> list[ast.stmt]:
    """Finds the number of the label to enter at, then runs the bodies from there on inside a loop of one turn."""
    py = state.py
    entry, skipped = state.temporary(), state.temporary()
    default = next((n for n, case in enumerate(node.cases) if case.label is None), len(node.cases))
    choose: list[ast.stmt] = [py.set(entry, py.constant(default))]
    for number, case in reversed(list(enumerate(node.cases))):
        if case.label is not None:
            test = equal(state, subject, state.expression(case.label))
            choose = [py.branch(test, [py.set(entry, py.constant(number))], choose)]
    continues = state.routine.continues_outer(node)
    mark: Callable[[], list[ast.stmt]] = lambda: [py.set(skipped, py.constant(True)), py.leave()]
    state.loops.append(Loop(lambda: [py.leave()], mark))
    bodies = [
        py.branch(py.compare(py.name(entry), "<=", py.constant(number)), case_body(state, case), [])
        for number, case in enumerate(node.cases)
        if case.body
    ]
    state.loops.pop()
    made = [*choose, py.forever([*bodies, py.leave()])]
    if not continues:
        return made
    again = py.branch(py.name(skipped), outer_continue(state)(), [])
    return [py.set(skipped, py.constant(False)), *made, again]


# ------------------------------------------------------------------ exceptions


@lowers(nodes.Try)
def try_(state: FunctionState, node: nodes.Try) -> list[ast.stmt]:
    """`catch` receives the thrown value, or a struct made of a run-time error."""
    py = state.py
    last = [] if node.finalizer is None else unless_ended(py, state.apart(node.finalizer))
    if node.handler is None and not last:
        return state.statement(node.body)
    save, restore = saved_scope(state, node)
    handlers = []
    if node.handler is not None:
        error = state.temporary()
        caught = py.call("gml_caught", py.name(error))
        bind = [py.set(local_name(node.variable), caught)] if node.variable else [py.expression(caught)]
        handlers.append(("gml_errors", error, [*restore(), *bind, *state.apart(node.handler)]))
    return [*save, py.attempt(state.apart(node.body), handlers, [*restore(), *last] if last else [])]


def unless_ended(py: PythonBuilder, body: list[ast.stmt]) -> list[ast.stmt]:
    """The code of a `finally`, which does not run where the event has been ended: it could go on for ever."""
    is_passing = py.compare(py.call("gml_exception"), "is not", py.constant(None))
    return [py.branch(py.both(is_passing, py.call("gml_is_ended")), [py.nothing()], body)] if body else []


def saved_scope(state: FunctionState, node: nodes.Try) -> tuple[list[ast.stmt], Callable[[], list[ast.stmt]]]:
    """Statements that keep `self` and `other` before a `try` with a `with` in it, and that bring them back."""
    py = state.py
    if not any(isinstance(inner, nodes.With) for inner in state.routine.within(node)):
        return [], list
    outer_self, outer_other = state.temporary(), state.temporary()
    save = [py.set(outer_self, py.name("self")), py.set(outer_other, py.name("other"))]
    return save, lambda: [py.set("self", py.name(outer_self)), py.set("other", py.name(outer_other))]
