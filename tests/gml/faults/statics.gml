// Statics are structs like others: no method of Python's is a member, and nothing that is done to them is a fault.

function P(v) { show_debug_message(v); }
function Error(f) { try { P(f()); } catch (e) { P(e.message); } }
function F() { static a = 1; return a; }
function Base() constructor { static b = 2; }
function Child() : Base() constructor { static c = 3; static __d = 4; }
F(); new Child();

// expect: none
names = ["mro", "__mro__", "__class__", "__dict__", "__bases__", "__name__", "__subclasses__", "__init__", "register",
         "__static_struct__", "__statics__", "__gml_name__", "__fresh__", "__getattr__", "__doc__", "__source__"];
found = [];
owners = [static_get(Child), static_get(F), Child, F, {}, id, global, new Child()];
for (var o = 0; o < array_length(owners); o++) for (var i = 0; i < array_length(names); i++) {
    if (struct_exists(owners[o], names[i]) || !is_undefined(struct_get(owners[o], names[i]))) array_push(found, names[i]);
}
P(array_length(found) ? found : "none");

Error(function() { return static_get(F).missing; }); // expect: Variable F.missing(-1, -2147483648) not set before reading it.
Error(function() { return static_get(Child).missing; }); // expect: Variable <unknown_object>.missing(-1, -2147483648) not set before reading it.
Error(function() { return static_get(Child).mro; }); // expect: Variable <unknown_object>.mro(-1, -2147483648) not set before reading it.
Error(function() { return static_get(Child).mro(); }); // expect: Variable <unknown_object>.mro(-1, -2147483648) not set before reading it.
Error(function() { var s = {}; static_set(s, {a: 1}); return s.missing; }); // expect: Variable <unknown_object>.missing(-1, -2147483648) not set before reading it.

// mro is a name like any other.
mro = 1; P(mro); // expect: 1
s = {mro: 2}; s.mro++; P([s, s[$ "mro"], struct_get_names(s)]); // expect: [ { mro : 3 },3,[ "mro" ] ]
Error(function() { static_get(Child).mro = 5; return new Child().mro; }); // expect: 5
new Child();

// Members are listed, removed, written.
P(struct_get_names(static_get(Child))); // expect: [ "c","__d","mro" ]
P(json_stringify(static_get(Child))); // expect: {"c":3.0,"__d":4.0,"mro":5.0}
P(json_stringify(static_get(F))); // expect: {"a":1.0}
struct_remove(Base, "b"); P(struct_exists(static_get(Base), "b")); // expect: 0
struct_remove(static_get(Child), "c"); struct_remove(static_get(Child), "c"); P(struct_exists(Child, "c")); // expect: 0
P(variable_clone(static_get(Child))); // expect: { __d : 4, mro : 5 }

// Circles.
Error(function() { static_set(static_get(Base), static_get(Child)); }); // expect: static_set: a struct cannot inherit from itself, nor from one that inherits from it
Error(function() { static_set(static_get(Child), static_get(Child)); }); // expect: static_set: a struct cannot inherit from itself, nor from one that inherits from it
Error(function() { var a = {}; static_set(a, a); }); // expect: static_set: a struct cannot inherit from itself, nor from one that inherits from it
Error(function() { var a = {}, b = {}, c = {}; static_set(a, b); static_set(b, c); static_set(c, a); }); // expect: static_set: a struct cannot inherit from itself, nor from one that inherits from it
Error(function() { var a = {}, b = {}; static_set(a, b); static_set(a, b); b.x = 7; return a.x; }); // expect: 7
Error(function() { var a = {}; static_set(static_get(Base), a); static_set(a, static_get(Child)); }); // expect: static_set: a struct cannot inherit from itself, nor from one that inherits from it

// toString that throws.
Error(function() { return string({toString: function() { throw {message: "inner"}; }}); }); // expect: inner
Error(function() { speed = {toString: function() { throw {message: "inner"}; }}; }); // expect: inner
throw {toString: function() { throw {toString: function() { throw "z"; }}; }};
// expect-error: Unable to find a handler for exception, whose toString raises one as well
