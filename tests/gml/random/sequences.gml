// The sequences of the native runner: seeds, draws and what each function takes from them.
function P(v) { show_debug_message(v); }
function Error(f) { try { f(); P("no error"); } catch (e) { P(e.message); } }
function six() { return array_create_ext(6, function() { return irandom(99); }); }
function exact(v) { return string_format(v, 1, 16); }

P(random_get_seed()); // expect: 0
P(six()); // expect: [ 56,18,12,94,97,47 ]
random_set_seed(1); P(six()); // expect: [ 86,25,32,89,52,30 ]
random_set_seed(42); P(six()); // expect: [ 12,64,49,86,16,15 ]
random_set_seed(-42); P([random_get_seed(), six()]); // expect: [ 4294967254,[ 57,41,24,22,12,60 ] ]
random_set_seed(random_get_seed()); P(six()); // expect: [ 57,41,24,22,12,60 ]
random_set_seed(int64("16045690985305302509")); P(random_get_seed() >= 0); // expect: 1

random_set_seed(0);
P(exact(random(1))); // expect: 0.8087825728580356
P(exact(random(1))); // expect: 0.9019174459390342
P(exact(random(1))); // expect: 0.3029380473308265
P(exact(random(1))); // expect: 0.9307318937499076

// One draw each; a range without a width takes none; irandom and irandom_range take two.
random_set_seed(0); P([string_format(random(-10), 1, 4), string_format(random_range(10, 20), 1, 4), random_range(5, 5), string_format(random_range(20, 10), 1, 4)]); // expect: [ "-8.0878","19.0192",5,"13.0294" ]
random_set_seed(0); P([irandom(0), irandom_range(7, 7)]); // expect: [ 0,7 ]
random_set_seed(0); var a = irandom(99); random_set_seed(0); P([irandom_range(0, 99) == a, irandom_range(99, 0) >= 0]); // expect: [ 1,1 ]
random_set_seed(0); P(irandom_range(10, 109) == a + 10); // expect: 1
random_set_seed(0); P(irandom(-99) == -a); // expect: 1
random_set_seed(0); P([irandom(99.9) == a, irandom_range(-1.5, -1.2)]); // expect: [ 1,-1 ]

// choose takes one draw: CF0C5FEC mod 3 is 1, E6E40FCE mod 3 is 1.
random_set_seed(0); P([choose("a", "b", "c"), choose("a", "b", "c"), choose(undefined), choose()]); // expect: [ "b","b",undefined,0 ]
var kept = choose([1, 2]); P([typeof(kept), typeof(choose(int64(1))), typeof(choose(function() {}))]); // expect: [ "array","int64","method" ]

var seed = randomise(); P([seed == random_get_seed(), seed >= 0, seed < power(2, 32), typeof(randomize())]); // expect: [ 1,1,1,"number" ]
var same = 0; repeat (40) { var one = randomise(); if (randomize() == one) same++; } P(same < 10); // expect: 1

random_set_seed(0); random_use_old_version(true); var old = six(); random_use_old_version(false);
random_set_seed(0); P(array_equals(six(), old)); // expect: 1
random_set_seed(5); P([random(0), random_range(0, 0)]); // expect: [ 0,0 ]

// Everything stays within its bounds.
var ok = true; repeat (500) {
    var r = random(3), i = irandom(3), n = random_range(-2, 2), m = irandom_range(-2, 2);
    ok = ok && r >= 0 && r < 3 && i >= 0 && i <= 3 && i == floor(i) && n >= -2 && n < 2 && m >= -2 && m <= 2;
}
P(ok); // expect: 1
Error(function() { random(undefined); }); // expect: argument 1 of random: expected a number, got undefined
Error(function() { irandom([]); }); // expect: argument 1 of irandom: expected a number, got [  ]
Error(function() { irandom_range([], []); }); // expect: argument 1 of irandom_range: expected a number, got [  ]
Error(function() { irandom_range(undefined, undefined); }); // expect: argument 1 of irandom_range: expected a number, got undefined
Error(function() { random_range(1, "x"); }); // expect: argument 2 of random_range: expected a number, got "x"
Error(function() { random_set_seed("x"); }); // expect: argument 1 of random_set_seed: expected a number, got "x"
