/// An enum's members are what their expressions give at run time, truncated.
function P(x) { show_debug_message(string(x)); }
enum KEY { W = ord("W"), ONE = real("1"), NEXT, LENGTH = string_length("four"), FLOOR = floor(2.7), MAX = max(1, 5, 3) }
P([KEY.W, KEY.ONE, KEY.NEXT, KEY.LENGTH, KEY.FLOOR, KEY.MAX]); // expect: [ 87,1,2,4,2,5 ]
enum E { A = -7 div 2, B = -7 mod 3, C = 7 / 2, D = 1 << 40, F = ~5, G = 6 & 3 | 8, H = -1 >> 1, I = true, J = 3 > 2 ? 10 : 20 }
var minus = -7, two = 2;
P([E.A, minus div two]); // expect: [ -3,-3 ]
P([E.B, E.C, E.D, E.F, E.G, E.H]); // expect: [ -1,3,1099511627776,-6,10,-1 ]
P([E.I, E.J]); // expect: [ 1,10 ]
enum F { A = E.D * 1024 + 1, B = F.A - 1, C = 1000000 * 1000000, D = 2147483647 + 1, LAST = Z.A, P = pi, S = power(2, 10) }
enum Z { A = 5 }
P([F.A, F.B, F.C, F.D, F.LAST, F.P, F.S]); // expect: [ 1125899906842625,1125899906842624,1000000000000,2147483648,5,3,1024 ]
P(typeof(KEY.W)); // expect: int64
