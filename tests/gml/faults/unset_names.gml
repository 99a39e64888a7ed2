/// Variables that are not set are told in GameMaker's words, however many underscores their names have.
function told(_read) {
    try { _read(); return "nothing"; }
    catch (_error) { return string_replace_all(_error.message, " not set before reading it.", ""); }
}
thing = {};
show_debug_message(told(function() { return global.foo; })); // expect: global variable name 'foo'
show_debug_message(told(function() { return global.__foo; })); // expect: global variable name '__foo'
show_debug_message(told(function() { return global.foo__; })); // expect: global variable name 'foo__'
show_debug_message(told(function() { return global.__foo__; })); // expect: global variable name '__foo__'
show_debug_message(told(function() { return global.___foo___; })); // expect: global variable name '___foo___'
show_debug_message(told(function() { return global.__class__; })); // expect: global variable name '__class__'
show_debug_message(told(function() { return global.__dict___; })); // expect: global variable name '__dict___'
show_debug_message(told(function() { return global.__functions__; })); // expect: global variable name '__functions__'
show_debug_message(told(function() { return thing.foo__; })); // expect: Variable <unknown_object>.foo__(-1, -2147483648)
show_debug_message(told(function() { return thing.__foo__; })); // expect: Variable <unknown_object>.__foo__(-1, -2147483648)
show_debug_message(told(function() { return thing.__class__; })); // expect: Variable <unknown_object>.__class__(-1, -2147483648)
show_debug_message(told(function() { return self.__foo__; })); // expect: Variable unset_names.__foo__(100000, -2147483648)
show_debug_message(told(function() { return foo__; })); // expect: Variable unset_names.foo__(100000, -2147483648)
