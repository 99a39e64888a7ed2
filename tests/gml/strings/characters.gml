function P(v) { show_debug_message(v); }
function Error(f) { try { f(); P("no error"); } catch (e) { P(e.message); } }

P([chr(65), chr($1F642), chr(0) == "\0", chr(-1) == "", chr($D800) == "", chr($110000) == ""]); // expect: [ "A","🙂",1,1,1,1 ]
P([ord("A"), ord("🙂"), ord(""), ord("abc"), ord(5)]); // expect: [ 65,128578,0,97,53 ]
P([ansi_char(65), ord(ansi_char(321)), ord(ansi_char(233)), ord(ansi_char(-1))]); // expect: [ "A",65,233,255 ]
P([string_length("🙂"), string_byte_length("🙂"), string_length(""), string_byte_length(""), string_length(1.5)]); // expect: [ 1,4,0,0,4 ]

P([string_char_at("abc", 1), string_char_at("abc", 3), string_char_at("abc", 9)]); // expect: [ "a","c","" ]
P([string_char_at("abc", 0), string_char_at("abc", -5), string_char_at("", 1), string_char_at(true, 1)]); // expect: [ "a","a","","1" ]
P([string_ord_at("abc", 2), string_ord_at("abc", 0), string_ord_at("abc", -1), string_ord_at("abc", 9), string_ord_at("", 1)]); // expect: [ 98,97,97,-1,-1 ]
P([string_byte_at("abc", 1), string_byte_at("abc", 0), string_byte_at("abc", 9), string_byte_at("🙂", 4), string_byte_at("", 1)]); // expect: [ 97,97,99,130,0 ]

P(string_set_byte_at("abc", 2, 65)); // expect: aAc
P(string_set_byte_at("abc", 2, "2080") == "a c"); // expect: 1
P(string_set_byte_at("abc", 2, 256 + 90)); // expect: aZc
Error(function() { string_set_byte_at("abc", 0, 65); }); // expect: string_set_byte_at: position 0 is outside the string
Error(function() { string_set_byte_at("abc", 4, 65); }); // expect: string_set_byte_at: position 4 is outside the string
Error(function() { string_set_byte_at("", 1, 65); }); // expect: string_set_byte_at: position 1 is outside the string
var text = "    ", bytes = [$F0, $9F, $98, $83];
for (var i = 0; i < 4; i++) text = string_set_byte_at(text, i + 1, bytes[i]);
P(text); // expect: 😃

P([string_lower("HeLLo 1"), string_upper("HeLLo 1"), string_upper("水🙂"), string_lower(""), string_upper(1.234)]); // expect: [ "hello 1","HELLO 1","水🙂","","1.23" ]
P([string_letters("a1 B!£水🙂"), string_digits("a1 B2!"), string_lettersdigits("a-1_B"), string_letters("!£水🙂")]); // expect: [ "aB","12","a1B","" ]
P([string_digits(-1.5), string_letters(undefined)]); // expect: [ "150","undefined" ]
P(string_hash_to_newline("a#b") == "a\r\nb"); // expect: 1
P(string_hash_to_newline("a\\#b")); // expect: a#b
P("\u1F642\u8001\u20AC\u41"); // expect: 🙂老€A

// One byte of a longer character is changed: the byte is there, although the text is no UTF-8.
function second_byte(text) { return string_byte_at(string_set_byte_at(text, 2, 87), 2); }
show_debug_message([second_byte("£"), second_byte("小"), second_byte("🙂"), string_byte_at("£", 2)]); // expect: [ 87,87,87,163 ]
