var b = buffer_create(5, buffer_fixed, 1);
buffer_fill(b, 0, buffer_u8, 65, 5);
buffer_save(b, "a.bin");
var z = zip_create();
show_debug_message(zip_add_file(z, "in/a.bin", "a.bin")); // expect: 0
show_debug_message(zip_save(z, "made.zip")); // expect: 0
show_debug_message(zip_unzip("made.zip", "out/")); // expect: 1
show_debug_message(buffer_get_size(buffer_load("out/in/a.bin"))); // expect: 5
show_debug_message(zip_unzip("a.bin", "out")); // expect: -1
show_debug_message(zip_unzip("none.zip", "out")); // expect: -1
show_debug_message(zip_unzip_async("made.zip", "later")); // expect: 1
zip_add_file(z, "none", "none.bin");
show_debug_message(zip_save(z, "other.zip")); // expect: 2
buffer_async_group_begin("g");
try { zip_unzip_async("made.zip", "x"); } catch (e) { show_debug_message("grouped"); } // expect: grouped
try { zip_add_file(5, "a", "b"); } catch (e) { show_debug_message("no archive"); } // expect: no archive

event async_save_load {
    show_debug_message($"{async_load[? "id"]} {async_load[? "status"]}");
    // expect: 0 0
    // expect: 1 0
    // expect: 2 -1
}
