/// A variable, a parameter and a member may have the name of an enum; in front of a dot it is the enum.
enum anchor { left = 3, right }
enum Other { a, b }
function P(x) { show_debug_message(string(x)); }
anchor = 7;
P([anchor, anchor.left, anchor.right]); // expect: [ 7,3,4 ]
anchor++;
P(anchor); // expect: 8
function Bar(_anchor) constructor {
	anchor = _anchor;
	static get = function() { return anchor; };
	static end_ = function() { return anchor.right; };
}
var bar = new Bar(anchor.left);
P([bar.anchor, bar.get(), bar.end_()]); // expect: [ 3,3,4 ]
function local(Other) { return Other; }
P(local("x")); // expect: x
function of_local() { var Other = { b : "member" }; return Other.b; }
P([of_local(), Other.b]); // expect: [ "member",1 ]
