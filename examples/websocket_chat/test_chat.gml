// Two people in the chat room, on a bad line.

heard = [];

function person(_name) {
    var _socket = network_create_socket(network_socket_ws);
    assert_greater_or_equal(network_connect_raw(_socket, "127.0.0.1", 6510), 0);
    say(_socket, { name: _name });
    return _socket;
}

function say(_socket, _message) {
    var _buffer = buffer_create(64, buffer_grow, 1);
    buffer_write(_buffer, buffer_text, json_stringify(_message));
    network_send_raw(_socket, _buffer, buffer_tell(_buffer), network_send_text);
    buffer_delete(_buffer);
}

function test_everybody_hears_what_is_said() {
    test_start("server.gml");
    test_net({ latency: 60, jitter: 30, loss: 0.2, split: 0.5 });
    var _anna = person("anna"), _ben = person("ben");
    test_advance(5);
    heard = [];
    say(_anna, { text: "hello" });
    test_advance(5);
    array_sort(heard, true);
    assert_equals(heard, [$"{_anna}: anna hello", $"{_ben}: anna hello"]);
}

event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var _message = json_parse(buffer_read(async_load[? "buffer"], buffer_text));
    array_push(heard, $"{async_load[? "id"]}: {_message.name} {_message.text}");
}
