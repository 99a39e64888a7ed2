"""The balls of "Are We Fast Yet": structs that move and bounce off walls."""

GML = """
function Random() constructor {
    seed = 74755;
    static next = function() {
        seed = ((seed * 1309) + 13849) & 65535;
        return seed;
    }
}
function Ball(rng) constructor {
    x = rng.next() mod 500;
    y = rng.next() mod 500;
    xvel = (rng.next() mod 300) - 150;
    yvel = (rng.next() mod 300) - 150;
    static bounce = function() {
        var limit = 500, bounced = false;
        x += xvel;
        y += yvel;
        if (x > limit) { x = limit; xvel = -abs(xvel); bounced = true; }
        if (x < 0) { x = 0; xvel = abs(xvel); bounced = true; }
        if (y > limit) { y = limit; yvel = -abs(yvel); bounced = true; }
        if (y < 0) { y = 0; yvel = abs(yvel); bounced = true; }
        return bounced;
    }
}
function bench() {
    var rng = new Random(), balls = [], bounces = 0;
    for (var i = 0; i < 100; i++) balls[i] = new Ball(rng);
    for (var i = 0; i < 50; i++) {
        for (var b = 0; b < array_length(balls); b++) {
            if (balls[b].bounce()) bounces++;
        }
    }
    return bounces;
}
"""


class Random:
    def __init__(self) -> None:
        self.seed = 74755

    def next(self) -> int:
        self.seed = ((self.seed * 1309) + 13849) & 65535
        return self.seed


class Ball:
    def __init__(self, rng: Random) -> None:
        self.x = rng.next() % 500
        self.y = rng.next() % 500
        self.xvel = (rng.next() % 300) - 150
        self.yvel = (rng.next() % 300) - 150

    def bounce(self) -> bool:
        limit, bounced = 500, False
        self.x += self.xvel
        self.y += self.yvel
        if self.x > limit:
            self.x, self.xvel, bounced = limit, -abs(self.xvel), True
        if self.x < 0:
            self.x, self.xvel, bounced = 0, abs(self.xvel), True
        if self.y > limit:
            self.y, self.yvel, bounced = limit, -abs(self.yvel), True
        if self.y < 0:
            self.y, self.yvel, bounced = 0, abs(self.yvel), True
        return bounced


def python() -> float:
    rng, bounces = Random(), 0
    balls = [Ball(rng) for _ in range(100)]
    for _ in range(50):
        for ball in balls:
            if ball.bounce():
                bounces += 1
    return bounces
