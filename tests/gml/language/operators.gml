function P(x) { show_debug_message(string(x)); }

// assignment is no expression: = compares inside one
var b = 2, c = 2; var a = b = c; P(a); // expect: 1
P(typeof(a)); // expect: bool
// all comparisons have one level
a = 3; P(1 == a > 0); // expect: 0
// & | ^ bind tighter than comparisons, and are one level
var x6 = 6; P(x6 & 2 == 2); // expect: 1
a = 1; b = 2; c = 4; P(a | b & c); // expect: 0
// ^^ binds tighter than &&
var t = true, f = false; P(f && t ^^ t); // expect: 0
// the epsilon
a = 0.1; b = 0.2; P(a + b == 0.3); // expect: 1
var d = 5.000001; P(d > 5); // expect: 0
P(d >= 5); // expect: 1
P(d != 5); // expect: 0
P(infinity == infinity); // expect: 1
P(NaN == NaN); // expect: 0
// truth
var half = 0.5, minus = -1; P(half ? "y" : "n"); // expect: n
P(minus ? "y" : "n"); // expect: n
P(bool(0.55)); // expect: 1
a = 5; b = 3; P(a && b); // expect: 1
P(0 ?? 7); // expect: 0
P(undefined ?? 7); // expect: 7
// arithmetic
a = 4.9; b = 3.1; var z = 0; P(a div b); // expect: 1
P(-7 div 2); // expect: -3
P(1 / z); // expect: inf
a = -7; P(a mod 2); // expect: -1
P(7.5 mod 2); // expect: 1.50
a = int64(7); var q = 1; P(a / int64(2)); // expect: 3
P(typeof(q << 1)); // expect: int64
P(typeof(q + 1)); // expect: number
P(typeof(true + true)); // expect: number
P(3 * "ab"); // expect: ababab
P("10" - 4); // expect: 6
P("5" == 5); // expect: 1
P("" == 0); // expect: 0
P("5abc" == 5); // expect: 0
P(undefined == 0); // expect: 0
P(undefined < 1); // expect: 0
P(undefined == undefined); // expect: 1
P(7 & 3); // expect: 3
P(~0); // expect: -1
P(1 << 4 >> 2); // expect: 4
P(!a == 1); // expect: 0
P(-2 * -3); // expect: 6
P(1 + 2 * 3 - 4 / 2); // expect: 5
P(true ? 1 : false ? 2 : 3); // expect: 1
P((10 % 4) == 2); // expect: 1
var n = 5; n += 2; n -= 1; n *= 3; n /= 2; n %= 5; P(n); // expect: 4
n = 6; n &= 3; n |= 8; n ^= 1; P(n); // expect: 11
n = undefined; n ??= 4; n ??= 5; P(n); // expect: 4
P(0.1 + 0.2); // expect: 0.30
P(-0.001); // expect: -0.00
P(1/3); // expect: 0.33
P(1000000); // expect: 1000000
P(int64(9223372036854775807) + int64(1)); // expect: -9223372036854775808
P(1_000 + 0xF + $F + 0b11); // expect: 1033
P(#FF0000); // expect: 255
