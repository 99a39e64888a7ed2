// Points that nearly coincide, lie as far apart as numbers reach, or are no numbers: each curve has values, and none is an error.
var far = power(10, 200), near = power(10, -40), asked = 0;
var places = [[0, 1, 1], [0, far, 1], [0, 0, 0], [0, infinity, 1], [0, NaN, 1], [1, 0.5, 0], [0, near, 1]];
var values = [[0, 0, near], [0, far, -far * far], [infinity, NaN, 0], [0, 0, 0]];
var channel = animcurve_channel_new();
channel.iterations = 4;
for (channel.type = 0; channel.type < 3; channel.type++) {
    for (var i = 0; i < array_length(places); i++) {
        for (var j = 0; j < array_length(values); j++) {
            channel.points = [];
            for (var k = 0; k < 3; k++) {
                var point = animcurve_point_new();
                point.posx = places[i][k];
                point.value = values[j][k];
                array_push(channel.points, point);
            }
            for (var at = -1; at <= 2; at += 0.25) asked += is_real(animcurve_channel_evaluate(channel, at));
        }
    }
    if (channel.type == 2) break;
}
show_debug_message(asked); // expect: 1092
