// Speaks HTTP to a web server by hand, over a raw TCP socket:
//   gmlrun http_over_raw.gml -- example.org [PORT [PATH]]

if (parameter_count() < 1) {
    show_error("usage: gmlrun http_over_raw.gml -- HOST [PORT [PATH]]", true);
}
host = parameter_string(1);
port = parameter_count() > 1 ? real(parameter_string(2)) : 80;
path = parameter_count() > 2 ? parameter_string(3) : "/";

response = buffer_create(4096, buffer_grow, 1);
socket = network_create_socket(network_socket_tcp);
network_connect_raw_async(socket, host, port);

// How many bytes follow the headers. A server that does not say so would end the connection instead.
function content_length(headers) {
    var lines = string_split(headers, "\r\n");
    for (var i = 1; i < array_length(lines); i++) {
        var parts = string_split(lines[i], ":", false, 1);
        if (string_lower(parts[0]) == "content-length") {
            return real(string_trim(parts[1]));
        }
    }
    show_error("the server does not say how long its answer is", true);
}

// Shows status and body once all of the response is there.
function show_when_complete() {
    var size = buffer_tell(response), text = buffer_peek(response, 0, buffer_text);
    var end_of_headers = string_pos("\r\n\r\n", text) - 1; // headers are ASCII: characters are bytes
    if (end_of_headers < 0) {
        exit;
    }
    var headers = string_copy(text, 1, end_of_headers);
    if (size >= end_of_headers + 4 + content_length(headers)) {
        show_debug_message(string_split(headers, "\r\n")[0]);
        show_debug_message(buffer_peek(response, end_of_headers + 4, buffer_text));
        network_destroy(socket);
        game_end();
    }
}

event async_network {
    switch (async_load[? "type"]) {
        case network_type_non_blocking_connect:
            if (!async_load[? "succeeded"]) {
                show_error($"there is no web server at {host}:{port}", true);
            }
            var request = buffer_create(256, buffer_grow, 1);
            buffer_write(request, buffer_text, $"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
            network_send_raw(socket, request, buffer_tell(request));
            buffer_delete(request);
            break;

        case network_type_data: // a read has returned it: a part of the response, of any length
            buffer_copy(async_load[? "buffer"], 0, async_load[? "size"], response, buffer_tell(response));
            buffer_seek(response, buffer_seek_relative, async_load[? "size"]);
            show_when_complete();
            break;
    }
}
