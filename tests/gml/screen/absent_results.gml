// What an absent function gives is what it gives when it fails, and it can be a value.
function P(v) { show_debug_message(v); }
var first = buffer_create(4, buffer_fixed, 1);
P([audio_play_sound(0, 1, false), buffer_create_from_vertex_buffer(0, buffer_fixed, 1), surface_create(8, 8)]); // expect: [ -1,-1,-1 ]
P(buffer_exists(buffer_create_from_vertex_buffer(0, buffer_fixed, 1))); // expect: 0
P([tile_add(0, 0, 0, 8, 8, 0, 0, 5), background_add("a.png", false, false), steam_get_app_id()]); // expect: [ -1,-1,-1 ]
P([sprite_get_uvs(0, 0), application_get_position(), font_get_uvs(0)]); // expect: [ [ 0,0,0,0,0,0,0,0 ],[ 0,0,0,0 ],[ 0,0,0,0 ] ]
P([mouse_check_button(mb_left), steam_initialised(), gamepad_get_description(0) == ""]); // expect: [ 0,0,1 ]
var bus = audio_bus_create();
bus.bypass = true;
P([bus.gain * 2, bus.bypass, is_struct(bus)]); // expect: [ 0,1,1 ]
P([particle_get_info(0).emitters, array_length(audio_bus_create().effects), particle_get_info(0).channels]); // expect: [ [  ],0,[  ] ]
var draw = draw_text, add = tile_add;
draw(1, 2, "nobody sees this");
P([is_callable(draw), add(1, 2), script_execute(add, 1)]); // expect: [ 1,-1,-1 ]
array_foreach([1, 2], draw_circle);
P(is_undefined(draw_self())); // expect: 1
P(buffer_exists(first)); // expect: 1
