/// Public reports about GameMaker, each with its number at GameMaker-Bugs and the result that is meant.
function P(x) { show_debug_message(x); }
function caught(f) { try { f(); return "nothing"; } catch (error) { return is_struct(error) ? "error" : error; } }

// statics and constructors
P(is_undefined(static_get(global))); // expect: 1
function Gear() { static BOOTS = nameof(BOOTS); static GLOVES = nameof(GLOVES); }
Gear();
var names = struct_get_names(static_get(Gear)); array_sort(names, true);
P(names); // expect: [ "BOOTS","GLOVES" ]
function FooA() constructor { static test_value = "FooA"; }
function FooB() : FooA() constructor { static test_value = "FooB"; }
new FooB();
P(static_get(static_get(FooB)).test_value); // expect: FooA
function A_() constructor { static Whatever = function() { return "A"; }; }
function B_() : A_() constructor { }
P((new B_()).Whatever()); // expect: A
function Thing() constructor { name = "thing"; other_one = new Whoops(); }
function Whoops() constructor { name = "whoops"; }
var thing = new Thing();
P(instanceof(thing) + " " + thing.name + " " + instanceof(thing.other_one)); // expect: Thing thing Whoops
P(caught(function() { Whoops(); })); // expect: error
new function C() constructor {
    static __ = {};
    with (__) { variable = ds_map_create(); variable[? "greet"] = "hi"; variable[? 12] = 13; }
    static access_variable = function(_name) { return __.variable[? _name]; };
}();
function Mall() constructor { static __dummy = function() { return "dummy"; }; }
function MallMod() : Mall() constructor { static made = __dummy(); }
P((new MallMod()).made); // expect: dummy
function Hello() constructor {
    static variable = 0;
    static add = function() { Hello.variable++; };
}
(new Hello()).add();
Hello.variable = Hello.variable + 1; Hello.variable += 2; Hello.variable *= 3; Hello.variable -= 1; Hello.variable /= 2;
P(Hello.variable); // expect: 5.50
var late = new Later();
P(instanceof(late) + " " + string(is_undefined(static_get(late)))); // expect: Later 0
function Later() constructor { static kind = "late"; }
function PrintSelf(_foo) constructor { foo = _foo; static print = function() { return self; }; }
var printed = new PrintSelf(123);
P(printed.print()); // expect: { foo : 123 }
P(method(printed, printed.print)()); // expect: { foo : 123 }
function made_test() { return new PrintSelf(9); }
P(made_test().print().print().foo); // expect: 9
function Foo() { return myName; }
function S1() constructor {
    myName = "S1";
    mySelf = self;
    myMethod = method(self, Foo);
    s2 = { myName : "S2", mySelf : self, myMethod : method(self, Foo) };
}
var s1 = new S1();
P(s1.mySelf.myName + s1.myMethod() + s1.s2.mySelf.myName); // expect: S1S1S2

function Node() constructor {
    static bounceBack = function(controller) { return instanceof(self) + "<" + (is_struct(other) ? instanceof(other) : "?") + " " + controller.call_this(); };
}
function Controller(n) constructor {
    node = n;
    static doThing = function() { return instanceof(self) + " " + node.bounceBack(self); };
    static call_this = function() { return instanceof(self) + "<" + instanceof(other); };
}
P((new Controller(new Node())).doThing()); // expect: Controller Node<Controller Controller<Node

// structs
var ten = 10, foo = { other : ten };
P(foo.other + foo[$ "other"]); // expect: 20
function test_func() { global.test_func = { hello : 5 }; }
test_func();
P(struct_get(global.test_func, "hello") + global.test_func[$ "hello"] + global.test_func.hello); // expect: 15
function chained(_nested) { return _nested[$ "outer"].inner + _nested.outer[$ "inner"] + _nested[$ "outer"][$ "inner"]; }
P(chained({ outer : { inner : 5 } })); // expect: 15
test = { a : true };
P(test.a ?? test.b); // expect: 1
P(true ?? test.nothing); // expect: 1
self.test[$ "asd"] ??= 4;
self[$ "initial_state"] ??= "idle";
P(test.asd); // expect: 4
P(initial_state); // expect: idle
var first = { id : 42 }, second = { id : 9001 };
P((ten == 10 ? first : second).id); // expect: 42
P((ten != 10 ? first : second).id); // expect: 9001

// JSON
var text = json_parse(json_stringify({ text : "@whatever" })).text;
P(text); // expect: @whatever
P(json_parse("{\"type\":\"world_fact_response\",\"content\":{\"type\":\"float\",\"content\":1.0}}").content.content); // expect: 1
P(instanceof(json_parse("{}"))); // expect: struct
P(json_stringify(json_parse("[true,false,null,1]"))); // expect: [true,false,null,1.0]

// buffers
var three = buffer_create(3, buffer_fixed, 1);
buffer_fill(three, 0, buffer_s16, 0, 3);
P(buffer_get_size(three)); // expect: 3
P(caught(function() { buffer_create(1, -1, 1); })); // expect: error
var grows = buffer_create(8, buffer_grow, 1);
buffer_fill(grows, 0, buffer_u8, 69, 16);
P(buffer_get_size(grows)); // expect: 8
P(buffer_sizeof(buffer_u64)); // expect: 8
P(caught(function() { buffer_write(buffer_create(1, buffer_grow, 1), buffer_u8, undefined); })); // expect: error

// arrays
var twice = [1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8, 9];
P(array_unique(twice)); // expect: [ 1,2,3,4,5,6,7,8,9 ]
P(array_unique(twice, 3, 6)); // expect: [ 4,5,6 ]
P(array_unique_ext(twice)); // expect: 9
P(twice); // expect: [ 1,2,3,4,5,6,7,8,9,7,8,9 ]
var structs = [{ index : 2 }, { index : 0 }, { index : 1 }];
array_sort(structs, function(a, b) { return a.index - b.index; });
P(structs); // expect: [ { index : 0 },{ index : 1 },{ index : 2 } ]
var infinite = [100, 100, 100, -infinity];
array_sort(infinite, function(a, b) { return b - a; });
P(infinite); // expect: [ 100,100,100,-inf ]
function ascending(a, b) { return a - b; }
var numbers = [3, 2.4, 2, 1];
array_sort(numbers, ascending);
P(numbers[0]); // expect: 1
array_sort(numbers, false);
P(numbers); // expect: [ 3,2.40,2,1 ]
var digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], same = function(_value) { return _value; };
P(array_map(digits, same, 3, -5)); // expect: [ 3,2,1,0 ]
P(array_map(digits, same, 12, -5)); // expect: [ 9,8,7,6,5 ]
var destination = ["foo"], source = ["bar"];
array_copy(destination, 0, source, 0, 2);
P(destination); // expect: [ "bar" ]

// text
P(string_split("0:test", ":", , 1)); // expect: [ "0","test" ]
var format = "{0} {1} {2}";
P(string(format, 12, "hello", [1, 2, 3])); // expect: 12 hello [ 1,2,3 ]
var trimmed = string_trim_end(string_format(1, 100, 10), ["0"]);
P(string_trim_start(string_trim_end(trimmed, ["."]), [" "])); // expect: 1
P(string_trim_start("foo", [""])); // expect: foo
var str1 = "str1", str2 = "str2";
P(string_join("-", "start", str1, str2, "end", str1)); // expect: start-str1-str2-end-str1
P(string_split("420", "")); // expect: [ "420" ]

// statements
var result = 0;
repeat (3) { try { repeat (3) { result += 1; break; } } finally { result += 100; } }
P(result); // expect: 303
var i = 0;
while (i++ < 2) {
    try { show_error("oh no", false); } catch (error) { P("caught"); break; } // expect: caught
    P("this must not show");
}
var finals = 0;
try { try { throw "oh no!"; } finally { finals++; } } catch (error) { P(error + " " + string(finals)); } // expect: oh no! 1
function sample() { switch (1) { case 1: switch (2) { case 2: switch ("3") { case "3": return 1; } } } }
P(sample()); // expect: 1
with (self) { a = 1; for (var k = 0; k < 10; k++) { if (a == 1) break; } a = 123; }
P(a); // expect: 123
function leaves() { with (other) { return "returned"; } return "went on"; }
var reached = method({}, function() { with ({ q : 1 }) { return "reached"; } return "not"; });
P(reached()); // expect: reached
var ddprompt_timer = 1, ddprompt_flash = 2;
if (ddprompt_timer > 0 && ddprompt_flash mod 2 = 0) P("even"); // expect: even
#macro NAMEOF nameof
#macro OPENED nameof(
P(NAMEOF(1234567890)); // expect: 1234567890
P(OPENED ten)); // expect: ten

// maps
var manual_map = ds_map_create(), submap = ds_map_create(), sublist = ds_list_create();
ds_map_add_map(manual_map, "submap", submap);
ds_map_add_list(manual_map, "sublist", sublist);
ds_list_add(sublist, ds_map_create());
ds_list_mark_as_map(sublist, 0);
var decoded = json_decode(json_encode(manual_map));
P(ds_map_is_map(decoded, "submap") && ds_map_is_list(decoded, "sublist") && ds_list_is_map(decoded[? "sublist"], 0)); // expect: 1
P(typeof(decoded[? "submap"])); // expect: ref
var read = ds_map_create();
ds_map_read(read, ds_map_write(manual_map));
P(ds_map_size(read)); // expect: 2
P(ds_map_keys_to_array(ds_map_create())); // expect: [  ]
var holder = ds_list_create(), copy = ds_list_create();
ds_list_add(holder, "a", 1, undefined, true, int64(5));
ds_list_read(copy, ds_list_write(holder));
P(ds_list_size(copy)); // expect: 5

// sources of time
var destroyed = time_source_create(time_source_game, 1, time_source_units_frames, function() { P("never"); });
time_source_start(destroyed);
time_source_destroy(destroyed);
P(time_source_exists(destroyed)); // expect: 0
P(global.caught(function() { throw 5; })); // expect: 5
