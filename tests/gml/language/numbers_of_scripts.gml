/// The number of a script calls it, wherever the number comes from; every other value names what was called.
function P(x) { show_debug_message(string(x)); }
function twice(n) { return n * 2; }
function message_of(f) { try { return f(); } catch (e) { return e.message; } }

var index = real(twice), next = index + 1 - 1, list = [real(twice)], map = ds_map_create();
map[? "f"] = real(twice);
P(typeof(index) + " " + string(index == 100000 + (index - 100000))); // expect: number 1
P(real(twice)(4)); // expect: 8
P(index(4)); // expect: 8
P(next(4)); // expect: 8
P(list[0](4)); // expect: 8
P(map[? "f"](4)); // expect: 8
P(script_execute(index, 4)); // expect: 8
P(script_execute_ext(next, [4])); // expect: 8
P(method({}, index)(4)); // expect: 8
P(method_call(index, [4])); // expect: 8
P(array_map([1, 4], index)); // expect: [ 2,8 ]
P(is_callable(index) && is_real(index) && !is_handle(index)); // expect: 1
global.number = real(twice);
holder = { number : real(twice), held : { number : real(twice) } };
number = real(twice);
P(global.number(4) + holder.number(4) + holder.held.number(4) + number(4) + self.number(4)); // expect: 40
P(string(index + 0) == string(index)); // expect: 1
P(real(string(index))(4)); // expect: 8
P(json_stringify([index]) == "[" + string(index) + ".0]"); // expect: 1

P(message_of(function() { var n = 5; return n(); })); // expect: Unable to call function: variable n is not a function or method; it is the number 5, which is no script's index
P(message_of(function() { nothing = undefined; return nothing(1, 2); })); // expect: Unable to call function: variable nothing is not a function or method; it is undefined
P(message_of(function() { nothing = "twice"; return self.nothing(twice(1)); })); // expect: Unable to call function: variable nothing is not a function or method; it is a string
P(message_of(function() { global.none = undefined; return global.none(); })); // expect: Unable to call function: variable none is not a function or method; it is undefined
P(message_of(function() { var s = { a : [] }; return s.a(); })); // expect: Unable to call function: variable a is not a function or method; it is an array
P(message_of(function() { var s = { a : [] }; return s[$ "b"](); })); // expect: Unable to call function: s[$ "b"] is not a function or method; it is undefined
P(message_of(function() { return [7][0](); })); // expect: Unable to call function: [7][0] is not a function or method; it is the number 7, which is no script's index
P(message_of(function() { var a = [undefined]; return a[0](global.number(1)); })); // expect: Unable to call function: a[0] is not a function or method; it is undefined
P(message_of(function() { var s = {}; return s.gone(); })); // expect: Variable <unknown_object>.gone(-1, -2147483648) not set before reading it.
P(message_of(function() { var f; return f(); })); // expect: local variable f(-2147483648) not set before reading it.
