/// Function form × place: a name in the midst of an expression, in a struct, an array, an argument, a static.
function P(x) { show_debug_message(string(x)); }
function apply(f, v) { return f(v); }

// the top level of a program
var g = function nm(n) { return n <= 0 ? "end" : nm(n - 1); };
P(g(2)); // expect: end
P(typeof(g)); // expect: method
P(nm(1)); // expect: end
P(array_map([1, 2], function dbl(v) { return v * 2; })); // expect: [ 2,4 ]
(function main() { P("main"); })(); // expect: main
(function(a) { P(a); })("anonymous"); // expect: anonymous
P(apply(function fact(n) { return n < 2 ? 1 : n * fact(n - 1); }, 5)); // expect: 120
stored = function named(a, b) { return [a, b]; };
P(stored(1, 2)); // expect: [ 1,2 ]
var fs = [function one() { return 1; }, function() { return 2; }];
P(fs[0]() + fs[1]()); // expect: 3
if (true) { function in_a_block(a) { return "block " + a; } }
P(in_a_block("x")); // expect: block x

// a struct's members
var s = { on_data : function on_data(sock, buf) { return [sock, buf]; }, plain : function(a) { return a; } };
P(s.on_data(1, 2)); // expect: [ 1,2 ]
var f = s.on_data; P(f(3, 4)); // expect: [ 3,4 ]
P(struct_get_names(s)); // expect: [ "on_data","plain" ]
s = { v : 7, sum : function walk(n) { return n == 0 ? v : 1 + walk(n - 1); } }; P(s.sum(3)); // expect: 10
s = { list : [function first(a) { return a; }, function(a) { return a + 1; }] };
P(s.list[0](5) + s.list[1](5)); // expect: 11
s = { inner : { deep : function deep(a, b) { return a - b; } } }; P(s.inner.deep(5, 3)); // expect: 2

// constructors and statics
function Tree(depth) constructor {
    static count = function count(tree) { return tree == undefined ? 0 : 1 + count(tree.child); };
    child = depth == 0 ? undefined : new Tree(depth - 1);
    size = function size_() { return count(self); };
    who = function() { return self; };
}
var t = new Tree(2);
P(t.size()); // expect: 3
P(t.count(t)); // expect: 3
P(t.who() == t); // expect: 1
var Local = function Node(n) constructor { next = n > 0 ? new Node(n - 1) : undefined; };
P((new Local(1)).next.next); // expect: undefined

// in a function
function outer() {
    function hoisted(a) { return a + 1; }
    var h = function inner(n) { return n == 0 ? 0 : 1 + inner(n - 1); };
    return [hoisted(1), h(3), method_get_self(h) == self];
}
P(outer()); // expect: [ 2,3,1 ]

// in an event
object o_thing {
    event create {
        name = "thing";
        function declared() { return name; }
        callback = function named() { return name; };
        function Base(n) constructor { n_ = n; static kind = function() { return "base " + string(n_); }; }
        function Derived(n) : Base(n * 2) constructor { extra = 1; }
        function Third(n) : Derived(n) constructor {}
        P(declared()); // expect: thing
        P(named()); // expect: thing
        P((new Derived(4)).kind()); // expect: base 8
        P((new Third(1)).kind()); // expect: base 2
        P(is_instanceof(new Third(1), Base)); // expect: 1
        var c = callback;
        with ({ name : "other" }) P(c()); // expect: thing
    }
}
instance_create_depth(0, 0, 0, o_thing);
function family() {
    function Parent() constructor { a = 1; }
    function Child() : Parent() constructor { b = 2; }
    return new Child();
}
P(family()); // expect: { a : 1, b : 2 }
