"""A* over a `ds_grid` of costs with a `ds_priority`."""

import heapq
from itertools import count

GML = """
function Node(_x, _y, _g, _parent) constructor {
    x = _x;
    y = _y;
    g = _g;
    parent = _parent;
}
function heuristic(ax, ay, bx, by) {
    return abs(ax - bx) + abs(ay - by);
}
function bench() {
    var size = 32;
    var cost = ds_grid_create(size, size);
    var best = ds_grid_create(size, size);
    ds_grid_clear(best, 1000000);
    for (var i = 0; i < size; i++) {
        for (var j = 0; j < size; j++) {
            ds_grid_set(cost, i, j, 1 + (i * j) mod 4);
        }
    }
    var open = ds_priority_create();
    ds_priority_add(open, new Node(0, 0, 0, undefined), 0);
    ds_grid_set(best, 0, 0, 0);
    var found = undefined, closed = 0;
    while (ds_priority_size(open) > 0) {
        var node = ds_priority_delete_min(open);
        if (node.g > ds_grid_get(best, node.x, node.y)) continue;
        closed++;
        if (node.x == size - 1 && node.y == size - 1) {
            found = node;
            break;
        }
        for (var dx = -1; dx <= 1; dx++) {
            for (var dy = -1; dy <= 1; dy++) {
                if (abs(dx) + abs(dy) != 1) continue;
                var nx = node.x + dx, ny = node.y + dy;
                if (nx < 0 || ny < 0 || nx >= size || ny >= size) continue;
                var g = node.g + ds_grid_get(cost, nx, ny);
                if (g < ds_grid_get(best, nx, ny)) {
                    ds_grid_set(best, nx, ny, g);
                    ds_priority_add(open, new Node(nx, ny, g, node), g + heuristic(nx, ny, size - 1, size - 1));
                }
            }
        }
    }
    var steps = 0, total = found.g;
    while (found != undefined) {
        steps++;
        found = found.parent;
    }
    ds_grid_destroy(cost);
    ds_grid_destroy(best);
    ds_priority_destroy(open);
    return steps * 1000 + total;
}
"""


class Node:
    def __init__(self, x: int, y: int, g: int, parent: object) -> None:
        self.x, self.y, self.g, self.parent = x, y, g, parent


def heuristic(ax: int, ay: int, bx: int, by: int) -> int:
    return abs(ax - bx) + abs(ay - by)


def python() -> float:
    size = 32
    cost = [[1 + (i * j) % 4 for j in range(size)] for i in range(size)]
    best = [[1000000] * size for _ in range(size)]
    ticket = count()
    opened: list = [(0, next(ticket), Node(0, 0, 0, None))]
    best[0][0] = 0
    found = None
    while opened:
        node = heapq.heappop(opened)[2]
        if node.g > best[node.x][node.y]:
            continue
        if node.x == size - 1 and node.y == size - 1:
            found = node
            break
        for dx in range(-1, 2):
            for dy in range(-1, 2):
                if abs(dx) + abs(dy) != 1:
                    continue
                nx, ny = node.x + dx, node.y + dy
                if nx < 0 or ny < 0 or nx >= size or ny >= size:
                    continue
                g = node.g + cost[nx][ny]
                if g < best[nx][ny]:
                    best[nx][ny] = g
                    entry = Node(nx, ny, g, node)
                    heapq.heappush(opened, (g + heuristic(nx, ny, size - 1, size - 1), next(ticket), entry))
    steps, total = 0, found.g
    while found is not None:
        steps += 1
        found = found.parent
    return total + 1000 * steps if total else 0
