// Looks for servers on the local networks: asks everybody, twice, and lists who has answered after a second.

#macro DISCOVERY_PORT 6511
#macro QUESTION "example: who is there?"

port = variable_global_exists("discovery_port") ? global.discovery_port : DISCOVERY_PORT;
found = {};
socket = network_create_socket(network_socket_udp);
question = buffer_create(64, buffer_grow, 1);
buffer_write(question, buffer_string, QUESTION);

// A datagram may get lost, so the question is asked again; an answer that comes twice counts once.
ask = function() {
    network_send_broadcast(socket, port, question, buffer_tell(question));
};
ask();
alarm[0] = game_get_speed(gamespeed_fps) / 2;
alarm[1] = game_get_speed(gamespeed_fps);

event alarm0 {
    ask();
}

event alarm1 {
    var _addresses = struct_get_names(found);
    array_sort(_addresses, true);
    show_debug_message($"{array_length(_addresses)} found");
    for (var i = 0; i < array_length(_addresses); i++) {
        var _server = found[$ _addresses[i]];
        show_debug_message($"{_addresses[i]}: {_server.name}, {_server.players} players");
    }
    game_end();
}

event async_network {
    var _buffer = async_load[? "buffer"];
    if (async_load[? "type"] != network_type_data || async_load[? "size"] < 5) {
        exit;
    }
    var _name = buffer_read(_buffer, buffer_string);
    var _port = buffer_read(_buffer, buffer_u16);
    var _players = buffer_read(_buffer, buffer_u8);
    found[$ $"{async_load[? "ip"]}:{_port}"] = { name: _name, players: _players };
}

event cleanup {
    network_destroy(socket);
    buffer_delete(question);
}
