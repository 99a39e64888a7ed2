// Buffers to and from files, and the event of the asynchronous forms.
var b = buffer_create(512, buffer_fixed, 1);
buffer_fill(b, 0, buffer_u8, 7, 512);
buffer_save(b, "whole.bin");
buffer_save_ext(b, "part.bin", 256, 512);
show_debug_message(buffer_get_size(buffer_load("whole.bin"))); // expect: 512
show_debug_message(buffer_get_size(buffer_load("part.bin"))); // expect: 256
show_debug_message(buffer_load("missing.bin")); // expect: -1
var l = buffer_create(1, buffer_grow, 1);
buffer_load_ext(l, "whole.bin", 256);
show_debug_message(buffer_get_size(l)); // expect: 768
l = buffer_create(1, buffer_grow, 1);
buffer_load_partial(l, "whole.bin", 0, 512, 256);
show_debug_message(buffer_get_size(l)); // expect: 768
buffer_load_partial(l, "whole.bin", 512, 10, 0);
show_debug_message(buffer_peek(l, 0, buffer_u8)); // expect: 0
buffer_save(b, "../outside.bin");
show_debug_message(file_exists("../outside.bin")); // expect: 0

loaded = buffer_create(1, buffer_grow, 1);
show_debug_message(buffer_save_async(b, "slot.bin", 0, 512)); // expect: 0
buffer_delete(b);
show_debug_message(file_exists("default/slot.bin")); // expect: 1
show_debug_message(buffer_load_async(loaded, "slot.bin", 0, -1)); // expect: 1
show_debug_message(buffer_load_async(loaded, "whole.bin", 0, -1)); // expect: 2
buffer_async_group_begin("group");
buffer_async_group_option("showdialog", 0);
buffer_save_async(loaded, "one.bin", 0, 1);
buffer_load_async(loaded, "none.bin", 0, -1);
show_debug_message(buffer_async_group_end()); // expect: 5

event async_save_load {
    show_debug_message($"{async_load[? "id"]} {async_load[? "status"]} {buffer_get_size(loaded)}");
    // expect: 0 1 1
    // expect: 1 1 512
    // expect: 2 1 512
    // expect: 5 0 512
}
