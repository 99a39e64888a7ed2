// Wrong arguments: a value below 0, or an error in GameMaker's words; nobody else loses a connection.

server = network_create_server(network_socket_tcp, 6510, 4);
raw_server = network_create_server_raw(network_socket_tcp, 6511, 4);
client = network_create_socket(network_socket_tcp);
raw_client = network_create_socket(network_socket_tcp);
network_connect(client, "127.0.0.1", 6510);
network_connect_raw(raw_client, "127.0.0.1", 6511);
small = buffer_create(4, buffer_fixed, 1);
big = 1000000000000;
raw_bytes = 0;

show_debug_message(network_create_server(network_socket_tcp, -1, 4) < 0); // expect: 1
show_debug_message(network_create_server(network_socket_tcp, 65536, 4) < 0); // expect: 1
show_debug_message(network_create_server(network_socket_tcp, big, 4) < 0); // expect: 1
show_debug_message(network_create_server_raw(network_socket_tcp, 6510, 4) < 0); // expect: 1
show_debug_message(network_create_server(-5, 6512, 4) < 0); // expect: 1
show_debug_message(network_create_server(network_socket_tcp, 6512, -4) < 0); // expect: 0
try { network_create_server(network_socket_tcp, "port", 4); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_create_server(network_socket_tcp, undefined, 4); } catch (e) { show_debug_message("ERR"); } // expect: ERR

show_debug_message(network_connect(client, "127.0.0.1", -1) < 0); // expect: 1
show_debug_message(network_connect(client, "127.0.0.1", big) < 0); // expect: 1
show_debug_message(network_connect(client, "127.0.0.1", 6510) < 0); // expect: 1
show_debug_message(network_connect(server, "127.0.0.1", 6510) < 0); // expect: 1
show_debug_message(network_connect(-1, "127.0.0.1", 6510) < 0); // expect: 1

show_debug_message(network_send_packet(big, small, 4) < 0); // expect: 1
show_debug_message(network_send_packet(-1, small, 4) < 0); // expect: 1
show_debug_message(network_send_packet(server, small, 4) < 0); // expect: 1
show_debug_message(network_send_packet(client, small, -4) < 0); // expect: 1
show_debug_message(network_send_packet(client, small, 4000)); // expect: 16
show_debug_message(network_send_packet(client, small, 0)); // expect: 12
try { network_send_packet(client, -1, 4); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_send_packet(client, "small", 4); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_send_packet("client", small, 4); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_send_packet(client, small, "four"); } catch (e) { show_debug_message("ERR"); } // expect: ERR
try { network_send_raw(raw_client, 99, 4); } catch (e) { show_debug_message("ERR"); } // expect: ERR
repeat (3) {
    show_debug_message(network_send_raw(client, small, 4));
    // expect: 4
    // expect: 4
    // expect: 4
}
network_destroy(-1);
network_destroy(big);
network_destroy(99);

event async_network {
    switch (async_load[? "type"]) {
        case network_type_data:
            if (async_load[? "server"] == server) {
                show_debug_message($"packet of {async_load[? "size"]}");
                // expect: packet of 4
                // expect: packet of 0
            } else {
                raw_bytes += async_load[? "size"];
            }
            break;
        case network_type_disconnect:
            // The raw bytes have put the other stream out of step; the raw connection goes on.
            show_debug_message($"{async_load[? "id"]} has lost a client"); // expect: 0 has lost a client
            show_debug_message(network_send_packet(raw_client, small, 1)); // expect: 13
            show_debug_message(network_send_raw(raw_client, small, 4)); // expect: 4
            alarm[0] = 5;
            break;
    }
}

event alarm0 {
    show_debug_message($"raw bytes: {raw_bytes}"); // expect: raw bytes: 17
    game_end();
}
