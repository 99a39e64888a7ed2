/// @desc Players come, hold keys, and go.

switch (async_load[? "type"]) {
    case network_type_connect:
        var _player = instance_create_depth(WORLD_WIDTH / 2, WORLD_HEIGHT / 2, 0, obj_player);
        _player.socket = async_load[? "socket"];
        _player.number = _player.socket;
        sockets[? _player.socket] = _player;
        packet_begin(buffer, PACKET.WELCOME);
        buffer_write(buffer, buffer_u16, _player.number);
        packet_send(_player.socket, buffer);
        break;

    case network_type_disconnect:
        var _gone = sockets[? async_load[? "socket"]];
        ds_map_delete(sockets, _gone.socket);
        packet_begin(buffer, PACKET.LEFT);
        buffer_write(buffer, buffer_u16, _gone.number);
        instance_destroy(_gone);
        with (obj_player) {
            packet_send(socket, other.buffer);
        }
        show_debug_message($"{instance_number(obj_player)} players");
        break;

    case network_type_data:
        // The size is looked at first: reading past the end of what a client has sent would be an error here.
        var _buffer = async_load[? "buffer"];
        if (async_load[? "size"] == 6 && buffer_read(_buffer, buffer_u8) == PACKET.INPUT) {
            with (sockets[? async_load[? "id"]]) {
                last_input = buffer_read(_buffer, buffer_u32);
                keys = buffer_read(_buffer, buffer_u8);
            }
        }
        break;
}
