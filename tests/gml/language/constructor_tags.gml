// GameMaker's compiler tags the constructors of a program: what they are, and what their parent is.
function Shape() constructor {}
function Square() : Shape() constructor {}
function helper() {}
show_debug_message(asset_get_tags(Square)); // expect: [ "@@constructor","@@parent=Shape" ]
show_debug_message(asset_get_tags(Shape, asset_script)); // expect: [ "@@constructor" ]
show_debug_message(asset_get_tags(helper)); // expect: [  ]
show_debug_message(asset_has_tags(Square, "@@constructor", asset_script)); // expect: 1
show_debug_message(tag_get_asset_ids("@@parent=Shape", asset_script)); // expect: [ ref script Square ]
asset_add_tags(Shape, "mine");
show_debug_message(asset_get_tags(Shape)); // expect: [ "@@constructor","mine" ]
