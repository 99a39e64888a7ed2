// Functions of GameMaker: Studio 1.4 that later versions no longer have.

/// Makes an instance at a place; in a project of 1.4 the depth is that of its object.
function instance_create(_x, _y, _object) {
    return instance_create_depth(_x, _y, 0, _object);
}
