"""Random GML programs, and what a program prints when it is compiled with inline forms and without them."""

from __future__ import annotations

import random

from gmlrun.evaluation import evaluate
from gmlrun.runtime import Runtime, Settings

VALUES = [
    "0",
    "1",
    "-1",
    "2.5",
    "-0.5",
    "7",
    "300",
    "10000000000000000",
    "infinity",
    "-infinity",
    "NaN",
    "true",
    "false",
    "int64(5)",
]
VALUES += [
    "int64(-9)",
    "9223372036854775807",
    '""',
    '"abc"',
    '"5"',
    '" 2.5 "',
    "undefined",
    "[]",
    "[1, 2, 3]",
    "{ a : 1 }",
]
SLY = ["z", "z", "z"]
"""A local with a struct that runs code of the program where it is asked for its text."""
NUMBERS = ["0", "1", "2", "3", "5", "-1", "2.5", "i", "n", "x", "y", "1000", "$FF", "int64(3)", "true", "w", "w"]
OPERATORS = ["+", "-", "*", "/", "mod", "div", "&", "|", "^", "<<", ">>"]
COMPARISONS = ["==", "!=", "<", "<=", ">", ">="]
JOINS = ["&&", "||", "^^"]
LOCALS = ["x", "y", "n", "t", "a", "s", "h", "e", "q"]
"""`a` begins as an array, `e` as an empty one, `s` as a string, `h` as an int64, `q` as an int32, `t` as a struct."""
CALLS = {
    "abs": 1, "floor": 1, "max": 2, "min": 2, "clamp": 3, "string": 1, "is_real": 1, "is_string": 1, "ord": 1, "chr": 1,
    "string_length": 1, "string_char_at": 2, "array_length": 1, "typeof": 1, "sign": 1, "sqr": 1, "string_copy": 3,
}  # fmt: skip

PRELUDE = """
function show(v) { return typeof(v) + ":" + string(v); }
function twice(v) { global.count++; return v + v; }
function is_low(v) { if (is_string(v) || is_array(v)) return false; return v < 3; }
function lowered(v) { if (is_low(v)) return v - 1.5; return 2.5; }
function masked(v) { return (v & 255) | 8; }
function named(v) { return "<" + string(v) + ">"; }
function pair_of(v, w) { return [v, w]; }
function made_of(v) { return { p: v, q: 3 }; }
function poke(list) { if (is_array(list) && array_length(list) > 0) list[0] = "poked"; return list; }
function sly(list) {
    static text = function() {
        global.count++;
        if (is_array(list) && array_length(list) < 6) array_push(list, global.count);
        return "sly";
    };
    return { list: list, toString: text };
}
function Pair(_left, _right) constructor {
    left = _left; right = _right;
    static total = function() { return left + right; }
    static swap = function(by) { var l = left; left = right; right = l; left += by; return self; }
}
global.count = 0;
"""


class Writer:
    """Writes one random program; the same number gives the same program."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)
        self.loops = 0
        self.depth = 0

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    # ------------------------------------------------------------ expressions

    def expression(self, depth: int = 3) -> str:
        """Any expression; deeper ones have operands."""
        if depth <= 0 or self.random.random() < 0.2:
            return self.leaf()
        kinds = [
            self.binary,
            self.binary,
            self.binary,
            self.comparison,
            self.joined,
            self.call,
            self.element,
            self.other,
        ]
        return self.random.choice(kinds)(depth)

    def leaf(self) -> str:
        roll = self.random.random()
        if roll < 0.5:
            return self.pick(*LOCALS, "i", "t.p", "t.q", "global.count", "a[0]", "a[1]")
        return self.pick(*NUMBERS) if roll < 0.8 else self.pick(*VALUES, *SLY)

    def binary(self, depth: int) -> str:
        operator = self.pick(*OPERATORS)
        divisor = self.pick(*LOCALS, "2", "0.5", "3", "-2", "t.p", "i")
        right = divisor if operator in ("mod", "div") else self.expression(depth - 1)
        return f"({self.expression(depth - 1)} {operator} {right})"

    def comparison(self, depth: int) -> str:
        return f"({self.expression(depth - 1)} {self.pick(*COMPARISONS)} {self.expression(depth - 1)})"

    def joined(self, depth: int) -> str:
        return f"({self.comparison(depth - 1)} {self.pick(*JOINS)} {self.comparison(depth - 1)})"

    def call(self, depth: int) -> str:
        name = self.pick(*CALLS)
        return f"{name}({', '.join(self.expression(depth - 1) for _ in range(CALLS[name]))})"

    def element(self, depth: int) -> str:
        """An element of an array or of a data structure."""
        where = self.expression(depth - 1)
        fixed = ["m[? s]", "l[| i]", "t[$ s]", "moves[i][0]", f"moves[{where}][1]", f"costs[{where}]", "u.total()"]
        return self.pick(f"a[{where}]", f"m[? {where}]", f"l[| {where}]", f"g[# i, {where}]", *fixed)

    def other(self, depth: int) -> str:
        """The expressions with one operand, steps and calls of the program's own functions."""
        inner = self.expression(depth - 1)
        step = self.pick("n++", "++x", "y--", "a[1]++", "t.p++", "h++")
        forms = [f"(- {inner})", f"(!{inner})", f"(~{inner})", f"({inner} ? x : y)", f"({inner} ?? n)", f"({step})"]
        forms += [f"is_low({inner})", f"lowered({inner})", f"masked({inner}, y)", f"(named({inner}) + s)"]
        forms += [f"pair_of({inner})[0]", f"pair_of(x, {inner}, n)[1]", f"made_of({inner}).p"]
        forms += [f"twice({inner})", f"poke({inner})", f"(new Pair({inner}, y)).total()", f'$"<{{{inner}}}>"']
        return self.pick(*forms)

    # -------------------------------------------------------------- statements

    def statement(self) -> str:
        """Any statement; what nests is bounded."""
        kinds = [self.store] * 6 + [self.shown] * 2 + [self.compound_store] * 3 + [self.container]
        if self.depth < 3:
            kinds += [self.branch, self.loop, self.switch, self.attempt, self.with_, self.jump]
        self.depth += 1
        made = self.random.choice(kinds)()
        self.depth -= 1
        return made

    def block(self) -> str:
        return "{ " + " ".join(self.statement() for _ in range(self.random.randint(1, 4))) + " }"

    def place(self) -> str:
        elements = ["e[i]", "e[array_length(e)]", "e[n]", "a[0]", "a[i]", "m[? s]", "l[| i]", "g[# 1, i]"]
        return self.pick(*LOCALS, *LOCALS, "t.p", "t.q", "global.count", *elements)

    def store(self) -> str:
        return f"{self.place()} = {self.expression()};"

    def compound_store(self) -> str:
        if self.random.random() < 0.3:
            return f"{self.place()}{self.pick('++', '--')};"
        return f"{self.place()} {self.pick('+', '-', '*', '/', '|', '&', '^', '%')}= {self.expression(2)};"

    def shown(self) -> str:
        return f"P({self.expression()});"

    def container(self) -> str:
        value = self.expression(2)
        return self.pick(f"array_push(a, {value});", f"ds_list_add(l, {value});", f"ds_map_set(m, {value}, {value});",
                         f"ds_grid_set(g, i, 1, {value});", "array_pop(a);", "b = a; b[0] = i;",
                         f"array_delete(a, {value}, 1);", f"array_insert(a, i, {value});",
                         f"array_push(a, i, {value}, n);", "delete t;",
                         f"t = {{ p : {value}, q : 2 }};", f"a = [{value}, y];", "P(ds_list_size(l));")  # fmt: skip

    def branch(self) -> str:
        otherwise = f" else {self.block()}" if self.random.random() < 0.5 else ""
        step = self.pick("n--", "++x", "t.p++", "--a[1]", "u.left--", "h++")
        condition = self.pick(f"{step} {self.pick(*COMPARISONS)} {self.leaf()}", self.expression(), self.expression())
        return f"if ({condition}) {self.block()}{otherwise}"

    def loop(self) -> str:
        self.loops += 1
        counter, body = f"k{self.loops}", self.block()
        return self.pick(f"for (var {counter} = 0; {counter} < {self.pick('3', 'array_length(a)', 'n')}; {counter}++) "
                         f"{{ if (fuel-- < 0) break; i = {counter}; {body} }}",
                         f"for (var {counter} = 0; {counter} < 5; {counter}++) {{ if (fuel-- < 0) break; "
                         f"e[{counter}] = {self.expression(1)}; }}",
                         f"for (var {counter} = 1020; {counter} < 1027; {counter}++) "
                         f"{{ n = {counter}; {self.shown()} }}",
                         f"for (i = 0; i < 3; i++) {{ if (fuel-- < 0) break; {body} }}",
                         f"for (var {counter} = 0; {counter} < array_length(a); {counter}++) "
                         f"{{ if (fuel-- < 0) break; {self.asked()} }}",
                         f"w = {self.pick('z', self.leaf())}; for (var {counter} = 0; {counter} < string_length(w); "
                         f"{counter}++) {{ if (fuel-- < 0) break; n = {counter}; }}",
                         f"repeat (2) {body}", f"var {counter} = 0; while ({counter}++ < 3) {body}",
                         f"var {counter} = 0; do {body} until ({counter}++ > 1)")  # fmt: skip

    def asked(self) -> str:
        """A statement that only asks a value for its text, by a builtin with an inline form."""
        value = self.pick("z", self.leaf())
        return self.pick(f"n = string_length({value});", f"n = ord({value});", f"n = string_pos({value}, s);",
                         f"n = struct_exists(t, {value});", f"n = t[$ {value}];")  # fmt: skip

    def switch(self) -> str:
        cases = "".join(
            f"case {self.pick(*NUMBERS, *VALUES)}: {self.statement()} {self.pick('break;', '')}"
            for _ in range(self.random.randint(1, 3))
        )
        return f"switch ({self.expression(2)}) {{ {cases} default: {self.statement()} }}"

    def attempt(self) -> str:
        return f'try {self.block()} catch (e) {{ P(is_struct(e) ? "an error" : e); {self.statement()} }}'

    def with_(self) -> str:
        return f"with (new Pair({self.expression(2)}, n)) {{ {self.statement()} P(left); }}"

    def jump(self) -> str:
        return f"if ({self.comparison(1)}) throw {self.expression(1)};"

    def program(self) -> str:
        """The program: a function that is called with values of several types, and goes on after errors."""
        body = "\n    ".join(f"try {{ {self.statement()} }} catch (e) {{ P(is_struct(e) ? \"an error\" : e); }}"
                             if self.random.random() < 0.5 else self.statement() for _ in range(10))  # fmt: skip
        calls = "".join(
            f'try {{ P(run({self.pick(*VALUES)}, {self.pick(*NUMBERS[:7])})); }} catch (e) {{ P("run failed"); }}\n'
            for _ in range(3)
        )
        return f"""{PRELUDE}
function P(v) {{ array_push(global.printed, show(v)); }}
function run(x, y) {{
    var w = 3, n = 4, i = 0, fuel = 60, s = "key", h = int64(99), a = [1, "two", 3], t = {{ p : 1, q : "q" }}, b = a;
    var moves = [[1, 0], [0, -1.5], [2, 3]], costs = [1, 2.5, 0], u = new Pair(x, y);
    var e = [], numbers = buffer_create(4, buffer_fixed, 1);
    buffer_poke(numbers, 0, buffer_s32, -7);
    var q = buffer_peek(numbers, 0, buffer_s32);
    var z = sly(a), m = ds_map_create(), l = ds_list_create(), g = ds_grid_create(3, 3);
    ds_list_add(l, 1, "b"); m[? "key"] = 5;
    {body}
    P(n); P(i); P(s); P(h); P(e); P(q); P(a); P(b); P(x); P(y); P(t);
    for (var j = 0; j < ds_list_size(l); j++) P(l[| j]);
    P(m[? s]); P(g[# 1, 1]);
    return x;
}}
global.printed = [];
{calls}
global.printed;"""


def printed(code: str, optimise: bool) -> list[str]:
    """What a program leaves as its value."""
    value = evaluate(code, Runtime(Settings(optimise=optimise), log=lambda line: None)).value
    return [str(item) for item in value]


def random_program(number: int) -> str:
    """The program of a number."""
    return Writer(number).program()
