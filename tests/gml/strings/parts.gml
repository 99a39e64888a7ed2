function P(v) { show_debug_message(v); }
function Error(f) { try { f(); P("no error"); } catch (e) { P(e.message); } }
var hello = "Hello World!";

P([string_copy(hello, 7, 5), string_copy(hello, 7, 99), string_copy(hello, 0, 2), string_copy(hello, -3, 2)]); // expect: [ "World","World!","He","He" ]
P([string_copy(hello, 1, 0), string_copy(hello, 1, -2), string_copy(hello, 99, 2), string_copy("", 1, 1), string_copy(12345, "2", 2.9)]); // expect: [ "","","","","23" ]

P(string_delete(hello, 7, 5)); // expect: Hello !
P(string_delete(hello, 0, 1)); // expect: ello World!
P(string_delete(hello, -1, 1)); // expect: Hello World
P(string_delete(hello, -6, 3)); // expect: Hello ld!
P(string_delete(hello, 7, -1)); // expect: Hello orld!
P(string_delete(hello, 7, -2)); // expect: Helloorld!
P(string_delete(hello, 3, -99)); // expect: lo World!
P(string_delete(hello, 7, 99)); // expect: Hello 
P(string_delete(hello, 13, 1)); // expect: Hello World!
P(string_delete(hello, 1, 0)); // expect: Hello World!
P(string_delete(hello, -99, 1)); // expect: Hello World!
P(string_delete(hello, 7.6, 2.6)); // expect: Hello rld!
P(string_delete(hello, "7", 2)); // expect: Hello rld!
P(string_delete("", 1, 1) == ""); // expect: 1

P([string_insert("X", "abc", 2), string_insert("X", "abc", 1), string_insert("X", "abc", -9), string_insert("X", "abc", 99)]); // expect: [ "aXbc","Xabc","Xabc","abcX" ]
P([string_insert("", "abc", 2), string_insert(1, 23, 1)]); // expect: [ "abc","123" ]
P([string_repeat("ab", 3), string_repeat("ab", 0), string_repeat("ab", -1), string_repeat("", 5), string_repeat(7, 2)]); // expect: [ "ababab","","","","77" ]
P([string_replace("aXbX", "X", "y"), string_replace_all("aXbX", "X", "y"), string_replace_all("aaa", "aa", "a")]); // expect: [ "aybX","ayby","aa" ]
P([string_replace("abc", "", "y"), string_replace_all("abc", "", "y"), string_replace("abc", "z", "y"), string_replace_all("a1b", 1, 2.5)]); // expect: [ "abc","abc","abc","a2.50b" ]

P("[" + string_trim(" \t\r\n a b \n ") + "]"); // expect: [a b]
P("[" + string_trim_start("  a  ") + "][" + string_trim_end("  a  ") + "]"); // expect: [a  ][  a]
P([string_trim("xyaxy", ["xy"]), string_trim_start("xxyax", ["x", "y"]), string_trim_end("abab", ["ab"]), string_trim("abc", [])]); // expect: [ "a","ax","","abc" ]
P([string_trim(""), string_trim("   "), string_trim("abc", [""])]); // expect: [ "","","abc" ]
Error(function() { string_trim("abc", "a"); }); // expect: string_trim: an array of strings is expected
Error(function() { string_trim_start("abc", [1]); }); // expect: string_trim: an array of strings is expected
Error(function() { string_trim_end("abc", {}); }); // expect: string_trim: an array of strings is expected
Error(function() { string_copy("abc", undefined, 1); }); // expect: argument 2 of string_copy: expected a number, got undefined
Error(function() { string_copy("abc", [], 1); }); // expect: argument 2 of string_copy: expected a number, got [  ]
Error(function() { string_repeat("abc", "x"); }); // expect: argument 2 of string_repeat: expected a number, got "x"
Error(function() { string_insert("a", "b", undefined); }); // expect: argument 3 of string_insert: expected a number, got undefined
