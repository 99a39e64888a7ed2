/// @desc A client without screen or keyboard: it walks to the right, then down, and compares notes with the server.

port = variable_global_exists("port") ? global.port : PORT;
socket = network_create_socket(network_socket_tcp);
if (network_connect(socket, "127.0.0.1", port) < 0) {
    show_error($"there is no server on port {port}", true);
}
buffer = buffer_create(64, buffer_grow, 1);
number = -1;   // our id, once the server has told us
inputs = 0;    // how many inputs have been sent
others = {};   // id of a player -> where they are, and which of their inputs that includes
plan = [KEY.RIGHT, KEY.RIGHT | KEY.DOWN, KEY.DOWN, 0];
