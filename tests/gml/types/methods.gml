function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function add(a, b) { return a + b; }
function who() { return name; }
function counter() { static count = 10; return count++; }
function Animal() constructor { static legs = 4; static describe = function() { return "animal"; }; }
function Bird() : Animal() constructor { static wings = 2; }

name = "caller";
var holder = { name: "holder" }, bound = method(holder, who), free = method(undefined, who);
P([bound(), free(), who()]); // expect: [ "holder","caller","caller" ]
P([method_get_self(bound) == holder, method_get_self(free), method_get_self(5), typeof(bound)]); // expect: [ 1,undefined,undefined,"method" ]
P([typeof(method_get_index(bound)), method(holder, method_get_index(bound))()]); // expect: [ "ref","holder" ]
P([method_call(add, [1, 2]), method_call(add, [9, 1, 2, 9], 1), method_call(add, [1, 2, 3, 4], -1, -2), method_call(bound)]); // expect: [ 3,3,7,"holder" ]
P([script_execute(add, 3, 4), script_execute(bound), script_execute_ext(add, [5, 6]), script_execute_ext(add, [0, 1, 2], 1, 2), script_execute_ext(bound)]); // expect: [ 7,"holder",11,3,"holder" ]
Error(function() { return method_call("add", [1]); }); // expect: Unable to call function: the value is not a function or method
Error(function() { return script_execute(undefined); }); // expect: Unable to call function: the value is not a function or method
Error(function() { return method_call(add, 5); }); // expect: the arguments of a call must be in an array, not in 5
Error(function() { return method({}, "x"); }); // expect: Unable to call function: the value is not a function or method
Error(function() { return script_execute(-1); }); // expect: Unable to call function: the value is not a function or method

counter(); counter();
P(static_get(counter).count); // expect: 12
static_get(counter).count = 50;
P(counter()); // expect: 50
var bird = new Bird();
P([static_get(bird).wings, static_get(static_get(bird)).legs, static_get(Bird) == static_get(bird)]); // expect: [ 2,4,1 ]
P([static_get(5), static_get("x"), bird.legs, bird.describe()]); // expect: [ undefined,undefined,4,"animal" ]
var plain = { own: 1 }; static_set(plain, static_get(Bird));
P([struct_get_names(static_get(bird)), struct_exists(static_get(bird), "wings"), is_struct(static_get(bird))]); // expect: [ [ "wings" ],1,1 ]
static_get(Bird).wings = 3; P([bird.wings, new Bird().wings]); // expect: [ 3,3 ]
P([static_get({}), static_get(static_get(static_get(bird))) == static_get({})]); // expect: [ {  },1 ]
P([struct_get_names(static_get(bird)), struct_exists(static_get(bird), "wings"), is_struct(static_get(bird))]); // expect: [ [ "wings" ],1,1 ]
static_get(Bird).wings = 3; P([bird.wings, new Bird().wings]); // expect: [ 3,3 ]
P([static_get({}), static_get(static_get(static_get(bird))) == static_get({})]); // expect: [ {  },1 ]
P([plain.wings, plain.own, is_instanceof(plain, Bird)]); // expect: [ 3,1,1 ]
var lender = { lent: 5 }, borrower = {}; static_set(borrower, lender); lender.lent = 6;
P([borrower.lent, struct_names_count(borrower), static_get(borrower) == undefined]); // expect: [ 6,0,0 ]
Error(function() { static_set(5, {}); }); // expect: static_set: two structs are expected
P([is_callable(add), is_callable(bound), is_callable(get_timer), is_callable(5), is_callable("add"), is_callable(undefined)]); // expect: [ 1,1,1,0,0,0 ]
