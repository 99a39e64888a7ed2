"""Calls of a method that reads and writes the variables of its struct."""

GML = """
function Counter() constructor {
    count = 0;
    static add = function(amount) {
        count += amount;
        return count;
    }
}
function bench() {
    var counter = new Counter();
    for (var i = 0; i < 100000; i++) counter.add(i);
    return counter.count;
}
"""


class Counter:
    def __init__(self) -> None:
        self.count = 0.0

    def add(self, amount: float) -> float:
        self.count += amount
        return self.count


def python() -> float:
    counter = Counter()
    for i in range(100000):
        counter.add(i)
    return counter.count
