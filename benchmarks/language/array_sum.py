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
    i = 0
    while i < 100000:
        values[i] = float(i)
        i += 1
    total = 0.0
    i = 0
    while i < len(values):
        total += values[i]
        i += 1
    return total
