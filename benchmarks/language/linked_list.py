"""The lists of "Are We Fast Yet": recursion over linked structs."""

GML = """
function Element(_value) constructor {
    value = _value;
    next = undefined;
    static length = function() {
        if (next == undefined) return 1;
        return 1 + next.length();
    }
}
function make_list(length) {
    if (length == 0) return undefined;
    var e = new Element(length);
    e.next = make_list(length - 1);
    return e;
}
function is_shorter_than(a, b) {
    while (b != undefined) {
        if (a == undefined) return true;
        a = a.next;
        b = b.next;
    }
    return false;
}
function tail(a, b, c) {
    if (is_shorter_than(b, a)) {
        return tail(tail(a.next, b, c), tail(b.next, c, a), tail(c.next, a, b));
    }
    return c;
}
function bench() {
    var result = tail(make_list(14), make_list(10), make_list(6));
    return result.length();
}
"""


class Element:
    def __init__(self, value: int) -> None:
        self.value = value
        self.next: object = None

    def length(self) -> int:
        if self.next is None:
            return 1
        return 1 + self.next.length()


def make_list(length: int) -> object:
    if length == 0:
        return None
    e = Element(length)
    e.next = make_list(length - 1)
    return e


def is_shorter_than(a: object, b: object) -> bool:
    while b is not None:
        if a is None:
            return True
        a = a.next
        b = b.next
    return False


def tail(a: object, b: object, c: object) -> object:
    if is_shorter_than(b, a):
        return tail(tail(a.next, b, c), tail(b.next, c, a), tail(c.next, a, b))
    return c


def python() -> float:
    return tail(make_list(14), make_list(10), make_list(6)).length()
