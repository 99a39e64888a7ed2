// What a naive front end gets wrong: one line for each trap of the language.
#macro TWO 1 + 1
function P(v) { show_debug_message(v); }
function K(v) constructor { x_ = v; static s = function() { return x_; }; b = function() { return x_; }; }
enum E { A, B = 5, C }
object obj_a { event create { hp = 1; } }
object obj_gone {
    event step { instance_destroy(); P("after"); }
    event destroy { P("d"); }
    event cleanup { P("c"); }
}
object obj_parent { event other_user0 { P("parent"); } }
object obj_mute : obj_parent { event other_user0 { P("child"); } }
object obj_polite : obj_parent { event other_user0 { event_inherited(); P("polite"); } }

event create {
    var b = 2, c = 2; var a = b = c; P([a, typeof(a)]); // expect: [ 1,"bool" ]
    a = 3; P(1 == a > 0); // expect: 0
    var x6 = 6; P(x6 & 2 == 2); // expect: 1
    var a1 = 1, b2 = 2, c4 = 4; P(a1 | b2 & c4); // expect: 0
    var t = true, f0 = false; P(f0 && t ^^ t); // expect: 0
    var f1 = 0.1, f2 = 0.2; P(f1 + f2 == 0.3); // expect: 1
    var d = 5.000001; P(d > 5); // expect: 0
    var v = 0.5, n = -1; P([v ? "y" : "n", n ? "y" : "n", bool(0.55)]); // expect: [ "n","n",1 ]
    var hi = "hi"; try { if (hi) P(1); } catch (e) { P("ERR"); } // expect: ERR
    hi = "true"; if (hi) P(1); // expect: 1
    a = 5; b = 3; P([a && b, 0 ?? 7, undefined ?? 7]); // expect: [ 1,0,7 ]
    foo = 1; if (false) { var foo; } P(self[$ "foo"]); // expect: undefined
    var unset; try { P(string(unset)); } catch (e) { P("ERR"); } // expect: ERR
    var n5 = 5, reads = function() { return n5; }; try { P(reads()); } catch (e) { P("ERR"); } // expect: ERR
    var defaulted = function(a = 7) { return a; }; P([defaulted(undefined), defaulted()]); // expect: [ 7,7 ]
    var aliased = function(a) { argument[0] = 9; return a; }; P(aliased(1)); // expect: 9
    var l = 4.9, r = 3.1, z = 0; P([l div r, -7 div 2, 1 / z]); // expect: [ 1,-3,inf ]
    var minus = -7; P(minus mod 2); // expect: -1
    try { P(minus mod z); } catch (e) { P("ERR"); } // expect: ERR
    var i7 = int64(7), q = 1; P([i7 / int64(2), typeof(q << 1), typeof(q + 1)]); // expect: [ 3,"int64","number" ]
    P([E.C, typeof(E.A), is_real(E.A)]); // expect: [ 6,"int64",0 ]
    P(string(1 / 3) + " " + string(2.0) + " " + string(-0.001) + " " + string(true) + " " + string(1000000)); // expect: 0.33 2 -0.00 1 1000000
    P([1, "a", { b : 2 }]); // expect: [ 1,"a",{ b : 2 } ]
    P([]); // expect: [  ]
    P({}); // expect: {  }
    try { P("a" + 1); } catch (e) { P("ERR"); } // expect: ERR
    P([3 * "ab", "10" - 4]); // expect: [ "ababab",6 ]
    P(["5" == 5, "" == 0, "5abc" == 5]); // expect: [ 1,0,0 ]
    var grown; grown[3] = 1; P(grown); // expect: [ 0,0,0,1 ]
    try { P(grown[4]); } catch (e) { P("ERR"); } // expect: ERR
    var first = [1], second = first; second[0] = 2; P(first[0]); // expect: 2
    try { P(first[-1]); } catch (e) { P("ERR"); } // expect: ERR
    var counts = function() { if (false) { static n = 10; } return n++; }; counts(); counts(); P(counts()); // expect: 12
    var p = new K(1), k = new K(2); k.s2 = p.s; k.b2 = p.b; P([k.s2(), k.b2()]); // expect: [ 2,1 ]
    v = 3; var s = { v, w : v + 1, f : function() { return v + w; } }; P(s.f()); // expect: 7
    var sum = 0, struct = { own : 1 }; hp = 5; with (struct) { sum = own + other.hp; } P(sum); // expect: 6
    r = ""; for (var i = 0; i < 3; i++) { switch (i) { default: r += "d"; case 9: r += "9"; break; case 1: continue; } r += "."; } P(r); // expect: d9.d9.
    var finishing = function() { try { return 1; } finally { P("fin"); } }; P(finishing()); // expect: fin // expect: 1
    try { throw 42; } catch (e) { P(e + 1); } // expect: 43

    P(TWO * 3); // expect: 4
    P([#FF0000, real($FF0000)]); // expect: [ 255,16711680 ]
    P("\u00e2a" == chr($E2A)); // expect: 1
    v = 2 / 3; P($"{v} {[v]} {"q"}"); // expect: 0.67 [ 0.67 ] q
    P(string("{0} {1} {3}", 1, "b")); // expect: 1 b {3}
    P([undefined == 0, undefined < 1, undefined == undefined]); // expect: [ 0,0,1 ]
    P([NaN == NaN, string(NaN), is_nan("abc")]); // expect: [ 0,"NaN",1 ]
    n = 0; repeat (-2) n++; repeat (infinity) n++; P(n); // expect: 0
    i = 0; a = [0, 0]; a[i++] = i; P(a); // expect: [ 0,0 ]
    instance_create_depth(0, 0, 0, obj_a); instance_create_depth(0, 0, 0, obj_a);
    obj_a.hp = 3; sum = 0; with (obj_a) sum += hp; P(sum); // expect: 6
    var gaps = function(a, b) { return string(a) + string(b); }; P(gaps(, 2)); // expect: undefined2
    struct = { a : 1 }; delete struct.a; P(struct); // expect: { a : undefined }
    P([typeof(get_timer), typeof(function() {})]); // expect: [ "number","method" ]
    P(is_struct(function() {})); // expect: 1
    for (i = 0; i < 3; i++) continue; P(i); // expect: 3
    with (instance_create_depth(0, 0, 0, obj_mute)) event_user(0); // expect: child
    with (instance_create_depth(0, 0, 0, obj_polite)) event_user(0); // expect: parent // expect: polite
    s = { id : 1, x : 2, other : 3 }; P(s.id + s.x + s[$ "other"]); // expect: 6
    try { zzz = zzz; P("ok"); } catch (e) { P("ERR"); } // expect: ok
    a = 0; P(!a == 1); // expect: 1
    P($"{ {a:1}.a }"); // expect: 1
    P([int64({}), is_nan(real({}))]); // expect: [ 0,1 ]

    alarm[0] = 1; frames = 0;
    instance_create_depth(0, 0, 0, obj_gone);
}
event alarm0 { P(alarm[0]); } // expect: 0

event step_end { if (++frames == 2) { P(alarm[0]); game_end(); } }
// expect: d
// expect: c
// expect: after
// expect: -1
