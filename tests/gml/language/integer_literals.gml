/// A literal without a fraction is an int32 to the arithmetic: an int64 that meets one stays an int64.
/// A variable that holds a real makes a real.
function P(x) { show_debug_message(string(x)); }
function T(v) { show_debug_message(typeof(v) + " " + string(v)); }
function Holder() constructor { n = int64(9007199254740993); }

var i = int64(9007199254740993), r = 2, three = buffer_create(4, buffer_fixed, 1);
buffer_poke(three, 0, buffer_s32, 2147483647);
var w = buffer_peek(three, 0, buffer_s32);

// operator × int64 on the left
T(i + 1); // expect: int64 9007199254740994
T(i - 1); // expect: int64 9007199254740992
T(i * 3); // expect: int64 27021597764222979
T(i mod 10); // expect: int64 3
T(i % 10); // expect: int64 3
T(i div 10); // expect: int64 900719925474099
T(i + 1.5); // expect: number 9007199254740994
T(i / 2); // expect: number 4503599627370496
// int64 on the right
T(1 + i); // expect: int64 9007199254740994
T(1 - i); // expect: int64 -9007199254740992
T(3 * i); // expect: int64 27021597764222979
T(10 mod int64(4)); // expect: int64 2
T(10 div int64(4)); // expect: int64 2
T(-1 * i); // expect: int64 -9007199254740993
T(i * -1); // expect: int64 -9007199254740993
T(i + 4294967296); // expect: int64 9007203549708289
T(i + 9223372036854775807); // expect: int64 -9214364837600034816
T(i + 2 * 3); // expect: int64 9007199254740999
T(i * (65536 * 65536)); // expect: int64 4294967296
// a real in a variable makes a real
T(int64(7) + r); // expect: number 9
T(int64(7) * r); // expect: number 14
T(int64(7) mod r); // expect: number 1
T(int64(7) div r); // expect: int64 3
// int32
T(w + 1); // expect: int32 -2147483648
T(w * 2); // expect: int32 -2
T(w mod 10); // expect: int32 7
T(w div 10); // expect: int32 214748364
T(w + int64(1)); // expect: int64 2147483648
T(w + r); // expect: number 2147483649
// the other types are as they were
T(r + 1); // expect: number 3
T(7 div 2); // expect: number 3
T(7.5 div 2); // expect: number 3
T(10 / 4); // expect: number 2.50
T(true + 1); // expect: number 2
T("10" - 4); // expect: number 6
T(3 * "ab"); // expect: string ababab
T(1 + "2"); // expect: number 3
T(2147483647 + 1); // expect: number 2147483648
T(1000000 * 1000000); // expect: number 1000000000000
T(r * 1000000007 mod 3); // expect: number 1

// each form of a store
var a = int64(5); a += 1; T(a); // expect: int64 6
a -= 10; T(a); // expect: int64 -4
a *= 3; T(a); // expect: int64 -12
a %= 5; T(a); // expect: int64 -2
a++; --a; T(a); // expect: int64 -2
a /= 2; T(a); // expect: number -1
var hash = int64(1578811012); hash *= 0x27d4eb2d; T(hash); // expect: int64 1055064553003854132
n = int64(1) << 60; n += 1; T(n); // expect: int64 1152921504606846977
global.n = int64(1) << 60; global.n -= 1; T(global.n); // expect: int64 1152921504606846975
var h = new Holder(); h.n += 2; T(h.n); // expect: int64 9007199254740995
var l = [int64(9007199254740993)]; l[0] += 2; T(l[0]); // expect: int64 9007199254740995
var m = ds_map_create(); m[? "k"] = int64(9007199254740993); m[? "k"] *= 1; T(m[? "k"]); // expect: int64 9007199254740993
static_less = function(v) { return v * 1103515245 + 12345; };
T(static_less(int64(12345678))); // expect: int64 13623643882873455
T(0xFFFFFFFFFFFFFFF - 1); // expect: int64 1152921504606846974
enum Big { A = 9007199254740993 }
T(Big.A + 1); // expect: int64 9007199254740994
