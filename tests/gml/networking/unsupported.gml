// What this network does not carry is refused by a value below 0.

show_debug_message(network_create_server(network_socket_bluetooth, 6510, 8) < 0); // expect: 1
show_debug_message(network_create_server_raw(77, 6510, 8) < 0); // expect: 1
show_debug_message(network_create_socket(network_socket_bluetooth) < 0); // expect: 1
show_debug_message(network_create_socket_ext(-1, 6510) < 0); // expect: 1
show_debug_message(network_create_socket_ext(network_socket_tcp, 6510)); // expect: 0
show_debug_message(network_resolve("127.0.0.1")); // expect: 127.0.0.1
