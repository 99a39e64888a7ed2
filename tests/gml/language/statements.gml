function P(x) { show_debug_message(string(x)); }

var r = ""; for (var i=0;i<3;i++) { switch (i) { default: r+="d"; case 9: r+="9"; break; case 1: continue; } r+="."; } P(r); // expect: d9.d9.
for (var k=0; k<3; k++) continue; P(k); // expect: 3
var n = 0; repeat (-2) n++; repeat (infinity) n++; repeat (3) n++; P(n); // expect: 3
n = 0; do { n++; if (n == 2) continue; } until (n >= 4); P(n); // expect: 4
n = 0; while (true) { n++; if (n > 5) break; } P(n); // expect: 6
var i2 = 0, pair = [0, 0]; pair[i2++] = i2; P(pair); // expect: [ 0,0 ]
var g; g[3] = 1; P(g); // expect: [ 0,0,0,1 ]
try { P(g[4]); } catch (e) { P("ERR"); } // expect: ERR
var two; two[1, 2] = 5; P(two); // expect: [ 0,[ 0,0,5 ] ]
var one = [1], same = one; same[0] = 2; P(one[0]); // expect: 2
var f = function() { try { return 1; } finally { P("fin"); } }; P(f()); // expect: fin
// expect: 1
try { throw 42; } catch (e) { P(e + 1); } // expect: 43
for (i = 0; i < 3; i++) { try { if (i == 1) continue; P(i); } finally { P("f"); } } // expect: 0
// expect: f
// expect: f
// expect: 2
// expect: f
var t = 0, s = { a : 1 }; hp = 5; with (s) { t = a + other.hp; } P(t); // expect: 6
function find(s) { with (s) { return a; } } P(find({ a : 8 })); // expect: 8
with (s) { try { throw 1; } catch (e) { a = 2; } } P(s.a); // expect: 2
try { with (s) { throw 1; } } catch (e) { P(hp); } // expect: 5
n = 0; with (noone) n++; with (undefined) n++; P(n); // expect: 0
zzz = 3; zzz = zzz; P(zzz); // expect: 3
try { yyy = yyy; P("ok"); } catch (e) { P("ERR"); } // expect: ok
foo = 1; if (false) { var foo; } P(self[$ "foo"]); // expect: undefined
#macro TWO 1 + 1
P(TWO * 3); // expect: 4
P($"{TWO} {[2/3]} {"q"}"); // expect: 2 [ 0.67 ] q
enum E { A, B = 5, C } P(E.C); // expect: 6
P(typeof(E.A)); // expect: int64
P(nameof(hp)); // expect: hp
switch ("b") { case "a": P(1); break; case "b": P(2); break; } // expect: 2
switch (3) { case 1: case 3: P("odd"); } // expect: odd
begin P("block"); end // expect: block
if (1) P("one") else P("two"); // expect: one
P(_GMLINE_); // expect: 39
globalvar shared; shared = 4; P(global.shared); // expect: 4
