// Reliable UDP between two sockets: what is sent before and after the switch arrives as well, each datagram once.

server = network_create_server_raw(network_socket_udp, 6510, 8);
client = network_create_socket(network_socket_udp);
network_set_config(network_config_enable_reliable_udp, server);
network_set_config(network_config_enable_reliable_udp, client);
network_set_config(network_config_enable_reliable_udp, 77);
network_set_config(network_config_enable_multicast, server);
network_set_config(network_config_disable_multicast, server);

numbers = buffer_create(4, buffer_fixed, 1);
for (var i = 0; i < 3; i++) {
    buffer_poke(numbers, 0, buffer_u32, i);
    network_send_udp_raw(client, "127.0.0.1", 6510, numbers, 4);
}
network_set_config(network_config_disable_reliable_udp, client);
network_send_udp_raw(client, "127.0.0.1", 6510, numbers, 4);
alarm[0] = 60;

event async_network {
    show_debug_message(buffer_peek(async_load[? "buffer"], 0, buffer_u32));
    // expect: 0
    // expect: 1
    // expect: 2
    // expect: 2
}

event alarm0 {
    game_end();
}
