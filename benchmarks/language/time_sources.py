"""Time sources of some frames each, whose callbacks count, change their period, and end others, over many frames."""

FRAMES = 60

GML = """
function Timer(_number) constructor {
    number = _number;
    fired = 0;
    source = time_source_create(
        time_source_game, 1 + number mod 7, time_source_units_frames, function() { fire(); }, [], -1);
    time_source_start(source);
    static fire = function() {
        fired++;
        if (fired == 5) {
            time_source_reconfigure(source, 2, time_source_units_frames, function() { fire(); }, [], 3);
            time_source_start(source);
        }
    }
}
function bench() {
    timers = [];
    for (var i = 0; i < 300; i++) array_push(timers, new Timer(i));
}
function finish() {
    var total = 0;
    for (var i = 0; i < array_length(timers); i++) {
        total += timers[i].fired * i + time_source_get_reps_completed(timers[i].source);
        time_source_destroy(timers[i].source);
    }
    return total;
}
"""


class Source:
    def __init__(self, period: float, action, repetitions: int) -> None:
        self.configure(period, action, repetitions)

    def configure(self, period: float, action, repetitions: int) -> None:
        self.period, self.action, self.repetitions = period, action, repetitions
        self.passed, self.completed, self.active = 0.0, 0, False

    def advance(self) -> bool:
        if not self.active:
            return False
        self.passed += 1
        return self.period - self.passed <= 1e-9

    def expire(self) -> None:
        self.completed += 1
        if 0 <= self.repetitions <= self.completed:
            self.active, self.passed = False, 0.0
        else:
            self.passed -= self.period


class Timer:
    def __init__(self, number: int) -> None:
        self.number = number
        self.fired = 0
        self.source = Source(1 + number % 7, self.fire, -1)
        self.source.active = True

    def fire(self) -> None:
        self.fired += 1
        if self.fired == 5:
            self.source.configure(2, self.fire, 3)
            self.source.active = True


def python() -> float:
    timers = [Timer(i) for i in range(300)]
    for _ in range(FRAMES):
        due = [timer.source for timer in timers if timer.source.advance()]
        for source in due:
            source.expire()
            source.action()
    return sum(timer.fired * at + timer.source.completed for at, timer in enumerate(timers))
