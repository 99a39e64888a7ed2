function P(v) { show_debug_message(v); }
function Constructor() constructor {}
function Child() : Constructor() constructor {}
enum Colour { Red, Green }

var b = buffer_create(4, buffer_fixed, 1);
buffer_write(b, buffer_s32, 22);
var int32 = buffer_peek(b, 0, buffer_s32);
var list = ds_list_create(), made = new Child();
var values = [1.5, "s", [1], true, int32, int64(3), pointer_null, undefined, function() {}, made, list, Constructor, get_timer, NaN, Colour.Green];
function each(values, f) { return array_map(values, method({ f: f }, function(v) { return f(v); })); }

P(each(values, function(v) { return typeof(v); })); // expect: [ "number","string","array","bool","int32","int64","ptr","undefined","method","struct","ref","ref","number","number","int64" ]
P(each(values, function(v) { return is_real(v); })); // expect: [ 1,0,0,0,0,0,0,0,0,0,0,0,1,1,0 ]
P(each(values, function(v) { return is_numeric(v); })); // expect: [ 1,0,0,1,1,1,0,0,0,0,1,1,1,1,1 ]
P(each(values, function(v) { return is_string(v); })); // expect: [ 0,1,0,0,0,0,0,0,0,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_array(v); })); // expect: [ 0,0,1,0,0,0,0,0,0,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_bool(v); })); // expect: [ 0,0,0,1,0,0,0,0,0,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_int32(v); })); // expect: [ 0,0,0,0,1,0,0,0,0,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_int64(v); })); // expect: [ 0,0,0,0,0,1,0,0,0,0,0,0,0,0,1 ]
P(each(values, function(v) { return is_ptr(v); })); // expect: [ 0,0,0,0,0,0,1,0,0,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_undefined(v); })); // expect: [ 0,0,0,0,0,0,0,1,0,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_method(v); })); // expect: [ 0,0,0,0,0,0,0,0,1,0,0,0,0,0,0 ]
P(each(values, function(v) { return is_callable(v); })); // expect: [ 0,0,0,0,0,0,0,0,1,0,0,1,1,0,0 ]
P(each(values, function(v) { return is_struct(v); })); // expect: [ 0,0,0,0,0,0,0,0,1,1,0,0,0,0,0 ]
P(each(values, function(v) { return is_handle(v); })); // expect: [ 0,0,0,0,0,0,0,0,0,0,1,1,0,0,0 ]
P(each(values, function(v) { return is_nan(v); })); // expect: [ 0,1,1,0,0,0,0,1,1,1,0,1,0,1,0 ]
P([is_nan(""), is_nan("abc"), is_nan("12"), is_nan(infinity)]); // expect: [ 1,1,0,0 ]
P([is_infinity(infinity), is_infinity(-infinity), is_infinity(1), is_infinity("inf"), is_infinity(NaN)]); // expect: [ 1,1,0,0,0 ]
P([is_instanceof(made, Child), is_instanceof(made, Constructor), is_instanceof({}, Child), is_instanceof(5, Child), is_instanceof(made, 5)]); // expect: [ 1,1,0,0,0 ]
P([instanceof(made), instanceof({}), instanceof(5), instanceof("s"), instanceof(undefined), instanceof(function() {})]); // expect: [ "Child","struct",undefined,undefined,undefined,"function" ]
P([string(int32), int32 + 0.5, typeof(int32 + 0.5)]); // expect: [ "22",22.50,"number" ]

P([1, "1"] == [1, "1"]); // expect: 0
