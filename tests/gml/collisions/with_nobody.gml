// expect-diagnostic: 5:7: there is no object obj_wal to collide with
// expect-diagnostic: 6:7: the event collision:obj_wall is there twice; the first one is in line 4
object obj_wall {}
event collision:obj_wall {}
event collision:obj_wal {}
event collision:obj_wall {}
