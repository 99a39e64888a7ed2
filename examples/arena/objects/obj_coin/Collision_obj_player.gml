/// @description A player has it
other.points += worth;
event_user(0);
