// The projects: the server that moves everybody, and the arena with its players.

function test_the_position_server_and_its_client_agree() {
    test_net({ latency: 40, jitter: 20, loss: 0.05 });
    test_start("position_sync", { spawn: "obj_server" });
    var _client = test_start("position_sync", { spawn: "obj_client" });
    test_advance(20);
    assert_equals(test_log(_client), ["I am further right, further down"]);
}

function test_four_players_play_a_round_in_the_arena() {
    var _arena = test_start("arena/arena.yyp"), _players = [];
    test_net({ latency: 30, jitter: 30, loss: 0.05, split: 0.3 });
    for (var i = 0; i < 4; i++) {
        var _options = { scripts: ["arena/scripts/arena_protocol/arena_protocol.gml"], arguments: [$"player {i}"] };
        array_push(_players, test_start("arena/client.gml", _options));
    }
    test_advance(120);
    for (var i = 0; i < 4; i++) {
        assert_false(test_is_running(_players[i]));
        assert_greater(array_length(test_log(_players[i])), 0);
    }
    assert_true(test_is_running(_arena), "the server waits for the next round");
}
