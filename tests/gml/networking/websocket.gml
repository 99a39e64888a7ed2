// WebSockets: GameMaker's handshake, packets both ways, text and binary, addresses, the end of a connection.

server = network_create_server(network_socket_ws, 6510, 8);
raw_server = network_create_server_raw(network_socket_ws, 6511, 8);

function message(text) {
    var buffer = buffer_create(64, buffer_grow, 1);
    buffer_write(buffer, buffer_text, text);
    return buffer;
}

step = 0;
client = network_create_socket(network_socket_ws);
show_debug_message(network_connect(client, "ws://127.0.0.1:1/any/path?a=1", 6510)); // expect: 0
show_debug_message(network_connect(client, "127.0.0.1", 6510) < 0); // expect: 1
hello = message("hello");
// The header of a packet does not count on WebSockets.
show_debug_message(network_send_packet(client, hello, 5)); // expect: 5

raw_client = network_create_socket(network_socket_ws);

event async_network {
    var type = async_load[? "type"], id_ = async_load[? "id"];
    switch (type) {
        case network_type_connect:
            show_debug_message(id_ == other.server ? "connected" : "connected raw");
            break;

        case network_type_non_blocking_connect:
            show_debug_message($"succeeded {async_load[? "succeeded"]}");
            network_send_raw(raw_client, message("grün"), 5, network_send_text);
            network_send_raw(raw_client, message("bytes"), 5);
            break;

        case network_type_disconnect:
            show_debug_message("left");
            network_destroy(raw_server);
            break;

        case network_type_data:
            var text = buffer_read(async_load[? "buffer"], buffer_text);
            var kind = async_load[? "message_type"] == network_send_text ? "text" : "binary";
            show_debug_message($"{text} {async_load[? "size"]} {kind} {async_load[? "server"]}");
            if (text == "hello") {
                network_send_packet(id_, message("welcome"), 7);
            } else if (text == "welcome") {
                network_destroy(client);
                network_destroy(server);
                network_connect_raw_async(raw_client, "127.0.0.1", 6511);
            } else if (text == "bytes") {
                network_destroy(raw_client);
            }
    }
}
// expect: connected
// expect: hello 5 binary 0
// expect: welcome 7 binary undefined
// expect: connected raw
// expect: succeeded 1
// expect: grün 5 text 1
// expect: bytes 5 binary 1
// expect: left
