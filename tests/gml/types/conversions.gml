function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }

// real
P([real(5), real("12"), real("+21233.223"), real(" -1.5 "), real("0x00F"), real("1e3"), real(true), real(int64(7))]); // expect: [ 5,12,21233.22,-1.50,15,1000,1,7 ]
P([is_nan(real({})), is_nan(real(function() {})), real(infinity), is_nan(real(NaN))]); // expect: [ 1,1,inf,1 ]
P(real(ds_list_create())); // expect: 0
Error(function() { return real("12abc"); }); // expect: unable to convert string "12abc" to number
Error(function() { return real(""); }); // expect: unable to convert string "" to number
Error(function() { return real("true"); }); // expect: unable to convert string "true" to number
Error(function() { return real(undefined); }); // expect: real() argument is undefined
Error(function() { return real([1]); }); // expect: real() argument is array
Error(function() { return real(pointer_null); }); // expect: real() argument is ptr

// int64
P([int64(32.33), int64("1.72"), int64("-21233.223"), int64(-0.9), int64(true), int64(NaN), int64(infinity), int64(-infinity)]); // expect: [ 32,1,-21233,0,1,0,9223372036854775807,-9223372036854775808 ]
P([int64("9223372036854775807"), int64({}), int64(function() {}), int64(pointer_null), int64(pointer_invalid), typeof(int64(1))]); // expect: [ 9223372036854775807,0,0,0,-1,"int64" ]
Error(function() { return int64("x"); }); // expect: unable to convert string "x" to int64
Error(function() { return int64(""); }); // expect: unable to convert string "" to int64
Error(function() { return int64(undefined); }); // expect: int64() argument is undefined
Error(function() { return int64([]); }); // expect: int64() argument is array

// bool
P([bool(0.5), bool(0.51), bool(0.55), bool(-1), bool(undefined), bool("true"), bool("false"), bool("0.6"), bool("0")]); // expect: [ 0,1,1,0,0,1,0,1,0 ]
P([bool({}), bool(function() {}), bool(infinity), bool(NaN), bool(int64(1)), bool(pointer_null), typeof(bool(1))]); // expect: [ 1,1,1,0,1,0,"bool" ]
Error(function() { return bool(""); }); // expect: unable to convert string "" to bool
Error(function() { return bool("yes"); }); // expect: unable to convert string "yes" to bool
Error(function() { return bool([]); }); // expect: unable to convert array to bool

// ptr
P([ptr(0), ptr(false), ptr("true"), ptr("abc"), ptr(""), is_ptr(ptr(5)), ptr(pointer_null)]); // expect: [ null,null,null,0000000000000ABC,null,1,null ]
P([is_ptr(ptr({})), is_ptr(ptr([])), is_ptr(ptr(function() {})), is_ptr(ptr("12")), is_ptr(ptr(NaN)), ptr(255)]); // expect: [ 1,1,1,1,1,00000000000000FF ]
Error(function() { return ptr(undefined); }); // expect: ptr() argument is undefined

// string
P(string(1234) + " " + string(1.234) + " " + string(1.999) + " " + string(-0.001) + " " + string(0.001)); // expect: 1234 1.23 2.00 -0.00 0.00
P(string(3000000000) + " " + string(-2.5) + " " + string(1 / 3) + " " + string(1000000)); // expect: 3000000000 -2.50 0.33 1000000
P(string(NaN) + " " + string(infinity) + " " + string(-infinity) + " " + string(undefined) + " " + string(true)); // expect: NaN inf -inf undefined 1
P(string(int64(5)) + " " + string(pointer_null) + " " + string(ds_list_create())); // expect: 5 null ref ds_list 1
P([string([]), string([1, "a"]), string({}), string({ k: "v", n: 1 }), string([[1], { a: 2 }])]); // expect: [ "[  ]","[ 1,"a" ]","{  }","{ k : "v", n : 1 }","[ [ 1 ],{ a : 2 } ]" ]
P(string({ toString: function() { return "mine"; } })); // expect: mine
var ring = [1]; ring[1] = ring; P(string(ring)); // expect: [ 1,"Warning: Recursive array found" ]
var knot = {}; knot.me = knot; P(string(knot)); // expect: { me : "Warning: Recursive struct found" }
P(string("{0} {1} {3}", 12, "x")); // expect: 12 x {3}
P(string("{0}{0} {1}", 1.5, [2], "extra")); // expect: 1.501.50 [ 2 ]
P(string("{0}")); // expect: {0}
P([string_ext("{1}-{0}", ["a", 2]), string_ext("{0}", []), string_ext("plain", [1])]); // expect: [ "2-a","{0}","plain" ]
Error(function() { return string_ext("{0}", "no array"); }); // expect: argument 2 of string_ext: expected an array, got "no array"
