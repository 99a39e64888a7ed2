"""The game of life on an array of arrays."""

GML = """
function neighbours(cells, cx, cy, w, h) {
    var count = 0;
    for (var dy = -1; dy <= 1; dy++) {
        for (var dx = -1; dx <= 1; dx++) {
            if (dx == 0 && dy == 0) continue;
            var nx = (cx + dx + w) mod w;
            var ny = (cy + dy + h) mod h;
            count += cells[ny][nx];
        }
    }
    return count;
}
function step(cells, w, h) {
    var next = [];
    for (var yy = 0; yy < h; yy++) {
        next[yy] = array_create(w, 0);
        for (var xx = 0; xx < w; xx++) {
            var n = neighbours(cells, xx, yy, w, h);
            if (n == 3 || (n == 2 && cells[yy][xx] == 1)) next[yy][xx] = 1;
        }
    }
    return next;
}
function bench() {
    var w = 32, h = 24;
    var cells;
    for (var yy = 0; yy < h; yy++) {
        for (var xx = 0; xx < w; xx++) cells[yy, xx] = ((xx * 3 + yy * 5) mod 7 < 3) ? 1 : 0;
    }
    repeat (5) cells = step(cells, w, h);
    var alive = 0;
    for (var yy = 0; yy < h; yy++) {
        for (var xx = 0; xx < w; xx++) alive += cells[yy][xx] * (xx + yy);
    }
    return alive;
}
"""


def neighbours(cells: list, cx: int, cy: int, w: int, h: int) -> int:
    count = 0
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            if dx == 0 and dy == 0:
                continue
            nx = (cx + dx + w) % w
            ny = (cy + dy + h) % h
            count += cells[ny][nx]
    return count


def step(cells: list, w: int, h: int) -> list:
    following = []
    for y in range(h):
        following.append([0] * w)
        for x in range(w):
            n = neighbours(cells, x, y, w, h)
            if n == 3 or (n == 2 and cells[y][x] == 1):
                following[y][x] = 1
    return following


def python() -> float:
    w, h = 32, 24
    cells = [[1 if (x * 3 + y * 5) % 7 < 3 else 0 for x in range(w)] for y in range(h)]
    for _ in range(5):
        cells = step(cells, w, h)
    alive = 0
    for y in range(h):
        for x in range(w):
            alive += cells[y][x] * (x + y)
    return alive
