function P(x) { show_debug_message(string(x)); }

function K(v) constructor { x_ = v; static s = function() { return x_; }; b = function() { return x_; }; }
var p = new K(1), q = new K(2); q.s2 = p.s; q.b2 = p.b; P(q.s2()); // expect: 2
P(q.b2()); // expect: 1
var v = 3; var s = { v, w : v + 1, f : function() { return v + w; } }; P(s.f()); // expect: 7
s = { id : 1, x : 2, other : 3 }; P(s.id + s.x + s[$ "other"]); // expect: 6
s = { a : 1 }; delete s.a; P(s); // expect: { a : undefined }
P([1, "a", { b : 2 }]); // expect: [ 1,"a",{ b : 2 } ]
P([]); // expect: [  ]
P({}); // expect: {  }
s = { a : { b : [1, 2] } }; s.a.b[1] = 5; s.a.c = 6; P(s.a.b[1] + s.a.c); // expect: 11
s[$ "key with space"] = 1; P(s[$ "key with space"]); // expect: 1
P(s[$ "nothing"]); // expect: undefined
s.a.b[0]++; P(s.a.b[0]++); // expect: 2
P(s.a.b[0]); // expect: 3
P(++s.a.c); // expect: 7
s.a.c += 3; P(s.a.c); // expect: 10
// inheritance and statics
function Animal(n) constructor { name = n; static kind = "animal"; static say = function() { return name + " is a " + kind; }; }
function Dog(n) : Animal(n + "!") constructor { static kind = "dog"; }
var rex = new Dog("rex"); P(rex.say()); // expect: rex! is a dog
P((new Animal("x")).say()); // expect: x is a animal
P(Dog.kind); // expect: dog
function Point(_x, _y) constructor { x = _x; y = _y; static toString = function() { return $"({x}, {y})"; }; }
P(new Point(1, 2)); // expect: (1, 2)
P([new Point(1, 2)]); // expect: [ (1, 2) ]
function Counter() constructor { static made = 0; made++; number = made; }
new Counter(); P((new Counter()).number); // expect: 2
// python is out of reach
s = { }; try { P(s.__dict__); } catch (e) { P("ERR"); } // expect: ERR
s.__class__ = 4; P(s.__class__); // expect: 4
var text = "abc"; try { P(text.upper()); } catch (e) { P("ERR"); } // expect: ERR

// As long as a parent's constructor runs, the struct is one of the parent's.
function Greeter() constructor {
	static greet = function(who) { show_debug_message("hello " + who); };
}
function Polite() : Greeter() constructor {
	greet(instanceof(self));
}
function Politer() : Polite() constructor {
	static bow = function() { show_debug_message("bow"); };
	bow();
	greet(instanceof(self));
}
new Politer(); // expect: hello Polite
// expect: bow
// expect: hello Politer
