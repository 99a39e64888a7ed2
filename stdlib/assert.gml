// Assertions for tests in GML, named as GameMaker's test frameworks name them.
// Each raises an error that says what was expected, what was there, and the message given last.

/// Fails unless VALUE == EXPECTED; arrays, structs, data structures and buffers are compared by what is in them.
function assert_equals(value, expected, message = "") {
    if (value != expected && !__assert_same(value, expected)) {
        __assert_differ(value, expected, message);
    }
}

/// Fails if VALUE == UNEXPECTED.
function assert_not_equals(value, unexpected, message = "") {
    if (__assert_same(value, unexpected)) {
        __assert_fail($"expected anything but {__assert_show(unexpected)}", message);
    }
}

/// Fails unless VALUE is true.
function assert_true(value, message = "") {
    if (!value) {
        __assert_fail($"expected true, got {__assert_show(value)}", message);
    }
}

/// Fails unless VALUE is false.
function assert_false(value, message = "") {
    if (value) {
        __assert_fail($"expected false, got {__assert_show(value)}", message);
    }
}

/// Fails unless VALUE is undefined.
function assert_undefined(value, message = "") {
    if (!is_undefined(value)) {
        __assert_fail($"expected undefined, got {__assert_show(value)}", message);
    }
}

/// Fails if VALUE is undefined.
function assert_not_undefined(value, message = "") {
    if (is_undefined(value)) {
        __assert_fail("expected a value, got undefined", message);
    }
}

/// Fails unless typeof(VALUE) is TYPE.
function assert_typeof(value, type, message = "") {
    if (typeof(value) != type) {
        __assert_fail($"expected a {type}, got a {typeof(value)}: {__assert_show(value)}", message);
    }
}

/// Fails unless VALUE > LIMIT.
function assert_greater(value, limit, message = "") {
    if (!(value > limit)) {
        __assert_fail($"expected more than {__assert_show(limit)}, got {__assert_show(value)}", message);
    }
}

/// Fails unless VALUE >= LIMIT.
function assert_greater_or_equal(value, limit, message = "") {
    if (!(value >= limit)) {
        __assert_fail($"expected at least {__assert_show(limit)}, got {__assert_show(value)}", message);
    }
}

/// Fails unless VALUE < LIMIT.
function assert_less(value, limit, message = "") {
    if (!(value < limit)) {
        __assert_fail($"expected less than {__assert_show(limit)}, got {__assert_show(value)}", message);
    }
}

/// Fails unless VALUE <= LIMIT.
function assert_less_or_equal(value, limit, message = "") {
    if (!(value <= limit)) {
        __assert_fail($"expected at most {__assert_show(limit)}, got {__assert_show(value)}", message);
    }
}

/// Fails unless two arrays have equal elements, nested arrays included.
function assert_array_equals(value, expected, message = "") {
    if (value != expected && !__assert_same(value, expected)) {
        __assert_differ(value, expected, message);
    }
}

/// Fails unless calling FUNC raises something; returns what it raised.
function assert_throws(func, message = "") {
    try {
        func();
    } catch (error) {
        return error;
    }
    __assert_fail("expected an error, but nothing was raised", message);
}

/// Fails if calling FUNC raises anything.
function assert_does_not_throw(func, message = "") {
    try {
        func();
    } catch (error) {
        __assert_fail($"expected no error, but this was raised: {__assert_show(error)}", message);
    }
}

/// Fails always.
function assert_fail(message = "") {
    __assert_fail("the test failed", message);
}

function __assert_same(a, b) {
    return array_length(__assert_differences(a, b, "", [], 0)) == 0;
}

// What a value consists of: "" for one that is compared by ==.
function __assert_form(value) {
    if (is_array(value)) return "array";
    if (is_method(value) || is_callable(value) && !is_numeric(value)) return "";
    if (is_struct(value)) return "struct";
    if (typeof(value) != "ref") return "";
    var words = string_split(string(value), " ");
    var found = array_length(words) > 1 ? words[1] : "";
    return array_contains(["ds_map", "ds_list", "ds_grid", "buffer"], found) ? found : "";
}

// Adds to FOUND what differs between two values: structs of a place in them and of what is there.
function __assert_differences(a, b, place, found, depth) {
    var form = __assert_form(a);
    if (depth > 64) return found; // a struct that holds itself: what is this deep was compared above
    if (form == "" || form != __assert_form(b)) {
        if (!__assert_equal(a, b)) array_push(found, { place, value: a, expected: b });
        return found;
    }
    if (form != "array" && a == b) return found;
    switch (form) {
        case "array": __assert_elements(a, b, place, found, depth); break;
        case "struct": __assert_variables(a, b, place, found, depth); break;
        case "ds_map": __assert_maps(a, b, place, found, depth); break;
        case "ds_list": __assert_elements(__assert_list(a), __assert_list(b), place, found, depth); break;
        case "ds_grid": __assert_elements(__assert_grid(a), __assert_grid(b), place, found, depth); break;
        case "buffer": __assert_buffers(a, b, place, found); break;
    }
    return found;
}

function __assert_equal(a, b) {
    if (is_numeric(a) && is_numeric(b) && is_nan(a) && is_nan(b)) return true;
    return a == b;
}

function __assert_elements(a, b, place, found, depth) {
    if (array_length(a) != array_length(b)) {
        array_push(found, { place: place + " (length)", value: array_length(a), expected: array_length(b) });
    }
    for (var i = 0; i < min(array_length(a), array_length(b)); i++) {
        __assert_differences(a[i], b[i], $"{place}[{i}]", found, depth + 1);
    }
}

function __assert_variables(a, b, place, found, depth) {
    var names = array_union(struct_get_names(b), struct_get_names(a));
    array_sort(names, true);
    for (var i = 0; i < array_length(names); i++) {
        __assert_entry(struct_exists(a, names[i]), struct_get(a, names[i]), struct_exists(b, names[i]),
            struct_get(b, names[i]), $"{place}.{names[i]}", found, depth);
    }
}

function __assert_maps(a, b, place, found, depth) {
    var keys = array_union(ds_map_keys_to_array(b), ds_map_keys_to_array(a));
    for (var i = 0; i < array_length(keys); i++) {
        __assert_entry(ds_map_exists(a, keys[i]), a[? keys[i]], ds_map_exists(b, keys[i]), b[? keys[i]],
            $"{place}[? {__assert_show(keys[i])}]", found, depth);
    }
}

function __assert_entry(in_a, a, in_b, b, place, found, depth) {
    if (in_a && in_b) {
        __assert_differences(a, b, place, found, depth + 1);
    } else {
        array_push(found, in_a ? { place, value: a, missing: "expected" } : { place, expected: b, missing: "value" });
    }
}

function __assert_list(list) {
    var made = [];
    for (var i = 0; i < ds_list_size(list); i++) array_push(made, list[| i]);
    return made;
}

function __assert_grid(grid) {
    var made = [];
    for (var i = 0; i < ds_grid_width(grid); i++) {
        made[i] = [];
        for (var j = 0; j < ds_grid_height(grid); j++) made[i][j] = grid[# i, j];
    }
    return made;
}

function __assert_buffers(a, b, place, found) {
    var sizes = [buffer_get_size(a), buffer_get_size(b)];
    for (var i = 0; i < max(sizes[0], sizes[1]); i++) {
        if (i >= sizes[0] || i >= sizes[1] || buffer_peek(a, i, buffer_u8) != buffer_peek(b, i, buffer_u8)) {
            array_push(found, { place: $"{place} (byte {i})", bytes: [__assert_bytes(a, i), __assert_bytes(b, i)] });
            return;
        }
    }
}

// The bytes around a place of a buffer, in hexadecimal; the one at the place stands in brackets.
function __assert_bytes(buffer, at) {
    var text = "";
    for (var i = max(0, at - 4); i < min(buffer_get_size(buffer), at + 8); i++) {
        var value = buffer_peek(buffer, i, buffer_u8), digits = "0123456789ABCDEF";
        var byte = string_char_at(digits, value div 16 + 1) + string_char_at(digits, value mod 16 + 1);
        text += (i > 0 && text != "" ? " " : "") + (i == at ? $"[{byte}]" : byte);
    }
    return $"{text} ({buffer_get_size(buffer)} bytes)";
}

function __assert_differ(value, expected, message) {
    var found = __assert_differences(value, expected, "", [], 0);
    var whole = array_length(found) == 1 && found[0].place == "";
    if (whole) {
        __assert_fail(__assert_words(found[0]), message);
    }
    var lines = "the values differ:";
    for (var i = 0; i < min(array_length(found), 10); i++) {
        lines += $"\n    {found[i].place}: {__assert_words(found[i])}";
    }
    if (array_length(found) > 10) lines += $"\n    and in {array_length(found) - 10} more places";
    __assert_fail(lines, message);
}

function __assert_words(difference) {
    if (struct_exists(difference, "bytes")) {
        return $"expected {difference.bytes[1]}, got {difference.bytes[0]}";
    }
    if (struct_exists(difference, "missing")) {
        return difference.missing == "value"
            ? $"expected {__assert_show(difference.expected)}, got nothing"
            : $"expected nothing, got {__assert_show(difference.value)}";
    }
    var a = difference.value, b = difference.expected;
    if (is_string(a) && is_string(b)) return __assert_strings(a, b);
    if (is_numeric(a) && is_numeric(b) && string(a) == string(b)) return $"expected {__assert_digits(b)}, got {__assert_digits(a)}";
    var types = __assert_show(a) == __assert_show(b) ? [$" ({typeof(b)})", $" ({typeof(a)})"] : ["", ""];
    return $"expected {__assert_show(b)}{types[0]}, got {__assert_show(a)}{types[1]}";
}

function __assert_digits(number) {
    return is_int64(number) ? string(number) : string_format(number, 1, 17);
}

// Two strings; of long ones what is around the first difference.
function __assert_strings(a, b) {
    var at = 1, most = min(string_length(a), string_length(b));
    while (at <= most && string_char_at(a, at) == string_char_at(b, at)) at++;
    if (max(string_length(a), string_length(b)) < 20) return $"expected \"{b}\", got \"{a}\"";
    var from = max(1, at - 30);
    var head = from > 1 ? "…" : "";
    var first = $"expected \"{head}{string_copy(b, from, 60)}\"", second = $"got      \"{head}{string_copy(a, from, 60)}\"";
    var mark = string_repeat(" ", string_length($"got      \"{head}") + at - from);
    return $"strings differ at character {at}:\n    {first}\n    {second}\n    {mark}^";
}

function __assert_show(value) {
    var text = typeof(value) == "string" ? "\"" + value + "\"" : string(value);
    return string_length(text) > 400 ? string_copy(text, 1, 400) + "…" : text;
}

function __assert_fail(what, message) {
    show_error(message == "" ? what : $"{message}: {what}", true);
}
