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
    for i in range(60):
        for j in range(60):
            for k in range(60):
                total += i * j - k
    return total
