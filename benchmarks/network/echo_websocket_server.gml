// Echoes every packet to its sender.

network_create_server(network_socket_ws, 6510, 4096);

event async_network {
    if (async_load[? "type"] == network_type_data) {
        network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
    }
}
