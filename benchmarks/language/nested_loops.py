"""Three loops inside each other and a sum."""

GML = """
function bench() {
    var total = 0;
    for (var i = 0; i < 60; i++) {
        for (var j = 0; j < 60; j++) {
            for (var k = 0; k < 60; k++) {
                total += i * j - k;
            }
        }
    }
    return total;
}
"""


def python() -> float:
    total = 0.0
    i = 0.0
    while i < 60:
        j = 0.0
        while j < 60:
            k = 0.0
            while k < 60:
                total += i * j - k
                k += 1
            j += 1
        i += 1
    return total
