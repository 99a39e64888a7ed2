"""Errors that are thrown, caught and passed on in a loop."""

GML = """
function Problem(_code) constructor {
    code = _code;
    message = "code " + string(_code);
}
function parse(value) {
    if (value mod 5 == 0) throw new Problem(value);
    if (value mod 7 == 0) throw "seven";
    return value * 2;
}
function guarded(value) {
    try {
        return parse(value);
    } finally {
        value += 1;
    }
}
function bench() {
    var total = 0, cleanups = 0;
    for (var i = 0; i < 3000; i++) {
        try {
            total += guarded(i);
        } catch (problem) {
            if (is_struct(problem)) total += problem.code;
            else total += string_length(problem);
        } finally {
            cleanups++;
        }
    }
    return total + cleanups;
}
"""


class Problem(Exception):
    def __init__(self, code: int) -> None:
        self.code, self.message = code, "code " + str(code)


class Word(Exception):
    pass


def parse(value: int) -> int:
    if value % 5 == 0:
        raise Problem(value)
    if value % 7 == 0:
        raise Word("seven")
    return value * 2


def guarded(value: int) -> int:
    try:
        return parse(value)
    finally:
        value += 1


def python() -> float:
    total, cleanups = 0, 0
    for i in range(3000):
        try:
            total += guarded(i)
        except Problem as problem:
            total += problem.code
        except Word as word:
            total += len(word.args[0])
        finally:
            cleanups += 1
    return total + cleanups
