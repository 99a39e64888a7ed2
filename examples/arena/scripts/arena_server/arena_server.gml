// What the server does with packets.

/// @desc Sends a packet to everybody who has joined.
function packet_send_all(_buffer) {
    with (obj_player) {
        if (joined) packet_send(socket, _buffer);
    }
}

/// @desc Handles a packet of a player. What makes no sense is ignored: anybody can connect.
function packet_receive(_player, _buffer, _size) {
    switch (buffer_read(_buffer, buffer_u8)) {
        case MESSAGE.JOIN:
            if (_size < 3 || _player.joined) break;
            _player.player_name = string_copy(buffer_read(_buffer, buffer_string), 1, 16);
            _player.joined = true;
            show_debug_message($"{_player.player_name} joins");
            var _reply = obj_server.packet;
            packet_begin(_reply, MESSAGE.WELCOME);
            buffer_write(_reply, buffer_u8, _player.seat);
            packet_send(_player.socket, _reply);
            break;
        case MESSAGE.MOVE:
            if (_size < 3) break;
            _player.across = clamp(buffer_read(_buffer, buffer_s8) / 100, -1, 1);
            _player.down = clamp(buffer_read(_buffer, buffer_s8) / 100, -1, 1);
            break;
    }
}

/// @desc How many players have joined.
function players_ready() {
    var _count = 0;
    with (obj_player) _count += joined;
    return _count;
}

/// @desc The lowest seat that nobody has.
function free_seat() {
    var _taken = [];
    with (obj_player) array_push(_taken, seat);
    for (var _seat = 0; array_contains(_taken, _seat); _seat++) {}
    return _seat;
}
