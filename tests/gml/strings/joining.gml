function P(v) { show_debug_message(v); }
function Error(f) { try { f(); P("no error"); } catch (e) { P(e.message); } }

P("[" + string_format(123.456, 6, 6) + "]"); // expect: [   123.456000]
P([string_format(123.456, 3, 0), string_format(123, 3, 3), string_format(420.578, 0, 0), string_format(-1.5, 5, 1)]); // expect: [ "123","123.000","421","   -1.5" ]
P([string_format(1234, 2, 2), string_format(0.5, 1, 0), string_format(undefined, 3, 3), string_format("2.5", 0, 2), string_format(1, 0, -3)]); // expect: [ "1234.00","0","undefined","2.50","1" ]
P(string_concat(1, "a", 1.25, undefined, true, [1, "b"])); // expect: 1a1.25undefined1[ 1,"b" ]
P(string_concat("only")); // expect: only
P([string_concat_ext(["a", "b", "c"]), string_concat_ext(["a", "b", "c"], 1), string_concat_ext(["a", "b", "c"], -1, -2), string_concat_ext([])]); // expect: [ "abc","bc","cb","" ]
P([string_join("-", 1, 2, 3), string_join("-", "one"), string_join("", "a", "b"), string_join(0, "a", "b")]); // expect: [ "1-2-3","one","ab","a0b" ]
P([string_join_ext(", ", ["a", 1.5]), string_join_ext("-", [1, 2, 3, 4], 1, 2), string_join_ext("-", []), string_join_ext("-", [1, 2, 3], -1, -99)]); // expect: [ "a, 1.50","2-3","","3-2-1" ]
P(string_split("a,b,,c", ",")); // expect: [ "a","b","","c" ]
P(string_split("a,b,,c", ",", true)); // expect: [ "a","b","c" ]
P([string_split("a,b,c", ",", false, 1), string_split("a,b,c", ",", false, 0), string_split(",a", ",", true, 1)]); // expect: [ [ "a","b,c" ],[ "a,b,c" ],[ "a" ] ]
P([string_split("abc", ""), string_split("", ","), string_split("abc", "x"), string_split(1.25, 2)]); // expect: [ [ "abc" ],[ "" ],[ "abc" ],[ "1.","5" ] ]
P(string_split_ext("hello,great,world", [",", "l"], false, 3)); // expect: [ "he","","o","great,world" ]
P([string_split_ext("a-b_c", ["-", "_"]), string_split_ext("a-_b", ["-", "_"], true), string_split_ext("ab", []), string_split_ext("ab", [""])]); // expect: [ [ "a","b","c" ],[ "a","b" ],[ "ab" ],[ "ab" ] ]
Error(function() { string_split_ext("a", "b"); }); // expect: argument 2 of string_split_ext: expected an array, got "b"
Error(function() { string_join_ext("-", "b"); }); // expect: argument 2 of string_join_ext: expected an array, got "b"

seen = "";
string_foreach("a🙂c", function(c, i) { seen += c + string(i) + " "; }); P(seen); // expect: a1 🙂2 c3 
seen = ""; string_foreach("abcd", function(c, i) { seen += c + string(i) + " "; }, 2, 2); P(seen); // expect: b2 c3 
seen = ""; string_foreach("abc", function(c, i) { seen += c + string(i) + " "; }, -1, -infinity); P(seen); // expect: c3 b2 a1 
seen = ""; string_foreach("abc", function(c, i) { seen += c; }, 0); P(seen); // expect: abc
seen = ""; string_foreach("abc", function(c, i) { seen += c; }, -2); P(seen); // expect: bc
seen = ""; string_foreach("", function(c, i) { seen += c; }); P(seen == ""); // expect: 1
Error(function() { string_foreach("abc", "no function"); }); // expect: argument 2 of string_foreach: expected a function, got "no function"

P([clipboard_has_text(), clipboard_get_text()]); // expect: [ 0,"" ]
clipboard_set_text("kept"); P([clipboard_has_text(), clipboard_get_text()]); // expect: [ 1,"kept" ]
