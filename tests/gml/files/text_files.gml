// Text files: written, read back line by line, and closed.
var f = file_text_open_write("scores.txt");
file_text_write_string(f, "Ann");
file_text_writeln(f);
file_text_write_real(f, 30);
file_text_write_string(f, " ");
file_text_write_real(f, -1.5);
file_text_writeln(f);
show_debug_message(file_text_close(f)); // expect: 1

f = file_text_open_append("scores.txt");
file_text_write_string(f, "end");
file_text_close(f);

f = file_text_open_read("scores.txt");
show_debug_message(file_text_read_string(f)); // expect: Ann
show_debug_message(file_text_read_string(f) == ""); // expect: 1
show_debug_message(file_text_eoln(f)); // expect: 1
show_debug_message(file_text_read_real(f)); // expect: 30
show_debug_message(file_text_read_real(f)); // expect: -1.50
show_debug_message(file_text_eof(f)); // expect: 0
show_debug_message(file_text_readln(f) == "\r\n"); // expect: 1
show_debug_message(file_text_read_real(f)); // expect: 0
show_debug_message(file_text_readln(f)); // expect: end
show_debug_message(file_text_eof(f) && file_text_eoln(f)); // expect: 1
file_text_close(f);

show_debug_message(file_text_open_read("missing.txt")); // expect: -1
show_debug_message(file_text_open_read("../scores.txt")); // expect: -1
show_debug_message(file_text_open_write("/etc/x.txt")); // expect: -1

f = file_text_open_from_string("a\nb");
show_debug_message(file_text_readln(f) == "a\n"); // expect: 1
try {
    file_text_write_string(f, "x");
} catch (e) {
    show_debug_message("not for writing"); // expect: not for writing
}
file_text_close(f);
try {
    file_text_read_string(f);
} catch (e) {
    show_debug_message(e.message); // expect: text file: the file 1 is not open
}
show_debug_message([file_text_close(f), file_text_close(77)]); // expect: [ 0,0 ]
