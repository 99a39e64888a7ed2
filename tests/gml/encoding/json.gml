show_debug_message(json_stringify({ a: 1 })); // expect: {"a":1.0}
show_debug_message(json_stringify({ a: int64(1) })); // expect: {"a":1}
show_debug_message(json_stringify([NaN, infinity, -infinity, undefined, pointer_null])); // expect: ["@@nan$$","@@infinity$$","@@-infinity$$",null,null]
show_debug_message(json_stringify({ test: "this", val: ["that", 1.5, true], f: function() {} })); // expect: {"test":"this","val":["that",1.5,true]}
show_debug_message(json_stringify("q\"\\\n€")); // expect: "q\"\\\n€"
show_debug_message(json_stringify([int64(9223372036854775807), int64(4294967296), []])); // expect: ["@i64@7fffffffffffffff$i64$",4294967296.0,[]]
show_debug_message(string_replace_all(json_stringify({ a: [1] }, true), "\n", "|")); // expect: {|  "a":[|    1.0|  ]|}
var loop = { };
loop.me = loop;
show_debug_message(json_stringify(loop)); // expect: {"me":null}
show_debug_message(json_stringify({ a: 1, b: [2] }, false, function(key, value) {
    return is_numeric(value) ? value * 10 : value;
})); // expect: {"a":10.0,"b":[20.0]}

show_debug_message(json_parse("[1,2,]")); // expect: [ 1,2 ]
show_debug_message(json_parse("{\"a\":{\"b\":[true,null,\"x,]\"]},}")); // expect: { a : { b : [ 1,undefined,"x,]" ] } }
var words = json_parse("[\"@@nan$$\",\"@@-infinity$$\",\"@i64@ff$i64$\"]");
show_debug_message([is_nan(words[0]), words[1], words[2], typeof(words[2])]); // expect: [ 1,-inf,255,"int64" ]
show_debug_message(json_parse("[\"@@nan$$\"]", undefined, true)); // expect: [ "@@nan$$" ]
show_debug_message(json_parse("[1,[2]]", function(key, value) { return is_array(value) ? array_length(value) : value + 1; })); // expect: 2
show_debug_message([typeof(json_parse("5")), typeof(json_parse("9007199254740993"))]); // expect: [ "number","int64" ]
var l = ds_list_create();
show_debug_message(json_parse(json_stringify([l]))[0] == l); // expect: 1
foreach_bad(["", "{", "[1 2]", "{a:1}", "nul", "[NaN]", "'a", 5, string_repeat("[", 1001) + string_repeat("]", 1001), string_repeat("[", 200000)]);
function foreach_bad(texts) {
    var raised = 0;
    for (var i = 0; i < array_length(texts); i++) {
        try { json_parse(texts[i]); } catch (e) { raised++; }
    }
    show_debug_message(raised); // expect: 10
}

var m = ds_map_create(), c = ds_map_create();
ds_map_add(m, "n", 1);
ds_map_add_map(m, "c", c);
c[? "x"] = [1, { y: "z" }];
show_debug_message(json_encode(m)); // expect: {"n":1.0,"c":{"x":[1.0,{"y":"z"}]}}
ds_map_replace(m, "c", l);
show_debug_message(json_encode(m)); // expect: {"n":1.0,"c":"@ref ds_list(0)"}
var d = json_decode("[1,2]");
show_debug_message([ds_list_size(d[? "default"]), ds_map_is_list(d, "default")]); // expect: [ 2,1 ]
d = json_decode("{\"a\":{\"b\":[1,{\"c\":null}]}}");
var a = d[? "a"];
var b = a[? "b"];
var inner = b[| 1];
show_debug_message([ds_map_is_map(d, "a"), ds_list_is_map(b, 1), inner[? "c"], ds_map_exists(inner, "c")]); // expect: [ 1,1,undefined,1 ]
show_debug_message(json_encode(d)); // expect: {"a":{"b":[1.0,{"c":null}]}}
ds_map_destroy(d);
show_debug_message([ds_exists(b, ds_type_list), ds_exists(inner, ds_type_map)]); // expect: [ 0,0 ]
show_debug_message(json_decode("nonsense")); // expect: -1
show_debug_message(json_decode("7")[? "default"]); // expect: 7
