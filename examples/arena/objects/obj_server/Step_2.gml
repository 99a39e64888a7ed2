/// @description Tell everybody where everybody is
if (room != rm_arena) exit;

packet_begin(packet, MESSAGE.STATE);
buffer_write(packet, buffer_u8, instance_number(obj_player));
with (obj_player) {
    buffer_write(other.packet, buffer_u8, seat);
    buffer_write(other.packet, buffer_u16, points);
    buffer_write(other.packet, buffer_f32, x);
    buffer_write(other.packet, buffer_f32, y);
}
buffer_write(packet, buffer_u8, instance_number(obj_coin));
with (obj_coin) {
    buffer_write(other.packet, buffer_f32, x);
    buffer_write(other.packet, buffer_f32, y);
}
packet_send_all(packet);
