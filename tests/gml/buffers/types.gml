// What each data type writes and reads.
function round_trip(type, value) {
    var b = buffer_create(16, buffer_grow, 1);
    buffer_write(b, type, value);
    buffer_seek(b, buffer_seek_start, 0);
    var found = buffer_read(b, type);
    var text = $"{found} {typeof(found)} {buffer_tell(b)}";
    buffer_delete(b);
    return text;
}
show_debug_message(round_trip(buffer_u8, 257)); // expect: 1 int32 1
show_debug_message(round_trip(buffer_u8, -1.9)); // expect: 255 int32 1
show_debug_message(round_trip(buffer_s8, 200)); // expect: -56 int32 1
show_debug_message(round_trip(buffer_u16, 65537)); // expect: 1 int32 2
show_debug_message(round_trip(buffer_s16, 40000)); // expect: -25536 int32 2
show_debug_message(round_trip(buffer_u32, 4294967295)); // expect: 4294967295 int64 4
show_debug_message(round_trip(buffer_s32, 0xFFFFFF80)); // expect: -128 int32 4
show_debug_message(round_trip(buffer_u64, int64("-5"))); // expect: -5 int64 8
show_debug_message(round_trip(buffer_f16, 1.5)); // expect: 1.50 number 2
show_debug_message(round_trip(buffer_f16, 70000)); // expect: inf number 2
show_debug_message(round_trip(buffer_f32, 1.5)); // expect: 1.50 number 4
show_debug_message(round_trip(buffer_f32, -infinity)); // expect: -inf number 4
show_debug_message(round_trip(buffer_f64, 0.25)); // expect: 0.25 number 8
show_debug_message(round_trip(buffer_bool, true)); // expect: 1 int32 1
show_debug_message(round_trip(buffer_bool, 0.5)); // expect: 0 int32 1
show_debug_message(round_trip(buffer_string, "héllo")); // expect: héllo string 7
show_debug_message(round_trip(buffer_text, "abc")); // expect: abc string 3
show_debug_message(round_trip(buffer_u8, NaN)); // expect: 0 int32 1

// A constant type compiles to a writer of its own; both agree.
var b = buffer_create(1, buffer_grow, 1);
show_debug_message(buffer_write(b, buffer_u8, 300)); // expect: 0
show_debug_message(buffer_write(b, buffer_s16, -2)); // expect: 0
show_debug_message(buffer_write(b, buffer_f64, 2.5)); // expect: 0
show_debug_message([buffer_peek(b, 0, buffer_u8), buffer_peek(b, 1, buffer_s16), buffer_peek(b, 3, buffer_f64)]); // expect: [ 44,-2,2.50 ]
show_debug_message([buffer_get_size(b), buffer_get_used_size(b), buffer_tell(b)]); // expect: [ 16,11,11 ]
show_debug_message([buffer_sizeof(buffer_f16), buffer_sizeof(buffer_u64), buffer_sizeof(buffer_string)]); // expect: [ 2,8,0 ]
show_debug_message(buffer_write(b, 99, 1)); // expect: -4
try { buffer_write(b, buffer_u16, undefined); } catch (e) { show_debug_message("raised"); } // expect: raised
try { buffer_write(b, buffer_u16, [1]); } catch (e) { show_debug_message("raised"); } // expect: raised
try { buffer_write(b, buffer_f32, {}); } catch (e) { show_debug_message("raised"); } // expect: raised
show_debug_message(round_trip(buffer_u64, real("1e30"))); // expect: 9223372036854775807 int64 8
