// A game server that can be found: whoever broadcasts a question to port 6511 is told its name and its port.

#macro GAME_PORT 6510
#macro DISCOVERY_PORT 6511
#macro QUESTION "example: who is there?"

server_name = "The first server";
players = 0;
game = network_create_server(network_socket_tcp, GAME_PORT, 8);
discovery = network_create_server(network_socket_udp, DISCOVERY_PORT, 0);
if (game < 0 || discovery < 0) {
    show_error($"ports {GAME_PORT} and {DISCOVERY_PORT} cannot both be had", true);
}

/// @desc Tells whoever has asked what there is to join.
function answer(_ip, _port) {
    var _buffer = buffer_create(64, buffer_grow, 1);
    buffer_write(_buffer, buffer_string, server_name);
    buffer_write(_buffer, buffer_u16, GAME_PORT);
    buffer_write(_buffer, buffer_u8, players);
    network_send_udp(discovery, _ip, _port, _buffer, buffer_tell(_buffer));
    buffer_delete(_buffer);
}

event async_network {
    switch (async_load[? "type"]) {
        case network_type_connect:
            players++;
            break;

        case network_type_disconnect:
            players--;
            break;

        case network_type_data:
            // Anybody may send anything to an open port: only the right question gets an answer.
            if (async_load[? "id"] == discovery && buffer_read(async_load[? "buffer"], buffer_string) == QUESTION) {
                show_debug_message($"asked by {async_load[? "ip"]}");
                answer(async_load[? "ip"], async_load[? "port"]);
            }
            break;
    }
}
