"""The permutations of "Are We Fast Yet": recursion that swaps elements of an array."""

GML = """
function Permute() constructor {
    count = 0;
    v = [];
    static run = function(size) {
        count = 0;
        v = [];
        for (var i = 0; i < size; i++) v[i] = i;
        permute(size);
        return count;
    }
    static permute = function(n) {
        count++;
        if (n != 0) {
            var n1 = n - 1;
            permute(n1);
            for (var i = n1; i >= 0; i--) {
                swap(n1, i);
                permute(n1);
                swap(n1, i);
            }
        }
    }
    static swap = function(i, j) {
        var held = v[i];
        v[i] = v[j];
        v[j] = held;
    }
}
function bench() {
    var one = new Permute();
    return one.run(6) + one.v[3];
}
"""


class Permute:
    def __init__(self) -> None:
        self.count = 0
        self.v: list = []

    def run(self, size: int) -> int:
        self.count = 0
        self.v = []
        for i in range(size):
            self.v.append(i)
        self.permute(size)
        return self.count

    def permute(self, n: int) -> None:
        self.count += 1
        if n != 0:
            n1 = n - 1
            self.permute(n1)
            for i in range(n1, -1, -1):
                self.swap(n1, i)
                self.permute(n1)
                self.swap(n1, i)

    def swap(self, i: int, j: int) -> None:
        held = self.v[i]
        self.v[i] = self.v[j]
        self.v[j] = held


def python() -> float:
    one = Permute()
    return one.run(6) + one.v[3]
