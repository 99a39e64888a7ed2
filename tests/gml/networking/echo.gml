// A server and a client in one game: connecting, packets both ways, destroying.

server = network_create_server(network_socket_tcp, 6510, 2);
show_debug_message(server); // expect: 0
client = network_create_socket(network_socket_tcp);
show_debug_message(client); // expect: 1
buffer = buffer_create(16, buffer_grow, 1);
buffer_write(buffer, buffer_string, "hi");

show_debug_message(network_send_packet(client, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_packet(server, buffer, 3) < 0); // expect: 1
show_debug_message(network_send_packet(99, buffer, 3) < 0); // expect: 1
show_debug_message(network_create_server(network_socket_tcp, 6510, 2) < 0); // expect: 1
show_debug_message(network_create_server(network_socket_tcp, -1, 2) < 0); // expect: 1
show_debug_message(network_create_server(77, 6511, 2) < 0); // expect: 1
show_debug_message(network_connect(99, "127.0.0.1", 6510) < 0); // expect: 1
show_debug_message(network_connect(client, "127.0.0.1", 70000) < 0); // expect: 1
show_debug_message(async_load); // expect: -1
try { network_send_packet(client, 1234, 3); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_set_config(99, 1); } catch (e) { show_debug_message("ERR"); } // expect: ERR
network_set_timeout(client, 1000, 1000);
network_set_config(network_config_message_size_limit, client, 1000);
network_set_config(network_config_connect_timeout, 2000);

show_debug_message(network_connect(client, "127.0.0.1", 6510)); // expect: 0
show_debug_message(network_send_packet(client, buffer, 3)); // expect: 15
show_debug_message(network_send_packet(client, buffer, -3) < 0); // expect: 1

event async_network {
    var type = async_load[? "type"];
    if (type == network_type_connect) {
        peer = async_load[? "socket"];
        show_debug_message($"connect {async_load[? "id"]} {peer} {async_load[? "ip"]}"); // expect: connect 0 2 127.0.0.1
    } else if (type == network_type_data) {
        var from = async_load[? "id"], data = async_load[? "buffer"];
        show_debug_message($"data {from} {async_load[? "size"]} {async_load[? "server"]} {buffer_read(data, buffer_string)}"); // expect: data 2 3 0 hi
        if (from == peer) {
            show_debug_message(network_send_packet(from, data, async_load[? "size"]));
            // expect: 15
            // expect: data 1 3 undefined hi
        } else {
            network_destroy(client);
        }
    } else {
        show_debug_message($"disconnect {async_load[? "id"]} {async_load[? "socket"]}"); // expect: disconnect 0 2
        network_destroy(server);
        show_debug_message(network_create_socket(network_socket_tcp)); // expect: 0
    }
}
