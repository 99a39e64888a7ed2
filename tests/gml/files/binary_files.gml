// Binary files: bytes modulo 256, positions, both modes.
var f = file_bin_open("data.bin", 1);
show_debug_message(f > 0); // expect: 1
file_bin_write_byte(f, 65);
file_bin_write_byte(f, 1100);
file_bin_write_byte(f, -1);
show_debug_message(file_bin_position(f)); // expect: 3
show_debug_message(file_bin_size(f)); // expect: 3
file_bin_close(f);

f = file_bin_open("data.bin", 2);
show_debug_message(file_bin_read_byte(f)); // expect: 65
show_debug_message(file_bin_read_byte(f)); // expect: 76
file_bin_seek(f, 2);
show_debug_message(file_bin_read_byte(f)); // expect: 255
show_debug_message(file_bin_read_byte(f)); // expect: 0
file_bin_rewrite(f);
show_debug_message(file_bin_size(f)); // expect: 0
file_bin_close(f);

f = file_bin_open("data.bin", 0);
try {
    file_bin_write_byte(f, 1);
} catch (e) {
    show_debug_message("read only"); // expect: read only
}
file_bin_close(f);
show_debug_message(file_bin_open("../data.bin", 1)); // expect: -1
file_bin_read_byte(f);
// expect-error: binary file: the file 1 is not open
