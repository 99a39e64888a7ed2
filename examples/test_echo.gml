// The echo server and its client, on a good line and on a bad one.

function test_the_client_gets_its_packets_back() {
    var _server = test_start("echo_server.gml"), _client = test_start("echo_client.gml");
    test_advance(1);
    assert_equals(array_length(test_log(_client)), 6);
    assert_equals(array_last(test_log(_client)), "received \"GML\": 4 bytes");
    assert_false(test_is_running(_client));
    assert_equals(array_last(test_log(_server)), "client 1 left");
}

function test_a_bad_line_is_slow_and_loses_nothing() {
    test_net({ latency: 100, jitter: 50, loss: 0.3, split: 0.5 });
    test_start("echo_server.gml");
    var _client = test_start("echo_client.gml");
    test_until(method({ _client }, function() { return !test_is_running(_client); }), 30);
    assert_equals(array_length(test_log(_client)), 6);
}

function test_without_a_server_the_client_says_so() {
    var _error = assert_throws(function() { test_start("echo_client.gml"); });
    assert_true(string_pos("there is no server on port 6510", _error.message) > 0);
}
