// Folders, finding, copying and the parts of names.
directory_create("maps\\deep");
show_debug_message(directory_exists("maps/deep")); // expect: 1
show_debug_message(directory_exists(working_directory + "maps")); // expect: 1
var names = ["second.doc", "first.txt", "plain"];
for (var i = 0; i < 3; i++) {
    var f = file_text_open_write("maps/" + names[i]);
    file_text_write_string(f, names[i]);
    file_text_close(f);
}
show_debug_message(file_find_first("maps/*.*", fa_none)); // expect: first.txt
show_debug_message(file_find_next()); // expect: plain
show_debug_message(file_find_next()); // expect: second.doc
show_debug_message(file_find_next() == ""); // expect: 1
file_find_close();
show_debug_message(file_find_first("maps/d*", fa_directory)); // expect: deep
show_debug_message(file_find_first("maps/?????.txt", 0)); // expect: first.txt
show_debug_message(file_find_first("maps/*.png", 0) == ""); // expect: 1

show_debug_message(file_exists("maps")); // expect: 0
show_debug_message(file_exists("MAPS/First.txt")); // expect: 1
show_debug_message(file_copy("maps/first.txt", "copy.txt")); // expect: 1
show_debug_message(file_copy("maps/plain", "copy.txt")); // expect: 0
show_debug_message(file_rename("copy.txt", "maps/renamed.txt")); // expect: 1
show_debug_message(file_exists("copy.txt")); // expect: 0
show_debug_message(file_delete("maps/renamed.txt")); // expect: 1
show_debug_message(file_delete("maps/renamed.txt")); // expect: 0
show_debug_message(file_attributes("maps", fa_directory)); // expect: 1
show_debug_message(directory_destroy("maps")); // expect: 1
show_debug_message(directory_exists("maps")); // expect: 0
show_debug_message(file_exists("../file_system.gml")); // expect: 0
show_debug_message(file_exists("file_system.gml")); // expect: 1
show_debug_message(file_delete("file_system.gml")); // expect: 0
show_debug_message(directory_create("../out")); // expect: 0

show_debug_message(filename_name("a/b\\c.tar.gz")); // expect: c.tar.gz
show_debug_message(filename_path("a/b/c.txt")); // expect: a/b/
show_debug_message(filename_dir("a/b/c.txt")); // expect: a/b
show_debug_message(filename_ext("a/b/c.txt")); // expect: .txt
show_debug_message(filename_ext("a.b/c") == ""); // expect: 1
show_debug_message(filename_drive("C:\\x")); // expect: C:
show_debug_message(filename_change_ext("a/b.txt", ".md")); // expect: a/b.md
show_debug_message(filename_path("bare.txt") == working_directory); // expect: 1
show_debug_message(filename_path("") == ""); // expect: 1
