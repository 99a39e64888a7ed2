// The ways to connect: blocking, told not to block, the async functions; sockets that are connected already.

server = network_create_server(network_socket_tcp, 6510, 8);
client = network_create_socket(network_socket_tcp);
show_debug_message(network_connect(client, "localhost", 6510)); // expect: 0
show_debug_message(network_connect(client, "localhost", 6510) < 0); // expect: 1
show_debug_message(network_connect_raw_async(client, "localhost", 6510) < 0); // expect: 1
show_debug_message(network_connect(server, "localhost", 6510) < 0); // expect: 1

unlucky = network_create_socket(network_socket_tcp);
show_debug_message(network_connect(unlucky, "127.0.0.1", -1) < 0); // expect: 1
show_debug_message(network_connect(unlucky, "127.0.0.1", 6510)); // expect: 0
show_debug_message(network_connect_raw(network_create_socket(network_socket_tcp), "127.0.0.1", 6510)); // expect: 0

network_set_config(network_config_use_non_blocking_socket, 1);
later = network_create_socket(network_socket_tcp);
show_debug_message(network_connect(later, "localhost", 6510) == later); // expect: 1
show_debug_message(network_connect(later, "localhost", 6510) < 0); // expect: 1

show_debug_message(network_resolve("127.0.0.1")); // expect: 127.0.0.1
show_debug_message(network_resolve("::1")); // expect: ::1
show_debug_message(network_resolve("localhost")); // expect: 127.0.0.1
show_debug_message(network_resolve("no.such.host.invalid") == ""); // expect: 1
show_debug_message(network_resolve("") == ""); // expect: 1

event async_network {
    if (async_load[? "type"] != network_type_non_blocking_connect) exit;
    show_debug_message($"{async_load[? "id"] == later} {async_load[? "socket"] == later} {async_load[? "succeeded"]}"); // expect: 1 1 1
    game_end();
}
