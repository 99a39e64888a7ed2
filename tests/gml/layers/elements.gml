// Elements of layers: made, changed, read back, moved and destroyed with their layer.
function P(v) { show_debug_message(v); }
object obj_thing { event create { } }

var low = layer_create(100, "low"), high = layer_create(-5, "high");
layer_hspeed(low, 2); layer_vspeed(low, -1); layer_shader(low, 3); layer_script_begin(low, P); layer_script_end(low, -1);
P([layer_get_hspeed(low), layer_get_vspeed(low), layer_get_shader(low), layer_get_script_begin(low) == P, layer_get_script_end(low)]); // expect: [ 2,-1,3,1,-1 ]
P([layer_get_x("none"), layer_get_shader("none"), layer_get_type(low), layer_get_type("none")]); // expect: [ 0,-1,0,-1 ]
try { layer_script_begin(low, "x"); } catch (e) { P(e.message); } // expect: expected a function, got "x"
layer_force_draw_depth(true, 7);
P([layer_is_draw_depth_forced(), layer_get_forced_depth(), layer_get_target_room()]); // expect: [ 1,7,-1 ]
layer_set_target_room(room); P(layer_get_target_room() == room); layer_reset_target_room(); // expect: 1
P([layer_get_fx(low), layer_fx_is_enabled(low)]); layer_set_fx(low, -1); layer_clear_fx(low); layer_enable_fx(low, true); // expect: [ -1,0 ]

var back = layer_background_create(low, -1), picture = layer_sprite_create("low", 10, 20, -1);
var tile = layer_tile_create(low, 1, 2, -1, 3, 4, 5, 6), words = layer_text_create(low, 7, 8, -1, "hello");
var thing = instance_create_layer(0, 0, low, obj_thing);
var found = layer_get_all_elements(low);
P(array_map(found, layer_get_element_type)); // expect: [ 1,4,7,9,2 ]
P([layer_instance_get_instance(found[4]) == thing, layer_instance_get_instance(back), layer_get_element_layer(found[4]) == low]); // expect: [ 1,-4,1 ]
P([layer_background_exists(low, back), layer_background_exists(low, picture), layer_sprite_exists(high, picture)]); // expect: [ 1,0,0 ]
P([layer_background_get_id(low) == back, layer_sprite_get_id(high, "x"), layer_text_get_id(low) == words, layer_particle_get_id(low)]); // expect: [ 1,-1,1,-1 ]

layer_background_alpha(back, 0.5); layer_background_htiled(back, true); layer_background_index(back, 4); layer_background_change(back, -1);
P([layer_background_get_alpha(back), layer_background_get_htiled(back), layer_background_get_vtiled(back), layer_background_get_index(back), layer_background_get_sprite(back)]); // expect: [ 0.50,1,0,0,-1 ]
layer_sprite_x(picture, 11); layer_sprite_angle(picture, "45"); layer_sprite_blend(picture, c_red);
P([layer_sprite_get_x(picture), layer_sprite_get_y(picture), layer_sprite_get_angle(picture), layer_sprite_get_blend(picture), layer_sprite_get_speed(picture)]); // expect: [ 11,20,45,255,1 ]
layer_tile_region(tile, 1, 1, 2, 2); layer_tile_visible(tile, false);
P([layer_tile_get_region(tile), layer_tile_get_visible(tile), layer_tile_get_x(tile), layer_tile_exists(low, tile)]); // expect: [ [ 1,1,2,2 ],0,1,1 ]
layer_text_text(words, "bye"); layer_text_halign(words, fa_center);
P([layer_text_get_text(words), layer_text_get_halign(words), layer_text_get_y(words), layer_text_exists(low, words)]); // expect: [ "bye",1,8,1 ]
P([layer_sprite_get_x(back), layer_text_get_text(12345)]); // expect: [ -1,-1 ]
try { layer_sprite_x(picture, undefined); } catch (e) { P("no number"); } // expect: no number
try { layer_sprite_get_x("picture"); } catch (e) { P(e.message); } // expect: expected a layer element, got "picture"

layer_element_move(picture, high); layer_element_move(found[4], high);
P([layer_sprite_exists(high, picture), layer_get_element_layer(picture) == high, thing.layer == high, thing.depth, array_length(layer_get_all_elements(low))]); // expect: [ 1,1,1,-5,3 ]
layer_sprite_destroy(picture); layer_text_destroy(words); layer_tile_destroy(tile);
P([layer_sprite_exists(high, picture), array_length(layer_get_all_elements(low)), layer_get_element_type(picture)]); // expect: [ 0,1,0 ]
layer_destroy(low);
P([layer_get_element_type(back), layer_background_get_alpha(back), layer_get_all_elements("low")]); // expect: [ 0,-1,[  ] ]

high_layer = high; layer_hspeed(high, 3);
event step { if (layer_get_x(high_layer) >= 9) { P(layer_get_x(high_layer)); game_end(); } } // expect: 9
