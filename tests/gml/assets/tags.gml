// Assets by name and by tag.
function script_one() {}
object obj_a { event create {} }
object obj_b { event create {} }
show_debug_message(asset_get_index("obj_a") == obj_a); // expect: 1
show_debug_message(asset_get_index("nothing")); // expect: -1
show_debug_message(asset_get_type("obj_b") == asset_object); // expect: 1
show_debug_message(asset_get_type(script_one) == asset_script); // expect: 1
show_debug_message(asset_get_type("nothing") == asset_unknown); // expect: 1
show_debug_message(array_length(asset_get_ids(asset_sprite))); // expect: 0
show_debug_message(asset_add_tags(obj_a, ["enemy", "boss"])); // expect: 1
show_debug_message(asset_add_tags("obj_b", "enemy")); // expect: 1
show_debug_message(asset_add_tags("nothing", "enemy")); // expect: 0
show_debug_message(asset_get_tags(obj_a)); // expect: [ "enemy","boss" ]
show_debug_message(asset_has_tags(obj_b, ["enemy", "boss"])); // expect: 0
show_debug_message(asset_has_any_tag(obj_b, ["enemy", "boss"])); // expect: 1
show_debug_message(tag_get_assets("enemy")); // expect: [ "obj_a","obj_b" ]
show_debug_message(tag_get_asset_ids("boss", asset_object)[0] == obj_a); // expect: 1
show_debug_message(asset_remove_tags(obj_a, "boss")); // expect: 1
show_debug_message(asset_get_tags(obj_a)); // expect: [ "enemy" ]
show_debug_message(asset_clear_tags(obj_a)); // expect: 1
show_debug_message(tag_get_assets(["enemy", "boss"])); // expect: [ "obj_b" ]
