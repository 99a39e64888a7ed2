#event properties
parent_index = 3; // expect-diagnostic: 2:1: parent_index is the name of an object
#event create
