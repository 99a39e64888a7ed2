// JSON may be nested 1000 deep; deeper is an error that says so.

var deep = json_parse(string_repeat("[", 400) + string_repeat("]", 400));
var levels = 0;
while (is_array(deep)) { levels++; deep = array_length(deep) ? deep[0] : 0; }
show_debug_message(levels); // expect: 400
var text = string_repeat("{\"a\":[", 500) + string_repeat("]}", 500);
show_debug_message(json_stringify(json_parse(text)) == text); // expect: 1
try { json_parse(string_repeat("[", 1001) + string_repeat("]", 1001)); }
catch (e) { show_debug_message(e.message); } // expect: json_parse: JSON parse error: more than 1000 arrays and objects in each other
