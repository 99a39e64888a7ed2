// A server is found by its answer, also when datagrams get lost.

function finds(_conditions) {
    test_net(_conditions);
    test_start("server.gml");
    var _client = test_start("client.gml");
    test_advance(3);
    return test_log(_client)[0];
}

function test_a_server_is_found() {
    assert_equals(finds({}), "1 found");
}

function test_answers_that_come_twice_count_once() {
    assert_equals(finds({ duplicate: 1, latency: 50, jitter: 50 }), "1 found");
}

function test_behind_a_cut_line_nobody_is_found() {
    assert_equals(finds({ partition: true }), "0 found");
}
