"""The sieve of Eratosthenes."""

GML = """
function bench() {
    var limit = 60000;
    var composite = array_create(limit + 1, false);
    var count = 0;
    for (var i = 2; i <= limit; i++) {
        if (composite[i]) continue;
        count++;
        for (var j = i * i; j <= limit; j += i) composite[j] = true;
    }
    return count;
}
"""


def python() -> float:
    limit = 60000
    composite = [False] * (limit + 1)
    count = 0.0
    i = 2
    while i <= limit:
        if not composite[i]:
            count += 1
            j = i * i
            while j <= limit:
                composite[j] = True
                j += i
        i += 1
    return count
