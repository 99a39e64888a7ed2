// The accessor of a map with a key that is written out: present, absent, by number, destroyed, no map.

var map = ds_map_create();
map[? "here"] = 5;
show_debug_message(map[? "here"]);                      // expect: 5
show_debug_message(map[? "there"]);                     // expect: undefined
map[? "here"] = undefined;
show_debug_message(map[? "here"]);                      // expect: undefined
show_debug_message(ds_map_exists(map, "here"));         // expect: 1
map[? "here"] = "again";
show_debug_message(real(map)[? "here"]);                // expect: again

var alias = map;
ds_map_destroy(map);
try {
    show_debug_message(alias[? "here"]);
} catch (error) {
    show_debug_message(error.message);                  // expect: Data structure with index does not exist: ref ds_map 0
}

try {
    show_debug_message(("text")[? "here"]);
} catch (error) {
    show_debug_message(error.message);                  // expect: Data structure with index does not exist: "text"
}
