// The lobby with players on a bad line.

enum SENT { NAME, JOIN, CHAT, LEAVE, NOTICE, ROOM }

packet = buffer_create(64, buffer_grow, 1);
heard = [];

function test_setup() {
    lobby = test_start("lobby_server.gml");
    test_net({ latency: 60, jitter: 60, loss: 0.2, split: 0.5 });
}

function player_enters(_name, _room) {
    var _socket = network_create_socket(network_socket_tcp);
    assert_greater_or_equal(network_connect(_socket, "127.0.0.1", 6510), 0);
    say(_socket, SENT.NAME, _name);
    say(_socket, SENT.JOIN, _room);
    return _socket;
}

function say(_socket, _kind, _text) {
    buffer_seek(packet, buffer_seek_start, 0);
    buffer_write(packet, buffer_u8, _kind);
    buffer_write(packet, buffer_string, _text);
    network_send_packet(_socket, packet, buffer_tell(packet));
}

function was_heard(_socket, _text) {
    return array_contains(heard, $"{_socket}: {_text}");
}

function test_players_in_a_room_hear_each_other() {
    var _anna = player_enters("anna", "blue"), _ben = player_enters("ben", "blue"), _cleo = player_enters("cleo", "red");
    test_advance(5);
    say(_anna, SENT.CHAT, "hello");
    test_advance(5);
    assert_true(was_heard(_anna, "anna hello"));
    assert_true(was_heard(_ben, "anna hello"));
    assert_false(was_heard(_cleo, "anna hello"), "who is in another room");
}

function test_a_name_is_taken_once() {
    player_enters("anna", "blue");
    var _second = player_enters("anna", "blue");
    test_advance(5);
    assert_true(was_heard(_second, "this name cannot be had"));
}

function test_who_leaves_is_gone() {
    var _anna = player_enters("anna", "blue"), _ben = player_enters("ben", "blue");
    test_advance(5);
    network_destroy(_anna);
    test_advance(5);
    assert_true(was_heard(_ben, "anna has left"));
    assert_equals(array_last(test_log(lobby)), "anna is gone, 1 left");
}

event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var _buffer = async_load[? "buffer"], _kind = buffer_read(_buffer, buffer_u8), _text = buffer_read(_buffer, buffer_string);
    if (_kind == SENT.CHAT) _text += " " + buffer_read(_buffer, buffer_string);
    array_push(heard, $"{async_load[? "id"]}: {_text}");
}
