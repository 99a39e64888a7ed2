// Sequences that code makes and plays: variables that take what they can mean, playheads that move.
function P(v) { show_debug_message(v); }

seq = sequence_create();
P([sequence_exists(seq), sequence_exists(77), sequence_get(seq) == seq, sequence_get(77), typeof(seq)]); // expect: [ 1,0,1,-1,"struct" ]
P([seq.name == "", seq.length, seq.loopmode, seq.playbackSpeed, seq.playbackSpeedType, seq.volume, seq.tracks]); // expect: [ 1,0,0,60,0,1,[  ] ]
seq.name = 12; seq.length = "10"; seq.loopmode = 9; seq.volume = -3; seq.playbackSpeedType = spritespeed_framespergameframe; seq.playbackSpeed = 4;
P([seq.name, seq.length, seq.loopmode, seq.volume, seq.playbackSpeedType, seq.playbackSpeed]); // expect: [ "12",10,0,0,1,4 ]
try { seq.tracks = 5; } catch (e) { P(e.message); } // expect: expected an array, got 5

var track = sequence_track_new(seqtracktype_instance), key = sequence_keyframe_new(seqtracktype_instance);
var data = sequence_keyframedata_new(seqtracktype_instance);
data.objectIndex = actor; data.channel = 0;
key.frame = 2; key.length = 3; key.channels = [data];
track.name = "actors"; track.keyframes = [key]; seq.tracks = [track];
P([track.type, track.enabled, track.visible, track.interpolation, key.stretch, sequence_get_objects(seq) == [] ]); // expect: [ 14,1,1,0,0,0 ]
P([array_length(sequence_get_objects(seq)), sequence_get_objects(seq)[0] == actor]); // expect: [ 1,1 ]

plane = layer_create(0, "plane");
element = layer_sequence_create(plane, 5, 6, seq);
playing = layer_sequence_get_instance(element);
P([layer_sequence_exists(plane, element), layer_sequence_get_x(element), layer_sequence_get_y(element), layer_sequence_get_length(element)]); // expect: [ 1,5,6,10 ]
P([playing.headPosition, playing.headDirection, playing.speedScale, playing.paused, playing.finished, playing.activeTracks]); // expect: [ 0,1,1,0,0,[  ] ]
P([playing.sequence == seq, playing.elementID == element, layer_sequence_get_sequence(element) == seq, layer_get_element_type(element)]); // expect: [ 1,1,1,8 ]
try { playing.paused = true; } catch (e) { P(e.message); } // expect: paused cannot be set
try { playing.sequence = 77; } catch (e) { P(e.message); } // expect: there is no sequence 77
try { layer_sequence_create(plane, 0, 0, "x"); } catch (e) { P(e.message); } // expect: there is no sequence "x"
P([layer_sequence_get_instance(77), layer_sequence_get_headpos(77), layer_sequence_is_finished(77)]); // expect: [ -1,-1,0 ]
sequence_instance_override_object(playing, actor, id);

frame = 0;
event step {
    var state = [layer_sequence_get_headpos(element), layer_sequence_get_headdir(element), array_length(playing.activeTracks), layer_sequence_is_finished(element)];
    switch (++frame) {
        case 1: P(state); break; // expect: [ 4,1,1,0 ]
        case 2: P(state); break; // expect: [ 8,1,0,0 ]
        case 3: P(state); seq.loopmode = seqplay_loop; layer_sequence_headpos(element, 9); break; // expect: [ 10,1,0,1 ]
        case 4: P(state); break; // expect: [ 9,1,0,1 ]
        case 5: layer_sequence_destroy(element); element = layer_sequence_create(plane, 0, 0, seq); playing = layer_sequence_get_instance(element); layer_sequence_headpos(element, 9); break;
        case 6: P(state); seq.loopmode = seqplay_pingpong; layer_sequence_headpos(element, 9); break; // expect: [ 3,1,1,0 ]
        case 7: P(state); break; // expect: [ 7,-1,0,0 ]
        case 8: P(state); layer_sequence_pause(element); break; // expect: [ 3,-1,1,0 ]
        case 9: P([state, layer_sequence_is_paused(element)]); layer_sequence_play(element); layer_sequence_headdir(element, seqdir_right); layer_sequence_speedscale(element, 0.5); break; // expect: [ [ 3,-1,1,0 ],1 ]
        case 10: P([state, layer_sequence_get_speedscale(element)]); // expect: [ [ 5,1,0,0 ],0.50 ]
            sequence_destroy(seq);
            P(layer_sequence_exists(plane, element)); // expect: 0
            game_end();
    }
}

object actor { }
