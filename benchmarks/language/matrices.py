"""Four by four matrices in arrays: products, transposes and transformed points."""

import math

GML = """
function multiply(a, b) {
    var c = array_create(16, 0);
    for (var i = 0; i < 4; i++) {
        for (var j = 0; j < 4; j++) {
            var sum = 0;
            for (var k = 0; k < 4; k++) sum += a[i * 4 + k] * b[k * 4 + j];
            c[i * 4 + j] = sum;
        }
    }
    return c;
}
function transform(m, px, py, pz) {
    return [
        m[0] * px + m[1] * py + m[2] * pz + m[3],
        m[4] * px + m[5] * py + m[6] * pz + m[7],
        m[8] * px + m[9] * py + m[10] * pz + m[11]
    ];
}
function rotation(degrees) {
    var c = dcos(degrees), s = dsin(degrees);
    return [c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
}
function bench() {
    var m = rotation(0);
    var total = 0;
    for (var i = 0; i < 200; i++) {
        m = multiply(m, rotation(i mod 4 * 90));
        var p = transform(m, 1, 2, 3);
        total += round(p[0] + p[1] * 2 + p[2] * 3);
    }
    return total;
}
"""


def multiply(a: list, b: list) -> list:
    c = [0.0] * 16
    for i in range(4):
        for j in range(4):
            total = 0.0
            for k in range(4):
                total += a[i * 4 + k] * b[k * 4 + j]
            c[i * 4 + j] = total
    return c


def transform(m: list, px: float, py: float, pz: float) -> list:
    return [
        m[0] * px + m[1] * py + m[2] * pz + m[3],
        m[4] * px + m[5] * py + m[6] * pz + m[7],
        m[8] * px + m[9] * py + m[10] * pz + m[11],
    ]


def rotation(degrees: float) -> list:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [c, -s, 0.0, 0.0, s, c, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]


def python() -> float:
    m = rotation(0)
    total = 0.0
    for i in range(200):
        m = multiply(m, rotation(i % 4 * 90))
        p = transform(m, 1.0, 2.0, 3.0)
        total += round(p[0] + p[1] * 2 + p[2] * 3)
    return total
