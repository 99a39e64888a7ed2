function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function exact(v) { return string_format(v, 1, 6); }

P([round(2.5), round(3.5), round(7.5), round(-2.5), round(-3.5), round(2.4), round(-2.6), round("1.5"), round(true)]); // expect: [ 2,4,8,-2,-4,2,-3,2,1 ]
P([round(infinity), is_nan(round(NaN)), round(0), round(1000000000000001)]); // expect: [ inf,1,0,1000000000000001 ]
P([floor(1.9), floor(-1.1), floor(-0.5), floor(5), floor(-infinity), is_nan(floor(NaN)), typeof(floor(int64(3)))]); // expect: [ 1,-2,-1,5,-inf,1,"number" ]
P([ceil(1.1), ceil(-1.9), ceil(5), ceil(infinity), is_nan(ceil(NaN))]); // expect: [ 2,-1,5,inf,1 ]
P([exact(frac(-123.456)), exact(frac(123.456)), frac(7), frac(-0.5)]); // expect: [ "-0.456000","0.456000",0,-0.50 ]
P([abs(-5), abs(5), abs(-1.5), abs(0), abs("-2"), abs(-infinity), is_real(abs(0x80000000)), typeof(abs(int64(-3)))]); // expect: [ 5,5,1.50,0,2,inf,1,"number" ]
P([sign(-9), sign(0), sign(0.1), sign(-infinity), sign(true), sign(int64(-2))]); // expect: [ -1,0,1,-1,1,-1 ]
P([clamp(5, 0, 10), clamp(-5, 0, 10), clamp(15, 0, 10), clamp(4.5, 12.5, 0.1), clamp(4.5, -0.1, -12.5), clamp(0, 0, 0)]); // expect: [ 5,0,10,0.10,-12.50,0 ]
P([lerp(0, 10, 0.5), lerp(0, 10, 2), lerp(0, 10, -1), lerp(5, 5, 0.3), lerp(10, 0, 0.25)]); // expect: [ 5,20,-10,5,7.50 ]

P([max(1, 5, 3), max(-1, -5), max("7", 3), max(2), max(), max(true, 0.5), max(NaN, 1)]); // expect: [ 5,-1,7,2,0,1,1 ]
P([min(1, 5, 3), min(-1, -5), min("7", 3), min(2), min(), min(0.5, true), min(NaN, 1)]); // expect: [ 1,-5,3,2,0,0.50,1 ]
P([max(int64("9223372036854775807"), 5, 1.5), typeof(max(int64("9223372036854775807"), 5)), typeof(min(int64(1), 5.5))]); // expect: [ 9223372036854775807,"int64","int64" ]
P([mean(1, 2, 3, 4), mean(), mean(5), mean("1", 2), mean(-1, 1)]); // expect: [ 2.50,0,5,1.50,0 ]
P([median(0.5, 1.1, 2.0, 99.9), median(-0.5, -1.1, -2, -99.9), median(3, 1, 2), median(), median(9)]); // expect: [ 2,-1.10,2,0,9 ]
Error(function() { return max(1, "x"); }); // expect: unable to convert string "x" to number
Error(function() { return min([], 1); }); // expect: min :: Execution Error: array value in expression
Error(function() { return max(1, []); }); // expect: max :: Execution Error: array value in expression
Error(function() { return median(undefined); }); // expect: argument 1 of median: expected a number, got undefined
Error(function() { return round("x"); }); // expect: argument 1 of round: expected a number, got "x"

P([sqr(3), sqr(-1.5), sqr(infinity), sqrt(16), sqrt(2), sqrt(0), sqrt(infinity), sqrt(-0.000001)]); // expect: [ 9,2.25,inf,4,1.41,0,inf,0 ]
Error(function() { return sqrt(-1); }); // expect: Cannot apply sqrt to negative number.
P([power(2, 10), power(2, -1), power(0, 0), power(-2, 3), power(2, 0.5), power(2, infinity), power(infinity, 2)]); // expect: [ 1024,0.50,1,-8,1.41,inf,inf ]
P([is_nan(power(2, NaN)), is_nan(power(-8, 1 / 3)), power(0, -1), power(10, 400), power(-10, 401)]); // expect: [ 1,1,inf,inf,-inf ]
P([exp(0), exact(exp(1)), exp(-infinity), exp(1000), is_nan(exp(NaN))]); // expect: [ 1,"2.718282",0,inf,1 ]
P([ln(1), exact(ln(10)), ln(0), is_nan(ln(-1)), ln(infinity)]); // expect: [ 0,"2.302585",-inf,1,inf ]
P([log2(8), log2(0), is_nan(log2(-1)), log2(0.5), log10(1000), log10(0), is_nan(log10(-1))]); // expect: [ 3,-inf,1,-1,3,-inf,1 ]
P([logn(2, 8), exact(logn(3, 81)), logn(1, 5), logn(0, 5), is_nan(logn(-1, 5)), is_nan(logn(2, -5)), logn(2, 0)]); // expect: [ 3,"4.000000",inf,0,1,1,-inf ]
P([is_nan(logn(0, -5)), is_nan(logn(1, -5))]); // expect: [ 1,1 ]

P(math_get_epsilon() == 0.00001); // expect: 1
math_set_epsilon(0.001); math_set_epsilon(1); math_set_epsilon(-1); P(string_format(math_get_epsilon(), 1, 3)); // expect: 0.001
P([1 == 1.0009, 1 == 1.002, 1 < 1.0009, 1 <= 0.9995]); // expect: [ 1,0,0,1 ]
math_set_epsilon(0); P([string_format(math_get_epsilon(), 1, 11), 1 == 1.0000001]); // expect: [ "0.00000000001",0 ]

// A function that is the greatest or the least stays what it is, a handle counts as a number.
function greatest() { return "called"; }
var some = max(-1, greatest);
show_debug_message([some(), typeof(max(-1, id)), typeof(min(1, ds_list_create())), min(true, 2), max("3", 2)]); // expect: [ "called","number","number",1,3 ]
