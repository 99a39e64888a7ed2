/// What GameMaker reads beyond JSON: comments, text in single quotes, commas behind the last member.
function P(x) { show_debug_message(json_stringify(x)); }
P(json_parse("{'foo': 'bar', // a comment\n \"fit\": \"b'iz\", /* more, \"of\" it */ \"n\": [1, 2,],}")); // expect: {"foo":"bar","fit":"b'iz","n":[1.0,2.0]}
P(json_parse("['it\\'s', 'say \"hi\"', 'a // b', 'c /* d */']")); // expect: ["it's","say \"hi\"","a // b","c /* d */"]
P(json_parse("// nothing else\n3")); // expect: 3.0
P(json_parse("[\"// kept\", '\\u0041']")); // expect: ["// kept","A"]
function refused(text) { try { json_parse(text); return false; } catch (e) { return true; } }
P([refused("{'a: 1}"), refused("[1 /* open"), refused("['a\"]"), refused("{} x")]); // expect: [true,true,true,true]
P(ds_map_find_value(json_decode("{'a': 'b' /* c */}"), "a")); // expect: "b"
