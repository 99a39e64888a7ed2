"""The DeltaBlue of "Are We Fast Yet": an incremental solver of constraints between variables, in chains."""

from __future__ import annotations

from typing import Any

GML = """
#macro REQUIRED 0
#macro STRONG_PREFERRED 1
#macro PREFERRED 2
#macro STRONG_DEFAULT 3
#macro NORMAL 4
#macro WEAK_DEFAULT 5
#macro WEAKEST 6
#macro FORWARD 1
#macro BACKWARD 2
#macro NO_DIRECTION 0
function Quantity(value) constructor {
    self.value = value;
    constraints = [];
    determined_by = undefined;
    mark = 0;
    strength = WEAKEST;
    stays = true;
    static remove = function(constraint) {
        var kept = [];
        for (var at_one = 0; at_one < array_length(constraints); at_one++) {
            var one = constraints[at_one];
            if (one != constraint) {
                array_push(kept, one);
            }
        }
        constraints = kept;
        if (determined_by == constraint) {
            determined_by = undefined;
        }
    };
}
function Unary(output, strength) constructor {
    self.output = output;
    self.strength = strength;
    satisfied = false;
    array_push(output.constraints, self);
    static is_satisfied = function() {
        return satisfied;
    };
    static choose_method = function(mark) {
        satisfied = output.mark != mark && strength < output.strength;
    };
    static mark_inputs = function(mark) {
    };
    static inputs_known = function(mark) {
        return true;
    };
    static mark_unsatisfied = function() {
        satisfied = false;
    };
    static target = function() {
        return output;
    };
    static recalculate = function() {
        output.strength = strength;
        output.stays = !is_input();
        if (output.stays) {
            execute();
        }
    };
    static execute = function() {
    };
    static is_input = function() {
        return false;
    };
    static unlink = function() {
        output.remove(self);
    };
}
function Stay(output, strength) : Unary(output, strength) constructor {
}
function Edit(output, strength) : Unary(output, strength) constructor {
    static is_input = function() {
        return true;
    };
}
function Equality(first, second, strength) constructor {
    self.first = first;
    self.second = second;
    self.strength = strength;
    direction = NO_DIRECTION;
    array_push(first.constraints, self);
    array_push(second.constraints, self);
    static is_satisfied = function() {
        return direction != NO_DIRECTION;
    };
    static is_input = function() {
        return false;
    };
    static choose_method = function(mark) {
        if (first.mark == mark) {
            var is_open = second.mark != mark && strength < second.strength;
            direction = is_open ? FORWARD : NO_DIRECTION;
        } else if (second.mark == mark || first.strength > second.strength) {
            direction = (strength < first.strength) ? BACKWARD : NO_DIRECTION;
        } else {
            direction = (strength < second.strength) ? FORWARD : NO_DIRECTION;
        }
    };
    static source = function() {
        return (direction == FORWARD) ? first : second;
    };
    static target = function() {
        return (direction == FORWARD) ? second : first;
    };
    static mark_inputs = function(mark) {
        var source = self.source();
        source.mark = mark;
    };
    static inputs_known = function(mark) {
        var source = self.source();
        return source.mark == mark || source.stays || source.determined_by == undefined;
    };
    static mark_unsatisfied = function() {
        direction = NO_DIRECTION;
    };
    static recalculate = function() {
        var source = self.source();
        var target = self.target();
        target.strength = max(strength, source.strength);
        target.stays = source.stays;
        if (target.stays) {
            execute();
        }
    };
    static execute = function() {
        var target = self.target();
        target.value = source().value;
    };
    static unlink = function() {
        first.remove(self);
        second.remove(self);
        direction = NO_DIRECTION;
    };
}
function Scale(first, scale, offset, second, strength) : Equality(first, second, strength) constructor {
    self.scale = scale;
    self.offset = offset;
    static execute = function() {
        if (direction == FORWARD) {
            second.value = first.value * scale.value + offset.value;
        } else {
            first.value = (second.value - offset.value) / scale.value;
        }
    };
    static recalculate = function() {
        var source = self.source();
        var target = self.target();
        target.strength = max(strength, source.strength);
        target.stays = source.stays && scale.stays && offset.stays;
        if (target.stays) {
            execute();
        }
    };
}
function Planner() constructor {
    mark = 1;
    static new_mark = function() {
        mark++;
        return mark;
    };
    static add = function(constraint) {
        var mark = new_mark();
        var overridden = satisfy(constraint, mark);
        while (overridden != undefined) {
            overridden = satisfy(overridden, mark);
        }
    };
    static satisfy = function(constraint, mark) {
        constraint.choose_method(mark);
        if (!constraint.is_satisfied()) {
            return undefined;
        }
        constraint.mark_inputs(mark);
        var output = constraint.target();
        var overridden = output.determined_by;
        if (overridden != undefined) {
            overridden.mark_unsatisfied();
        }
        output.determined_by = constraint;
        propagate(constraint, mark);
        output.mark = mark;
        return overridden;
    };
    static propagate = function(constraint, mark) {
        var todo = [constraint];
        while (array_length(todo) > 0) {
            var one = array_pop(todo);
            var output = one.target();
            if (output.mark == mark) {
                remove(constraint);
                return false;
            }
            one.recalculate();
            add_consumers(output, todo);
        }
        return true;
    };
    static add_consumers = function(quantity, found) {
        var determining = quantity.determined_by;
        for (var at_constraint = 0; at_constraint < array_length(quantity.constraints); at_constraint++) {
            var constraint = quantity.constraints[at_constraint];
            if (constraint != determining && constraint.is_satisfied()) {
                array_push(found, constraint);
            }
        }
    };
    static remove = function(constraint) {
        var output = constraint.target();
        constraint.mark_unsatisfied();
        constraint.unlink();
        var unsatisfied = remove_propagate(output);
        for (var strength = REQUIRED; strength < WEAKEST; strength++) {
            for (var at_one = 0; at_one < array_length(unsatisfied); at_one++) {
                var one = unsatisfied[at_one];
                if (one.strength == strength) {
                    add(one);
                }
            }
        }
    };
    static remove_propagate = function(output) {
        var unsatisfied = [];
        output.determined_by = undefined;
        output.strength = WEAKEST;
        output.stays = true;
        var todo = [output];
        while (array_length(todo) > 0) {
            var quantity = array_pop(todo);
            for (var at_constraint = 0; at_constraint < array_length(quantity.constraints); at_constraint++) {
                var constraint = quantity.constraints[at_constraint];
                if (!constraint.is_satisfied()) {
                    array_push(unsatisfied, constraint);
                }
            }
            var determining = quantity.determined_by;
            for (var at_constraint = 0; at_constraint < array_length(quantity.constraints); at_constraint++) {
                var constraint = quantity.constraints[at_constraint];
                if (constraint != determining && constraint.is_satisfied()) {
                    constraint.recalculate();
                    array_push(todo, constraint.target());
                }
            }
        }
        return unsatisfied;
    };
    static plan_of = function(constraints) {
        var sources = [];
        for (var at_constraint = 0; at_constraint < array_length(constraints); at_constraint++) {
            var constraint = constraints[at_constraint];
            if (constraint.is_input() && constraint.is_satisfied()) {
                array_push(sources, constraint);
            }
        }
        var mark = new_mark();
        var plan = [];
        while (array_length(sources) > 0) {
            var one = array_pop(sources);
            var output = one.target();
            if (output.mark != mark && one.inputs_known(mark)) {
                array_push(plan, one);
                output.mark = mark;
                add_consumers(output, sources);
            }
        }
        return plan;
    };
}
function run_plan(plan) {
    for (var at_constraint = 0; at_constraint < array_length(plan); at_constraint++) {
        var constraint = plan[at_constraint];
        constraint.execute();
    }
}
function change(quantity, value, planner) {
    var edit = new Edit(quantity, PREFERRED);
    planner.add(edit);
    var plan = planner.plan_of([edit]);
    for (var _i = 0; _i < 10; _i++) {
        quantity.value = value;
        run_plan(plan);
    }
    planner.remove(edit);
}
function chain_test(count) {
    var planner = new Planner();
    var quantities = [];
    for (var _i = 0; _i < count + 1; _i++) {
        array_push(quantities, new Quantity(0));
    }
    for (var i = 0; i < count; i++) {
        planner.add(new Equality(quantities[i], quantities[i + 1], REQUIRED));
    }
    planner.add(new Stay(quantities[count], STRONG_DEFAULT));
    var edit = new Edit(quantities[0], PREFERRED);
    planner.add(edit);
    var plan = planner.plan_of([edit]);
    var total = 0;
    for (var i = 0; i < 20; i++) {
        quantities[0].value = i;
        run_plan(plan);
        total += quantities[count].value;
    }
    planner.remove(edit);
    return total;
}
function projection_test(count) {
    var planner = new Planner();
    var targets = [];
    var scale = new Quantity(10);
    var offset = new Quantity(1000);
    var source = new Quantity(0);
    var target = new Quantity(0);
    for (var i = 0; i < count; i++) {
        source = new Quantity(i);
        target = new Quantity(i);
        array_push(targets, target);
        planner.add(new Stay(source, NORMAL));
        planner.add(new Scale(source, scale, offset, target, REQUIRED));
    }
    change(source, 17, planner);
    var total = target.value;
    change(target, 1050, planner);
    total += source.value;
    change(scale, 5, planner);
    for (var at_one = 0; at_one < array_length(targets); at_one++) {
        var one = targets[at_one];
        total += one.value;
    }
    change(offset, 2000, planner);
    for (var at_one = 0; at_one < array_length(targets); at_one++) {
        var one = targets[at_one];
        total += one.value;
    }
    return total;
}
function bench() {
    return chain_test(60) + projection_test(60);
}
"""

REQUIRED = 0
STRONG_PREFERRED = 1
PREFERRED = 2
STRONG_DEFAULT = 3
NORMAL = 4
WEAK_DEFAULT = 5
WEAKEST = 6
FORWARD = 1
BACKWARD = 2
NO_DIRECTION = 0


class Quantity:
    def __init__(self, value: Any) -> None:
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.mark = 0
        self.strength = WEAKEST
        self.stays = True

    def remove(self, constraint: Any) -> Any:
        kept = []
        for one in self.constraints:
            if one is not constraint:
                kept.append(one)
        self.constraints = kept
        if self.determined_by is constraint:
            self.determined_by = None


class Unary:
    def __init__(self, output: Any, strength: Any) -> None:
        self.output = output
        self.strength = strength
        self.satisfied = False
        output.constraints.append(self)

    def is_satisfied(self) -> Any:
        return self.satisfied

    def choose_method(self, mark: Any) -> Any:
        self.satisfied = self.output.mark != mark and self.strength < self.output.strength

    def mark_inputs(self, mark: Any) -> Any:
        pass

    def inputs_known(self, mark: Any) -> Any:
        return True

    def mark_unsatisfied(self) -> Any:
        self.satisfied = False

    def target(self) -> Any:
        return self.output

    def recalculate(self) -> Any:
        self.output.strength = self.strength
        self.output.stays = not self.is_input()
        if self.output.stays:
            self.execute()

    def execute(self) -> Any:
        pass

    def is_input(self) -> Any:
        return False

    def unlink(self) -> Any:
        self.output.remove(self)


class Stay(Unary):
    pass


class Edit(Unary):
    def is_input(self) -> Any:
        return True


class Equality:
    def __init__(self, first: Any, second: Any, strength: Any) -> None:
        self.first = first
        self.second = second
        self.strength = strength
        self.direction = NO_DIRECTION
        first.constraints.append(self)
        second.constraints.append(self)

    def is_satisfied(self) -> Any:
        return self.direction != NO_DIRECTION

    def is_input(self) -> Any:
        return False

    def choose_method(self, mark: Any) -> Any:
        if self.first.mark == mark:
            is_open = self.second.mark != mark and self.strength < self.second.strength
            self.direction = FORWARD if is_open else NO_DIRECTION
        elif self.second.mark == mark or self.first.strength > self.second.strength:
            self.direction = BACKWARD if self.strength < self.first.strength else NO_DIRECTION
        else:
            self.direction = FORWARD if self.strength < self.second.strength else NO_DIRECTION

    def source(self) -> Any:
        return self.first if self.direction == FORWARD else self.second

    def target(self) -> Any:
        return self.second if self.direction == FORWARD else self.first

    def mark_inputs(self, mark: Any) -> Any:
        source = self.source()
        source.mark = mark

    def inputs_known(self, mark: Any) -> Any:
        source = self.source()
        return source.mark == mark or source.stays or source.determined_by is None

    def mark_unsatisfied(self) -> Any:
        self.direction = NO_DIRECTION

    def recalculate(self) -> Any:
        source = self.source()
        target = self.target()
        target.strength = max(self.strength, source.strength)
        target.stays = source.stays
        if target.stays:
            self.execute()

    def execute(self) -> Any:
        target = self.target()
        target.value = self.source().value

    def unlink(self) -> Any:
        self.first.remove(self)
        self.second.remove(self)
        self.direction = NO_DIRECTION


class Scale(Equality):
    def __init__(self, first: Any, scale: Any, offset: Any, second: Any, strength: Any) -> None:
        super().__init__(first, second, strength)
        self.scale = scale
        self.offset = offset

    def execute(self) -> Any:
        if self.direction == FORWARD:
            self.second.value = self.first.value * self.scale.value + self.offset.value
        else:
            self.first.value = (self.second.value - self.offset.value) / self.scale.value

    def recalculate(self) -> Any:
        source = self.source()
        target = self.target()
        target.strength = max(self.strength, source.strength)
        target.stays = source.stays and self.scale.stays and self.offset.stays
        if target.stays:
            self.execute()


class Planner:
    def __init__(self) -> None:
        self.mark = 1

    def new_mark(self) -> Any:
        self.mark += 1
        return self.mark

    def add(self, constraint: Any) -> Any:
        mark = self.new_mark()
        overridden = self.satisfy(constraint, mark)
        while overridden is not None:
            overridden = self.satisfy(overridden, mark)

    def satisfy(self, constraint: Any, mark: Any) -> Any:
        constraint.choose_method(mark)
        if not constraint.is_satisfied():
            return None
        constraint.mark_inputs(mark)
        output = constraint.target()
        overridden = output.determined_by
        if overridden is not None:
            overridden.mark_unsatisfied()
        output.determined_by = constraint
        self.propagate(constraint, mark)
        output.mark = mark
        return overridden

    def propagate(self, constraint: Any, mark: Any) -> Any:
        todo = [constraint]
        while len(todo) > 0:
            one = todo.pop()
            output = one.target()
            if output.mark == mark:
                self.remove(constraint)
                return False
            one.recalculate()
            self.add_consumers(output, todo)
        return True

    def add_consumers(self, quantity: Any, found: Any) -> Any:
        determining = quantity.determined_by
        for constraint in quantity.constraints:
            if constraint is not determining and constraint.is_satisfied():
                found.append(constraint)

    def remove(self, constraint: Any) -> Any:
        output = constraint.target()
        constraint.mark_unsatisfied()
        constraint.unlink()
        unsatisfied = self.remove_propagate(output)
        for strength in range(REQUIRED, WEAKEST):
            for one in unsatisfied:
                if one.strength == strength:
                    self.add(one)

    def remove_propagate(self, output: Any) -> Any:
        unsatisfied = []
        output.determined_by = None
        output.strength = WEAKEST
        output.stays = True
        todo = [output]
        while len(todo) > 0:
            quantity = todo.pop()
            for constraint in quantity.constraints:
                if not constraint.is_satisfied():
                    unsatisfied.append(constraint)
            determining = quantity.determined_by
            for constraint in quantity.constraints:
                if constraint is not determining and constraint.is_satisfied():
                    constraint.recalculate()
                    todo.append(constraint.target())
        return unsatisfied

    def plan_of(self, constraints: Any) -> Any:
        sources = []
        for constraint in constraints:
            if constraint.is_input() and constraint.is_satisfied():
                sources.append(constraint)
        mark = self.new_mark()
        plan = []
        while len(sources) > 0:
            one = sources.pop()
            output = one.target()
            if output.mark != mark and one.inputs_known(mark):
                plan.append(one)
                output.mark = mark
                self.add_consumers(output, sources)
        return plan


def run_plan(plan: Any) -> Any:
    for constraint in plan:
        constraint.execute()


def change(quantity: Any, value: Any, planner: Any) -> Any:
    edit = Edit(quantity, PREFERRED)
    planner.add(edit)
    plan = planner.plan_of([edit])
    for _i in range(10):
        quantity.value = value
        run_plan(plan)
    planner.remove(edit)


def chain_test(count: Any) -> Any:
    planner = Planner()
    quantities = []
    for _i in range(count + 1):
        quantities.append(Quantity(0))
    for i in range(count):
        planner.add(Equality(quantities[i], quantities[i + 1], REQUIRED))
    planner.add(Stay(quantities[count], STRONG_DEFAULT))
    edit = Edit(quantities[0], PREFERRED)
    planner.add(edit)
    plan = planner.plan_of([edit])
    total = 0
    for i in range(20):
        quantities[0].value = i
        run_plan(plan)
        total += quantities[count].value
    planner.remove(edit)
    return total


def projection_test(count: Any) -> Any:
    planner = Planner()
    targets = []
    scale = Quantity(10)
    offset = Quantity(1000)
    source = Quantity(0)
    target = Quantity(0)
    for i in range(count):
        source = Quantity(i)
        target = Quantity(i)
        targets.append(target)
        planner.add(Stay(source, NORMAL))
        planner.add(Scale(source, scale, offset, target, REQUIRED))
    change(source, 17, planner)
    total = target.value
    change(target, 1050, planner)
    total += source.value
    change(scale, 5, planner)
    for one in targets:
        total += one.value
    change(offset, 2000, planner)
    for one in targets:
        total += one.value
    return total


def python() -> float:
    return chain_test(60) + projection_test(60)
