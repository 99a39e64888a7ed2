// Every platform that GameMaker has had has its number.
show_debug_message([os_windows, os_win32, os_macosx, os_psp, os_ios, os_android, os_symbian, os_linux]); // expect: [ 0,0,1,2,3,4,5,6 ]
show_debug_message([os_winphone, os_tizen, os_win8native, os_wiiu, os_3ds, os_psvita, os_bb10, os_ps4]); // expect: [ 7,8,9,10,11,12,13,14 ]
show_debug_message([os_xboxone, os_ps3, os_xbox360, os_uwp, os_tvos, os_switch, os_ps5, os_gdk, os_gxgames]); // expect: [ 15,16,17,18,20,21,22,23,24 ]
