"""Circles and boxes that are tested against each other in nested loops."""

import math

GML = """
function Circle(_x, _y, _r) constructor {
    x = _x;
    y = _y;
    r = _r;
    hits = 0;
}
function overlaps(a, b) {
    var dx = a.x - b.x;
    var dy = a.y - b.y;
    var reach = a.r + b.r;
    return dx * dx + dy * dy < reach * reach;
}
function inside(px, py, x1, y1, x2, y2) {
    return px >= x1 && px <= x2 && py >= y1 && py <= y2;
}
function bench() {
    var circles = [];
    for (var i = 0; i < 90; i++) {
        array_push(circles, new Circle((i * 37) mod 200, (i * 53) mod 150, 3 + i mod 5));
    }
    var count = array_length(circles);
    for (var step = 0; step < 3; step++) {
        for (var i = 0; i < count - 1; i++) {
            for (var j = i + 1; j < count; j++) {
                if (overlaps(circles[i], circles[j])) {
                    circles[i].hits++;
                    circles[j].hits++;
                }
            }
        }
        for (var i = 0; i < count; i++) {
            var c = circles[i];
            if (inside(c.x, c.y, 20, 20, 120, 90)) c.hits += 2;
            if (point_distance(c.x, c.y, 100, 75) < 40) c.hits += 3;
            c.x = (c.x + 7) mod 200;
        }
    }
    var total = 0;
    for (var i = 0; i < count; i++) total += circles[i].hits;
    return total;
}
"""


class Circle:
    def __init__(self, x: float, y: float, r: float) -> None:
        self.x, self.y, self.r, self.hits = x, y, r, 0


def overlaps(a: Circle, b: Circle) -> bool:
    dx = a.x - b.x
    dy = a.y - b.y
    reach = a.r + b.r
    return dx * dx + dy * dy < reach * reach


def inside(px: float, py: float, x1: float, y1: float, x2: float, y2: float) -> bool:
    return x1 <= px <= x2 and y1 <= py <= y2


def python() -> float:
    circles = [Circle(float(i * 37 % 200), float(i * 53 % 150), 3.0 + i % 5) for i in range(90)]
    count = len(circles)
    for _ in range(3):
        for i in range(count - 1):
            for j in range(i + 1, count):
                if overlaps(circles[i], circles[j]):
                    circles[i].hits += 1
                    circles[j].hits += 1
        for c in circles:
            if inside(c.x, c.y, 20, 20, 120, 90):
                c.hits += 2
            if math.hypot(c.x - 100, c.y - 75) < 40:
                c.hits += 3
            c.x = (c.x + 7) % 200
    return sum(c.hits for c in circles)
