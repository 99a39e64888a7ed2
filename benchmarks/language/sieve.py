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


def python() -> int:
    limit = 60000
    composite = [False] * (limit + 1)
    count = 0
    for i in range(2, limit + 1):
        if composite[i]:
            continue
        count += 1
        for j in range(i * i, limit + 1, i):
            composite[j] = True
    return count
