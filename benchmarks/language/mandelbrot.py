"""The Mandelbrot set of "Are We Fast Yet": loops of arithmetic and bits."""

GML = """
function bench() {
    var size = 40, sum = 0, byte_acc = 0, bit_num = 0;
    for (var py = 0; py < size; py++) {
        var ci = 2.0 * py / size - 1.0;
        for (var px = 0; px < size; px++) {
            var cr = 2.0 * px / size - 1.5;
            var zrzr = 0.0, zi = 0.0, zizi = 0.0, escape = 0;
            for (var z = 0; z < 50; z++) {
                var zr = zrzr - zizi + cr;
                zi = 2.0 * zr * zi + ci;
                zrzr = zr * zr;
                zizi = zi * zi;
                if (zrzr + zizi > 4.0) {
                    escape = 1;
                    break;
                }
            }
            byte_acc = (byte_acc << 1) + escape;
            bit_num++;
            if (bit_num == 8) {
                sum = sum ^ byte_acc;
                byte_acc = 0;
                bit_num = 0;
            } else if (px == size - 1) {
                byte_acc = byte_acc << (8 - bit_num);
                sum = sum ^ byte_acc;
                byte_acc = 0;
                bit_num = 0;
            }
        }
    }
    return sum;
}
"""


def python() -> float:
    size, total, byte_acc, bit_num = 40, 0, 0, 0
    for py in range(size):
        ci = 2.0 * py / size - 1.0
        for px in range(size):
            cr = 2.0 * px / size - 1.5
            zrzr, zi, zizi, escape = 0.0, 0.0, 0.0, 0
            for _ in range(50):
                zr = zrzr - zizi + cr
                zi = 2.0 * zr * zi + ci
                zrzr = zr * zr
                zizi = zi * zi
                if zrzr + zizi > 4.0:
                    escape = 1
                    break
            byte_acc = (byte_acc << 1) + escape
            bit_num += 1
            if bit_num == 8:
                total ^= byte_acc
                byte_acc = bit_num = 0
            elif px == size - 1:
                byte_acc <<= 8 - bit_num
                total ^= byte_acc
                byte_acc = bit_num = 0
    return total
