/// GameMaker's own enums and constants are numbers, in constant expressions too, whatever they are for.
function P(x) { show_debug_message(string(x)); }
P([AudioEffectType.Reverb1, AudioLFOType.Square, flexpanel_edge.all_edges, flexpanel_unit.percent]); // expect: [ 5,3,8,2 ]
enum MINE { GAIN = AudioEffectType.Gain, NEXT, EDGE = flexpanel_edge.top, FORMAT = surface_r8unorm, CURVE = animcurvetype_bezier }
P([MINE.GAIN, MINE.NEXT, MINE.EDGE, MINE.FORMAT, MINE.CURVE]); // expect: [ 2,3,1,12,2 ]
enum PAD { OFF = ps5_gamepad_trigger_effect_state_off, LAST = xboxone_some_constant, AFTER }
P([PAD.OFF, PAD.LAST, PAD.AFTER]); // expect: [ 0,0,1 ]
switch (AudioEffectType.EQ) {
	case AudioEffectType.Gain: P("gain"); break;
	case AudioEffectType.EQ: P("eq"); break; // expect: eq
}
enum flexpanel_wrap { own = 40 }
P(flexpanel_wrap.own); // expect: 40
P(is_struct(AudioEffectType) || is_real(AudioEffectType)); // expect: 1
