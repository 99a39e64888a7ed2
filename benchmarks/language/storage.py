"""The storage of "Are We Fast Yet": a tree of arrays, with a generator of random numbers written in the program."""

GML = """
function Random() constructor {
    seed = 74755;
    static next = function() {
        seed = ((seed * 1309) + 13849) & 65535;
        return seed;
    }
}
function Storage() constructor {
    count = 0;
    static build_tree_depth = function(depth, rng) {
        count++;
        if (depth == 1) {
            return array_create(rng.next() mod 10 + 1, 0);
        }
        var made = array_create(4, undefined);
        for (var i = 0; i < 4; i++) made[i] = build_tree_depth(depth - 1, rng);
        return made;
    }
}
function bench() {
    var one = new Storage();
    var tree = one.build_tree_depth(6, new Random());
    return one.count + array_length(tree[1][2][3][0][1]);
}
"""


class Random:
    def __init__(self) -> None:
        self.seed = 74755

    def next(self) -> int:
        self.seed = ((self.seed * 1309) + 13849) & 65535
        return self.seed


class Storage:
    def __init__(self) -> None:
        self.count = 0

    def build_tree_depth(self, depth: int, rng: Random) -> list:
        self.count += 1
        if depth == 1:
            return [0] * (rng.next() % 10 + 1)
        made: list = [None] * 4
        for i in range(4):
            made[i] = self.build_tree_depth(depth - 1, rng)
        return made


def python() -> float:
    one = Storage()
    tree = one.build_tree_depth(6, Random())
    return one.count + len(tree[1][2][3][0][1])
