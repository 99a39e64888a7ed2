// Async groups: nothing is done before the end, each request has a number of its own, loads come with their event.
function P(v) { show_debug_message(v); }
data = buffer_create(2, buffer_fixed, 1);
buffer_write(data, buffer_u16, 0x0102);
buffer_async_group_begin("never");
buffer_save_async(data, "a.bin", 0, 2);
P(file_exists("never/a.bin")); // expect: 0
buffer_async_group_begin("group");
first = buffer_save_async(data, "a.bin", 0, 2);
second = buffer_save_async(data, "b.bin", 0, 2);
loaded = buffer_create(1, buffer_grow, 1);
third = buffer_load_async(loaded, "a.bin", 0, -1);
P(file_exists("group/a.bin")); // expect: 0
group = buffer_async_group_end();
P([first != second, second != third, third != group, first != group]); // expect: [ 1,1,1,1 ]
P([file_exists("group/a.bin"), file_exists("never/a.bin"), buffer_get_size(loaded)]); // expect: [ 1,0,1 ]
seen = 0;
event async_save_load {
    seen++;
    P([async_load[? "id"] == group, async_load[? "status"], buffer_get_size(loaded), buffer_peek(loaded, 0, buffer_u16)]); // expect: [ 1,1,2,258 ]
    game_end();
}
