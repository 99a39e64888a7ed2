/// @desc Moves the players; every few steps tells everybody where they are.

with (obj_player) {
    move_player(id, keys);
}

if (++steps % STEPS_PER_UPDATE == 0 && instance_exists(obj_player)) {
    packet_begin(buffer, PACKET.STATE);
    buffer_write(buffer, buffer_u16, instance_number(obj_player));
    with (obj_player) {
        buffer_write(other.buffer, buffer_u16, number);
        buffer_write(other.buffer, buffer_u32, last_input);
        buffer_write(other.buffer, buffer_f32, x);
        buffer_write(other.buffer, buffer_f32, y);
    }
    with (obj_player) {
        packet_send(socket, other.buffer);
    }
}
