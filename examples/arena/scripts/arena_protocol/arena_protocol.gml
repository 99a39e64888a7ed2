// The packets of the arena: the server and every client include this script.

#macro ARENA_PORT 6510
#macro ARENA_PLAYERS 4 // so many make a round

enum MESSAGE {
    JOIN,    // client: name (string)
    WELCOME, // server: your seat (u8)
    ROUND,   // server: seconds that the round lasts (u16)
    MOVE,    // client: direction to walk in, across and down (s8, -100 to 100)
    STATE,   // server: players (u8), each: seat (u8), points (u16), x, y (f32); coins (u8), each: x, y (f32)
    RESULT   // server: players (u8), each, best first: name (string), points (u16)
}

/// @desc Begins a packet in a buffer that is used again and again.
function packet_begin(_buffer, _message) {
    buffer_seek(_buffer, buffer_seek_start, 0);
    buffer_write(_buffer, buffer_u8, _message);
}

/// @desc Sends what has been written since packet_begin.
function packet_send(_socket, _buffer) {
    return network_send_packet(_socket, _buffer, buffer_tell(_buffer));
}
