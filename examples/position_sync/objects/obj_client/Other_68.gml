/// @desc What the server says is how it is.

if (async_load[? "type"] != network_type_data) {
    exit;
}
var _buffer = async_load[? "buffer"];
switch (buffer_read(_buffer, buffer_u8)) {
    case PACKET.WELCOME:
        number = buffer_read(_buffer, buffer_u16);
        next_input = current_time;
        break;

    case PACKET.STATE:
        var _count = buffer_read(_buffer, buffer_u16);
        repeat (_count) {
            var _number = buffer_read(_buffer, buffer_u16);
            var _input = buffer_read(_buffer, buffer_u32);
            var _x = buffer_read(_buffer, buffer_f32);
            var _y = buffer_read(_buffer, buffer_f32);
            others[$ _number] = { input: _input, x: _x, y: _y };
        }
        var _me = others[$ number];
        if (_me.input == array_length(plan)) {
            var _right = _me.x - WORLD_WIDTH / 2, _down = _me.y - WORLD_HEIGHT / 2;
            show_debug_message($"I am {_right > 0 ? "further right" : "no further right"}, {_down > 0 ? "further down" : "no further down"}");
            network_destroy(socket);
            game_end();
        }
        break;

    case PACKET.LEFT:
        struct_remove(others, buffer_read(_buffer, buffer_u16));
        break;
}
