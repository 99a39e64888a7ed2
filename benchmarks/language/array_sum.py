"""Filling an array and adding up its elements by index."""

GML = """
function bench() {
    var values = array_create(100000, 0);
    for (var i = 0; i < 100000; i++) values[i] = i;
    var total = 0;
    for (var i = 0; i < array_length(values); i++) total += values[i];
    return total;
}
"""


def python() -> float:
    values = [0.0] * 100000
    for i in range(100000):
        values[i] = i
    total = 0.0
    for i in range(len(values)):
        total += values[i]
    return total
