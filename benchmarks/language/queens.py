"""The eight queens of "Are We Fast Yet": arrays of bools in a struct, and recursion."""

GML = """
function Queens() constructor {
    free_rows = undefined;
    free_maxs = undefined;
    free_mins = undefined;
    queen_rows = undefined;
    static queens = function() {
        free_rows = array_create(8, true);
        free_maxs = array_create(16, true);
        free_mins = array_create(16, true);
        queen_rows = array_create(8, -1);
        return place_queen(0);
    }
    static place_queen = function(c) {
        for (var r = 0; r < 8; r++) {
            if (get_row_column(r, c)) {
                queen_rows[r] = c;
                set_row_column(r, c, false);
                if (c == 7) return true;
                if (place_queen(c + 1)) return true;
                set_row_column(r, c, true);
            }
        }
        return false;
    }
    static get_row_column = function(r, c) {
        return free_rows[r] && free_maxs[c + r] && free_mins[c - r + 7];
    }
    static set_row_column = function(r, c, v) {
        free_rows[r] = v;
        free_maxs[c + r] = v;
        free_mins[c - r + 7] = v;
    }
}
function bench() {
    var result = true, sum = 0;
    for (var i = 0; i < 5; i++) {
        var one = new Queens();
        result = result && one.queens();
        for (var r = 0; r < 8; r++) sum += one.queen_rows[r] * r;
    }
    return result ? sum : -1;
}
"""


class Queens:
    def __init__(self) -> None:
        self.free_rows: list = []
        self.free_maxs: list = []
        self.free_mins: list = []
        self.queen_rows: list = []

    def queens(self) -> bool:
        self.free_rows = [True] * 8
        self.free_maxs = [True] * 16
        self.free_mins = [True] * 16
        self.queen_rows = [-1] * 8
        return self.place_queen(0)

    def place_queen(self, c: int) -> bool:
        for r in range(8):
            if self.get_row_column(r, c):
                self.queen_rows[r] = c
                self.set_row_column(r, c, False)
                if c == 7:
                    return True
                if self.place_queen(c + 1):
                    return True
                self.set_row_column(r, c, True)
        return False

    def get_row_column(self, r: int, c: int) -> bool:
        return self.free_rows[r] and self.free_maxs[c + r] and self.free_mins[c - r + 7]

    def set_row_column(self, r: int, c: int, v: bool) -> None:
        self.free_rows[r] = v
        self.free_maxs[c + r] = v
        self.free_mins[c - r + 7] = v


def python() -> float:
    result, total = True, 0
    for _ in range(5):
        one = Queens()
        result = result and one.queens()
        for r in range(8):
            total += one.queen_rows[r] * r
    return total if result else -1
