/// @description A round begins
alarm[0] = seconds * game_get_speed(gamespeed_fps);
show_debug_message($"a round of {seconds} seconds");
packet_begin(obj_server.packet, MESSAGE.ROUND);
buffer_write(obj_server.packet, buffer_u16, seconds);
packet_send_all(obj_server.packet);
