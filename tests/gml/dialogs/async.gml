// Without a screen a message is printed, and a question answered by its default; the event follows.
function P(v) { show_debug_message(v); }
ids = [show_message_async("told"), show_question_async("sure?"), get_integer_async("number?", 7), get_login_async("Ann", "secret")];
// expect: told
// expect: sure?
// expect: number?
// expect: user name
// expect: password
at = 0;

event async_dialog {
    P($"{async_load[? "id"] == ids[at++]} {json_encode(async_load)}");
    // expect: 1 {"id":0.0,"status":true}
    // expect: 1 {"id":1.0,"status":true}
    // expect: 1 {"id":2.0,"status":true,"value":7.0}
    // expect: 1 {"id":3.0,"status":true,"username":"Ann","password":"secret"}
}
