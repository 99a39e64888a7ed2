"""The planets of "Are We Fast Yet": arithmetic with the variables of structs."""

import math

GML = """
function Body(_x, _y, _z, _vx, _vy, _vz, _mass) constructor {
    x = _x; y = _y; z = _z;
    vx = _vx * 365.24; vy = _vy * 365.24; vz = _vz * 365.24;
    mass = _mass * 39.47841760435743;
}
function system() {
    return [
        new Body(0, 0, 0, 0, 0, 0, 1),
        new Body(4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
            0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609),
        new Body(8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
            -0.00276742510726411, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812),
        new Body(12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
            0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298),
        new Body(15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
            0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451)
    ];
}
function advance(bodies, dt) {
    var count = array_length(bodies);
    for (var i = 0; i < count; i++) {
        var a = bodies[i];
        for (var j = i + 1; j < count; j++) {
            var b = bodies[j];
            var dx = a.x - b.x;
            var dy = a.y - b.y;
            var dz = a.z - b.z;
            var distance = dx * dx + dy * dy + dz * dz;
            var mag = dt / (distance * sqrt(distance));
            a.vx -= dx * b.mass * mag;
            a.vy -= dy * b.mass * mag;
            a.vz -= dz * b.mass * mag;
            b.vx += dx * a.mass * mag;
            b.vy += dy * a.mass * mag;
            b.vz += dz * a.mass * mag;
        }
    }
    for (var i = 0; i < count; i++) {
        var body = bodies[i];
        body.x += dt * body.vx;
        body.y += dt * body.vy;
        body.z += dt * body.vz;
    }
}
function bench() {
    var bodies = system();
    repeat (150) advance(bodies, 0.01);
    return floor((bodies[0].x + bodies[1].y + bodies[2].z) * 1000000);
}
"""

PLANETS = (
    (0, 0, 0, 0, 0, 0, 1),
    (4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
     0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609),
    (8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
     -0.00276742510726411, 0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812),
    (12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
     0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298),
    (15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
     0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451),
)  # fmt: skip


class Body:
    def __init__(self, x: float, y: float, z: float, vx: float, vy: float, vz: float, mass: float) -> None:
        self.x, self.y, self.z = float(x), float(y), float(z)
        self.vx, self.vy, self.vz = vx * 365.24, vy * 365.24, vz * 365.24
        self.mass = mass * 39.47841760435743


def advance(bodies: list, dt: float) -> None:
    count = len(bodies)
    for i in range(count):
        a = bodies[i]
        for j in range(i + 1, count):
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            distance = dx * dx + dy * dy + dz * dz
            mag = dt / (distance * math.sqrt(distance))
            a.vx -= dx * b.mass * mag
            a.vy -= dy * b.mass * mag
            a.vz -= dz * b.mass * mag
            b.vx += dx * a.mass * mag
            b.vy += dy * a.mass * mag
            b.vz += dz * a.mass * mag
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def python() -> float:
    bodies = [Body(*planet) for planet in PLANETS]
    for _ in range(150):
        advance(bodies, 0.01)
    return math.floor((bodies[0].x + bodies[1].y + bodies[2].z) * 1000000)
