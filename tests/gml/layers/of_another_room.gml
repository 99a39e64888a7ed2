// layer_set_target_room: layers, elements and tiles of a room that is not there yet.
function P(v) { show_debug_message(v); }

global.next = room_add();
var here = layer_create(5, "here");
layer_set_target_room(global.next);
P([layer_get_target_room() == global.next, layer_exists("here"), array_length(layer_get_all())]); // expect: [ 1,0,0 ]
var far = layer_create(40, "far");
layer_x(far, 7);
layer_set_visible(far, false);
var map = layer_tilemap_create(far, 1, 2, -1, 3, 2);
tilemap_set(map, 5, 2, 1);
var shown = layer_sprite_create(far, 8, 9, -1);
layer_sprite_xscale(shown, 3);
var played = sequence_create();
played.length = 9;
var element = layer_sequence_create(far, 4, 4, played);
layer_sequence_headpos(element, 6);
layer_set_target_room(room);
P([layer_exists("here"), layer_exists("far"), layer_get_target_room() == room]); // expect: [ 1,0,1 ]
layer_set_target_room(global.next);
layer_create(41, "second");
P([layer_get_depth("far"), array_length(layer_get_all_elements("far"))]); // expect: [ 40,3 ]
layer_destroy("here");
layer_reset_target_room();
P([layer_exists(here), layer_exists("second"), layer_get_target_room()]); // expect: [ 1,0,-1 ]
try { layer_set_target_room(99); } catch (e) { P(string_length(e.message) > 0); } // expect: 1
layer_set_target_room(global.next); // a room that is left no longer has it

object obj_teller {
    event other_room_start {
        if (room != global.next) exit;
        global.turns = variable_global_exists("turns") ? global.turns + 1 : 1;
        var found = layer_get_all_elements("far"), m = layer_tilemap_get_id("far");
        P([layer_get_x("far"), layer_get_visible("far"), layer_get_depth("second"), layer_get_target_room()]); // expect: [ 7,0,41,-1 ]
        P([array_length(found), tilemap_get(m, 2, 1), tilemap_get(m, 0, 0), tilemap_get_x(m)]); // expect: [ 3,5,0,1 ]
        P([layer_sprite_get_x(found[1]), layer_sprite_get_xscale(found[1]), layer_sequence_get_headpos(found[2])]); // expect: [ 8,3,6 ]
        // expect: [ 7,0,41,-1 ]
        // expect: [ 3,5,0,1 ]
        // expect: [ 8,3,6 ]
        tilemap_set(m, 1, 0, 0);
        if (global.turns == 1) room_restart(); else game_end();
    }
}
instance_create_depth(0, 0, 0, obj_teller).persistent = true;
room_goto(global.next);
