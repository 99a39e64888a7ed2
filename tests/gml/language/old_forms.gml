/// What GameMaker has accepted once: continued macros, heads without semicolons, commas at the end, bodies in parentheses.
function P(x) { show_debug_message(string(x)); }

#macro SUM 1 + \
    2 + \ // a remark
    3 +     \//another
    4
#macro LINK "http:\\//x" // no continuation
#macro CALLS P("first"); \// the first
    P("second")
P(SUM); // expect: 10
P(LINK); // expect: http:\//x
CALLS; // expect: first
// expect: second

var text = "";
for (i = 0 i < 3 i++) text += string(i);
for (var j = 0 j < 2; j += 1) text += "j";
for (var k = 0; k < 2 k++) { text += "k"; }
P(text); // expect: 012jjkk

var a, b,;
var;
var c = 1, d = 2,
if (d == 2) P(c + d); // expect: 3
for (var e = 0, f = 1; e < 1; e++) P(e + f); // expect: 1

var s = { n : 1, add : function(v) { n += v; } };
if (c == 1)
(s).n = 5;
P(s.n); // expect: 5
with (s)
(self).n = 6;
P(s.n); // expect: 6
repeat (2)
(s).add(1);
P(s.n); // expect: 8
while (s.n < 10)
(s).n += 1;
P(s.n); // expect: 10
if ((c == 1) && (d == 2))
(s).n = 0;
P(s.n); // expect: 0
// a call over two lines stays a call
P
(7); // expect: 7
// a member or an element of a call's result as a statement
global.calls = "";
function made() { global.calls += "!"; return { list : [1] }; }

made().list[0]
made().list;
P(global.calls); // expect: !!
