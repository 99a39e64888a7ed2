"""Recursive calls of a function with one argument."""

GML = """
function fib(n) {
    if (n < 2) return n;
    return fib(n - 1) + fib(n - 2);
}
function bench() { return fib(22); }
"""


def fib(n: float) -> float:
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def python() -> float:
    return fib(22.0)
