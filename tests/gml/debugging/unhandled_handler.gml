// The program's own handler takes an error that nothing caught and gives the exit code.
show_debug_message(exception_unhandled_handler(function(e) { return 1; })); // expect: undefined
var before = exception_unhandled_handler(function(e) {
    show_debug_message(e.message);
    return 3;
});
show_debug_message(is_undefined(before)); // expect: 0
throw { message: "too bad" }; // expect: too bad
// expect-exit: 3
