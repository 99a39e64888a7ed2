"""A breadth-first search over a `ds_grid` with a `ds_queue`."""

from collections import deque

GML = """
function bench() {
    var w = 60, h = 40;
    var walls = ds_grid_create(w, h);
    var dist = ds_grid_create(w, h);
    ds_grid_clear(dist, -1);
    for (var yy = 0; yy < h; yy++) {
        for (var xx = 0; xx < w; xx++) {
            walls[# xx, yy] = ((xx * 7 + yy * 13) mod 11 == 0) ? 1 : 0;
        }
    }
    var queue = ds_queue_create();
    ds_queue_enqueue(queue, [1, 1]);
    dist[# 1, 1] = 0;
    var dirs = [[1, 0], [-1, 0], [0, 1], [0, -1]];
    var reached = 0;
    while (!ds_queue_empty(queue)) {
        var cell = ds_queue_dequeue(queue);
        reached++;
        for (var d = 0; d < 4; d++) {
            var nx = cell[0] + dirs[d][0];
            var ny = cell[1] + dirs[d][1];
            if (nx < 0 || ny < 0 || nx >= w || ny >= h) continue;
            if (walls[# nx, ny] == 1 || dist[# nx, ny] >= 0) continue;
            dist[# nx, ny] = dist[# cell[0], cell[1]] + 1;
            ds_queue_enqueue(queue, [nx, ny]);
        }
    }
    var total = reached + ds_grid_get_max(dist, 0, 0, w - 1, h - 1);
    ds_queue_destroy(queue);
    ds_grid_destroy(walls);
    ds_grid_destroy(dist);
    return total;
}
"""


def python() -> float:
    w, h = 60, 40
    walls = [[1 if (x * 7 + y * 13) % 11 == 0 else 0 for y in range(h)] for x in range(w)]
    dist = [[-1] * h for _ in range(w)]
    queue = deque([[1, 1]])
    dist[1][1] = 0
    dirs = [[1, 0], [-1, 0], [0, 1], [0, -1]]
    reached = 0
    while queue:
        cell = queue.popleft()
        reached += 1
        for d in range(4):
            nx = cell[0] + dirs[d][0]
            ny = cell[1] + dirs[d][1]
            if nx < 0 or ny < 0 or nx >= w or ny >= h:
                continue
            if walls[nx][ny] == 1 or dist[nx][ny] >= 0:
                continue
            dist[nx][ny] = dist[cell[0]][cell[1]] + 1
            queue.append([nx, ny])
    return reached + max(max(column) for column in dist)
