/// @desc Changes the keys that are held, following the plan.

if (number < 0) {
    exit;
}
if (inputs < array_length(plan) && current_time >= next_input) {
    packet_begin(buffer, PACKET.INPUT);
    buffer_write(buffer, buffer_u32, inputs + 1);
    buffer_write(buffer, buffer_u8, plan[inputs]);
    packet_send(socket, buffer);
    inputs++;
    next_input = current_time + 150;
}
