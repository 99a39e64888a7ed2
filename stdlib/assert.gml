// Assertions for tests in GML, named as GameMaker's test frameworks name them.
// Each raises an error that says what was expected, what was there, and the message given last.

/// Fails unless VALUE == EXPECTED.
function assert_equals(value, expected, message = "") {
    if (value != expected) {
        __assert_fail($"expected {__assert_show(expected)}, got {__assert_show(value)}", message);
    }
}

/// Fails if VALUE == UNEXPECTED.
function assert_not_equals(value, unexpected, message = "") {
    if (value == unexpected) {
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
    if (!__assert_same(value, expected)) {
        __assert_fail($"expected {__assert_show(expected)}, got {__assert_show(value)}", message);
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
    if (typeof(a) != "array" || typeof(b) != "array") {
        return a == b;
    }
    if (array_length(a) != array_length(b)) {
        return false;
    }
    for (var i = 0; i < array_length(a); i++) {
        if (!__assert_same(a[i], b[i])) {
            return false;
        }
    }
    return true;
}

function __assert_show(value) {
    return typeof(value) == "string" ? "\"" + value + "\"" : string(value);
}

function __assert_fail(what, message) {
    show_error(message == "" ? what : $"{message}: {what}", true);
}
