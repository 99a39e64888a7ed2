show_debug_message(base64_encode("Hello")); // expect: SGVsbG8=
show_debug_message(base64_decode("SGVsbG8=")); // expect: Hello
show_debug_message(base64_decode(base64_encode("🙂老€"))); // expect: 🙂老€
show_debug_message($"<{base64_decode("")}>"); // expect: <>
show_debug_message(md5_string_utf8("abc")); // expect: 900150983cd24fb0d6963f7d28e17f72
show_debug_message(md5_string_unicode("abc")); // expect: ce1473cf80c6b3fda8e3dfc006adc315
show_debug_message(sha1_string_utf8("abc")); // expect: a9993e364706816aba3e25717850c26c9cd0d89d
show_debug_message(sha1_string_unicode("abc")); // expect: 9f04f41a848514162050e3d68c1a7abb441dc2b5
var b = buffer_create(1, buffer_grow, 1);
buffer_write(b, buffer_text, "abc");
buffer_save_ext(b, "abc.txt", 0, 3);
show_debug_message(md5_file("abc.txt")); // expect: 900150983cd24fb0d6963f7d28e17f72
show_debug_message(sha1_file("abc.txt")); // expect: a9993e364706816aba3e25717850c26c9cd0d89d
show_debug_message($"<{md5_file("none.txt")}{sha1_file("none.txt")}>"); // expect: <>

buffer_seek(b, buffer_seek_start, 0);
buffer_write(b, buffer_text, "a,\"b,c\"\n1,2,3\n,\n");
buffer_save_ext(b, "table.csv", 0, buffer_tell(b));
var g = load_csv("table.csv");
show_debug_message([ds_grid_width(g), ds_grid_height(g), g[# 1, 0], g[# 2, 0], g[# 2, 1]]); // expect: [ 3,3,"b,c",0,"3" ]
show_debug_message([g[# 0, 2], g[# 1, 2], g[# 2, 2]]); // expect: [ "","",0 ]
show_debug_message(load_csv("none.csv")); // expect: -1
