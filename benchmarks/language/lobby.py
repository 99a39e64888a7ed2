"""A lobby: rooms with members, and chat commands that are split and looked up."""

from __future__ import annotations

GML = """
function Room(_name, _limit) constructor {
    name = _name;
    limit = _limit;
    members = [];
    log = [];
    static join = function(user) {
        if (array_length(members) >= limit) return false;
        array_push(members, user);
        user.room = self;
        return true;
    }
    static leave = function(user) {
        for (var i = 0; i < array_length(members); i++) {
            if (members[i] == user) {
                array_delete(members, i, 1);
                user.room = undefined;
                return true;
            }
        }
        return false;
    }
    static say = function(user, text) {
        array_push(log, user.name + ": " + text);
        for (var i = 0; i < array_length(members); i++) {
            var m = members[i];
            if (m != user) m.inbox++;
        }
    }
}
function Lobby() constructor {
    rooms = {};
    users = ds_map_create();
    errors = 0;
    commands = {
        join: function(lobby, user, args) {
            if (array_length(args) < 2) { lobby.errors++; return; }
            var room = lobby.find(args[1]);
            if (user.room != undefined) user.room.leave(user);
            if (!room.join(user)) lobby.errors++;
        },
        leave: function(lobby, user, args) {
            if (user.room == undefined) lobby.errors++;
            else user.room.leave(user);
        },
        say: function(lobby, user, args) {
            if (user.room == undefined) { lobby.errors++; return; }
            var text = "";
            for (var i = 1; i < array_length(args); i++) {
                if (i > 1) text += " ";
                text += args[i];
            }
            user.room.say(user, text);
        },
        roll: function(lobby, user, args) {
            var sides = array_length(args) > 1 ? real(args[1]) : 6;
            user.score += (user.score * 7 + 3) mod sides;
        }
    };
    static find = function(name) {
        if (!struct_exists(rooms, name)) rooms[$ name] = new Room(name, 5);
        return rooms[$ name];
    }
    static handle = function(user_name, line) {
        var user = users[? user_name];
        if (user == undefined) {
            user = { name: user_name, room: undefined, inbox: 0, score: 1 };
            users[? user_name] = user;
        }
        if (string_char_at(line, 1) != "/") line = "/say " + line;
        var args = string_split(string_delete(line, 1, 1), " ");
        var command = commands[$ args[0]];
        if (command == undefined) errors++;
        else command(self, user, args);
    }
}
function bench() {
    var lobby = new Lobby();
    var lines = ["/join red", "hello all", "/roll 20", "/join blue", "/say good game", "/dance", "/leave", "/roll"];
    for (var i = 0; i < 1200; i++) {
        lobby.handle("user" + string(i mod 16), lines[(i * 7 + i div 16) mod array_length(lines)]);
    }
    var total = lobby.errors;
    for (var i = 0; i < 16; i++) {
        var user = lobby.users[? "user" + string(i)];
        total += user.inbox * 3 + user.score;
    }
    ds_map_destroy(lobby.users);
    return total + array_length(lobby.find("red").log);
}
"""


class User:
    def __init__(self, name: str) -> None:
        self.name, self.inbox, self.score = name, 0, 1
        self.room: Room | None = None


class Room:
    def __init__(self, name: str, limit: int) -> None:
        self.name, self.limit = name, limit
        self.members: list[User] = []
        self.log: list[str] = []

    def join(self, user: User) -> bool:
        if len(self.members) >= self.limit:
            return False
        self.members.append(user)
        user.room = self
        return True

    def leave(self, user: User) -> bool:
        for i, member in enumerate(self.members):
            if member is user:
                del self.members[i]
                user.room = None
                return True
        return False

    def say(self, user: User, text: str) -> None:
        self.log.append(user.name + ": " + text)
        for m in self.members:
            if m is not user:
                m.inbox += 1


def join(lobby: Lobby, user: User, args: list[str]) -> None:
    if len(args) < 2:
        lobby.errors += 1
        return
    room = lobby.find(args[1])
    if user.room is not None:
        user.room.leave(user)
    if not room.join(user):
        lobby.errors += 1


def leave(lobby: Lobby, user: User, args: list[str]) -> None:
    if user.room is None:
        lobby.errors += 1
    else:
        user.room.leave(user)


def say(lobby: Lobby, user: User, args: list[str]) -> None:
    if user.room is None:
        lobby.errors += 1
        return
    text = ""
    for i in range(1, len(args)):
        if i > 1:
            text += " "
        text += args[i]
    user.room.say(user, text)


def roll(lobby: Lobby, user: User, args: list[str]) -> None:
    sides = int(args[1]) if len(args) > 1 else 6
    user.score += (user.score * 7 + 3) % sides


class Lobby:
    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self.users: dict[str, User] = {}
        self.errors = 0
        self.commands = {"join": join, "leave": leave, "say": say, "roll": roll}

    def find(self, name: str) -> Room:
        if name not in self.rooms:
            self.rooms[name] = Room(name, 5)
        return self.rooms[name]

    def handle(self, user_name: str, line: str) -> None:
        user = self.users.get(user_name)
        if user is None:
            user = self.users[user_name] = User(user_name)
        if line[:1] != "/":
            line = "/say " + line
        args = line[1:].split(" ")
        command = self.commands.get(args[0])
        if command is None:
            self.errors += 1
        else:
            command(self, user, args)


def python() -> float:
    lobby = Lobby()
    lines = ["/join red", "hello all", "/roll 20", "/join blue", "/say good game", "/dance", "/leave", "/roll"]
    for i in range(1200):
        lobby.handle("user" + str(i % 16), lines[(i * 7 + i // 16) % len(lines)])
    total = lobby.errors
    for i in range(16):
        user = lobby.users["user" + str(i)]
        total += user.inbox * 3 + user.score
    return total + len(lobby.find("red").log)
