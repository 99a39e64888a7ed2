/// The rules of a dice game; service.py serves them over HTTP, and reads this file again when it changes.
global.scores = {};

/// @desc The answer to a move: who threw what, and who leads.
function play(name, dice) {
    var sum = array_reduce(dice, function(total, one) { return total + one; }, 0);
    var bonus = (dice[0] == dice[1]) ? 10 : 0;
    var before = global.scores[$ name] ?? 0;
    global.scores[$ name] = before + sum + bonus;
    log_move(name, sum + bonus);
    return { name, points: sum + bonus, total: global.scores[$ name], leader: leader() };
}

function leader() {
    var best = undefined;
    var names = struct_get_names(global.scores);
    for (var i = 0; i < array_length(names); i++) {
        if (best == undefined || global.scores[$ names[i]] > global.scores[$ best]) best = names[i];
    }
    return best;
}
