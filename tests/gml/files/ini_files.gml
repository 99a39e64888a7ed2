// Ini files: what is written comes back, and the text that ini_close gives.
ini_open("t.ini");
ini_write_string("test", "test", "test");
show_debug_message(ini_close() == "[test]\r\ntest=\"test\"\r\n"); // expect: 1
show_debug_message(ini_close() == ""); // expect: 1
show_debug_message(file_exists("t.ini")); // expect: 1

ini_open("t.ini");
ini_write_real("more", "pi", 3.25);
ini_write_string("more", "said", "he said \"no\"");
ini_close();
ini_open("t.ini");
show_debug_message(ini_read_string("test", "test", "")); // expect: test
show_debug_message(ini_read_real("more", "pi", 0)); // expect: 3.25
show_debug_message(ini_read_string("more", "said", "")); // expect: he said "no"
show_debug_message(ini_read_real("more", "none", 7)); // expect: 7
show_debug_message(ini_read_string("none", "none", "default")); // expect: default
show_debug_message(ini_read_real("test", "test", 5)); // expect: 0
ini_key_delete("test", "test");
show_debug_message(ini_key_exists("test", "test")); // expect: 0
show_debug_message(ini_section_exists("test")); // expect: 1
ini_section_delete("test");
show_debug_message(ini_section_exists("test")); // expect: 0
ini_close();

ini_open_from_string("lost=1\n; comment\n[a]\n x = 12.5 ; twelve\ny='keep  '\nz={\"k\": 1; 2}\n[b c]\nport=6510");
show_debug_message(ini_read_real("a", "x", 0)); // expect: 12.50
show_debug_message("<" + ini_read_string("a", "y", "") + ">"); // expect: <keep  >
show_debug_message(ini_read_string("a", "z", "")); // expect: {"k": 1; 2}
show_debug_message(ini_read_real("b c", "port", 0)); // expect: 6510
ini_close();

ini_open("never.ini");
ini_close();
show_debug_message(file_exists("never.ini")); // expect: 0
ini_read_real("a", "b", 0);
// expect-error: No ini file is open
