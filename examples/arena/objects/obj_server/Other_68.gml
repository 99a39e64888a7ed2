/// @description Players come, speak and go
switch (async_load[? "type"]) {
    case network_type_connect:
        var _socket = async_load[? "socket"];
        players[? _socket] = instance_create_depth(0, 0, 0, obj_player, { socket: _socket, seat: free_seat() });
        break;
    case network_type_disconnect:
        instance_destroy(players[? async_load[? "socket"]]);
        ds_map_delete(players, async_load[? "socket"]);
        break;
    case network_type_data:
        var _player = players[? async_load[? "id"]];
        if (!is_undefined(_player)) packet_receive(_player, async_load[? "buffer"], async_load[? "size"]);
        break;
}
