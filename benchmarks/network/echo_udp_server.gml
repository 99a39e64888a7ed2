// Echoes every datagram to its sender.

network_create_server(network_socket_udp, 6510, 4096);

event async_network {
    if (async_load[? "type"] == network_type_data) {
        network_send_udp(async_load[? "id"], async_load[? "ip"], async_load[? "port"], async_load[? "buffer"], async_load[? "size"]);
    }
}
