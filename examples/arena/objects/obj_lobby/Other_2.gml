/// @description The server is there from the first room on
instance_create_depth(0, 0, 0, obj_server);
