// Every struct has a toString; an own one, or one of its constructor, comes first.
function Named(n) constructor { name = n; static toString = function() { return "<" + name + ">"; } }
function Plain(n) constructor { name = n; }
function P(v) { show_debug_message(v); }
var s = { a : 1, b : "two" };
P(s.toString()); // expect: { a : 1, b : "two" }
P(new Plain(3).toString()); // expect: { name : 3 }
P(new Named("ann").toString()); // expect: <ann>
P({ toString : function() { return "mine"; } }); // expect: mine
P([{}.toString == s.toString, s[$ "toString"] == {}.toString, is_undefined(s[$ "tostring"])]); // expect: [ 1,1,1 ]
P([struct_get_names(s), string_length(json_stringify(s)), struct_names_count(s)]); // expect: [ [ "a","b" ],19,2 ]
var keywords = { };
keywords[$ "if"] = 1;
P([keywords[$ "if"], is_callable(keywords[$ "toString"])]); // expect: [ 1,1 ]
