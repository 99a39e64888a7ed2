"""The Richards of "Are We Fast Yet": an operating system's scheduler, whose tasks pass packets to each other."""

from __future__ import annotations

from typing import Any

GML = """
#macro IDLER 0
#macro WORKER 1
#macro HANDLER_A 2
#macro HANDLER_B 3
#macro DEVICE_A 4
#macro DEVICE_B 5
#macro DEVICE_PACKET 0
#macro WORK_PACKET 1
#macro PACKET_SIZE 4
function Packet(link, identity, kind) constructor {
    self.link = link;
    self.identity = identity;
    self.kind = kind;
    datum = 0;
    data = array_create(PACKET_SIZE, 0);
}
function TaskState() constructor {
    pending = false;
    waiting = false;
    holding = false;
    static set_state = function(is_pending, is_waiting, is_holding) {
        pending = is_pending;
        waiting = is_waiting;
        holding = is_holding;
    };
    static is_held = function() {
        return holding || (!pending && waiting);
    };
    static is_waiting_with_packet = function() {
        return pending && waiting && !holding;
    };
}
function Task(link, identity, priority, packets, process, record) : TaskState() constructor {
    self.link = link;
    self.identity = identity;
    self.priority = priority;
    self.packets = packets;
    self.process = process;
    self.record = record;
    static add_packet = function(packet, former) {
        if (packets == undefined) {
            packets = packet;
            pending = true;
            if (priority > former.priority) {
                return self;
            }
        } else {
            packets = appended(packet, packets);
        }
        return former;
    };
    static run = function() {
        var message = undefined;
        if (is_waiting_with_packet()) {
            message = packets;
            packets = message.link;
            set_state(packets != undefined, false, false);
        }
        return process(message, record);
    };
}
function IdleRecord() constructor {
    control = 1;
    count = 1000;
}
function WorkerRecord() constructor {
    destination = HANDLER_A;
    count = 0;
}
function HandlerRecord() constructor {
    work = undefined;
    device = undefined;
}
function DeviceRecord() constructor {
    packet = undefined;
}
function Scheduler() constructor {
    tasks = undefined;
    current = undefined;
    table = array_create(6, undefined);
    queued = 0;
    held = 0;
    static add = function(identity, priority, packets, process, record) {
        current = new Task(tasks, identity, priority, packets, process, record);
        tasks = current;
        table[identity] = current;
        return current;
    };
    static find = function(identity) {
        return table[identity];
    };
    static hold = function() {
        held++;
        current.holding = true;
        return current.link;
    };
    static release = function(identity) {
        var task = find(identity);
        task.holding = false;
        if (task.priority > current.priority) {
            return task;
        }
        return current;
    };
    static wait = function() {
        current.waiting = true;
        return current;
    };
    static queue = function(packet) {
        var task = find(packet.identity);
        queued++;
        packet.link = undefined;
        packet.identity = current.identity;
        return task.add_packet(packet, current);
    };
    static add_idler = function() {
        var process = function(packet, record) {
            record.count--;
            if (record.count == 0) {
                return hold();
            }
            if ((record.control & 1) == 0) {
                record.control = record.control div 2;
                return release(DEVICE_A);
            }
            record.control = (record.control div 2) ^ 53256;
            return release(DEVICE_B);
        };
        var task = add(IDLER, 0, undefined, process, new IdleRecord());
        task.set_state(false, false, false);
    };
    static add_worker = function() {
        var process = function(packet, record) {
            if (packet == undefined) {
                return wait();
            }
            record.destination = (record.destination == HANDLER_A) ? HANDLER_B : HANDLER_A;
            packet.identity = record.destination;
            packet.datum = 0;
            for (var i = 0; i < PACKET_SIZE; i++) {
                record.count++;
                if (record.count > 26) {
                    record.count = 1;
                }
                packet.data[i] = 65 + record.count - 1;
            }
            return queue(packet);
        };
        var first = new Packet(undefined, WORKER, WORK_PACKET);
        var task = add(WORKER, 1000, new Packet(first, WORKER, WORK_PACKET), process, new WorkerRecord());
        task.set_state(true, true, false);
    };
    static add_handler = function(identity, priority, device) {
        var process = function(packet, record) {
            if (packet != undefined) {
                if (packet.kind == WORK_PACKET) {
                    record.work = appended(packet, record.work);
                } else {
                    record.device = appended(packet, record.device);
                }
            }
            var work = record.work;
            if (work == undefined) {
                return wait();
            }
            var count = work.datum;
            if (count >= PACKET_SIZE) {
                record.work = work.link;
                return queue(work);
            }
            var device = record.device;
            if (device == undefined) {
                return wait();
            }
            record.device = device.link;
            device.datum = work.data[count];
            work.datum = count + 1;
            return queue(device);
        };
        var second = new Packet(new Packet(undefined, device, DEVICE_PACKET), device, DEVICE_PACKET);
        var task = add(identity, priority, new Packet(second, device, DEVICE_PACKET), process, new HandlerRecord());
        task.set_state(true, true, false);
    };
    static add_device = function(identity, priority) {
        var process = function(packet, record) {
            if (packet == undefined) {
                packet = record.packet;
                if (packet == undefined) {
                    return wait();
                }
                record.packet = undefined;
                return queue(packet);
            }
            record.packet = packet;
            return hold();
        };
        var task = add(identity, priority, undefined, process, new DeviceRecord());
        task.set_state(false, true, false);
    };
    static schedule = function() {
        current = tasks;
        while (current != undefined) {
            if (current.is_held()) {
                current = current.link;
            } else {
                current = current.run();
            }
        }
    };
}
function appended(packet, queue) {
    packet.link = undefined;
    if (queue == undefined) {
        return packet;
    }
    var last = queue;
    while (last.link != undefined) {
        last = last.link;
    }
    last.link = packet;
    return queue;
}
function bench() {
    var scheduler = new Scheduler();
    scheduler.add_idler();
    scheduler.add_worker();
    scheduler.add_handler(HANDLER_A, 2000, DEVICE_A);
    scheduler.add_handler(HANDLER_B, 3000, DEVICE_B);
    scheduler.add_device(DEVICE_A, 4000);
    scheduler.add_device(DEVICE_B, 5000);
    scheduler.schedule();
    return scheduler.queued * 100000 + scheduler.held;
}
"""

IDLER = 0
WORKER = 1
HANDLER_A = 2
HANDLER_B = 3
DEVICE_A = 4
DEVICE_B = 5
DEVICE_PACKET = 0
WORK_PACKET = 1
PACKET_SIZE = 4


class Packet:
    def __init__(self, link: Any, identity: Any, kind: Any) -> None:
        self.link = link
        self.identity = identity
        self.kind = kind
        self.datum = 0
        self.data = [0] * PACKET_SIZE


class TaskState:
    def __init__(self) -> None:
        self.pending = False
        self.waiting = False
        self.holding = False

    def set_state(self, is_pending: Any, is_waiting: Any, is_holding: Any) -> Any:
        self.pending = is_pending
        self.waiting = is_waiting
        self.holding = is_holding

    def is_held(self) -> Any:
        return self.holding or (not self.pending and self.waiting)

    def is_waiting_with_packet(self) -> Any:
        return self.pending and self.waiting and not self.holding


class Task(TaskState):
    def __init__(self, link: Any, identity: Any, priority: Any, packets: Any, process: Any, record: Any) -> None:
        super().__init__()
        self.link = link
        self.identity = identity
        self.priority = priority
        self.packets = packets
        self.process = process
        self.record = record

    def add_packet(self, packet: Any, former: Any) -> Any:
        if self.packets is None:
            self.packets = packet
            self.pending = True
            if self.priority > former.priority:
                return self
        else:
            self.packets = appended(packet, self.packets)
        return former

    def run(self) -> Any:
        message = None
        if self.is_waiting_with_packet():
            message = self.packets
            self.packets = message.link
            self.set_state(self.packets is not None, False, False)
        return self.process(message, self.record)


class IdleRecord:
    def __init__(self) -> None:
        self.control = 1
        self.count = 1000


class WorkerRecord:
    def __init__(self) -> None:
        self.destination = HANDLER_A
        self.count = 0


class HandlerRecord:
    def __init__(self) -> None:
        self.work = None
        self.device = None


class DeviceRecord:
    def __init__(self) -> None:
        self.packet = None


class Scheduler:
    def __init__(self) -> None:
        self.tasks = None
        self.current = None
        self.table = [None] * 6
        self.queued = 0
        self.held = 0

    def add(self, identity: Any, priority: Any, packets: Any, process: Any, record: Any) -> Any:
        self.current = Task(self.tasks, identity, priority, packets, process, record)
        self.tasks = self.current
        self.table[identity] = self.current
        return self.current

    def find(self, identity: Any) -> Any:
        return self.table[identity]

    def hold(self) -> Any:
        self.held += 1
        self.current.holding = True
        return self.current.link

    def release(self, identity: Any) -> Any:
        task = self.find(identity)
        task.holding = False
        if task.priority > self.current.priority:
            return task
        return self.current

    def wait(self) -> Any:
        self.current.waiting = True
        return self.current

    def queue(self, packet: Any) -> Any:
        task = self.find(packet.identity)
        self.queued += 1
        packet.link = None
        packet.identity = self.current.identity
        return task.add_packet(packet, self.current)

    def add_idler(self) -> Any:
        def process(packet: Any, record: Any) -> Any:
            record.count -= 1
            if record.count == 0:
                return self.hold()
            if record.control & 1 == 0:
                record.control = record.control // 2
                return self.release(DEVICE_A)
            record.control = (record.control // 2) ^ 53256
            return self.release(DEVICE_B)

        task = self.add(IDLER, 0, None, process, IdleRecord())
        task.set_state(False, False, False)

    def add_worker(self) -> Any:
        def process(packet: Any, record: Any) -> Any:
            if packet is None:
                return self.wait()
            record.destination = HANDLER_B if record.destination == HANDLER_A else HANDLER_A
            packet.identity = record.destination
            packet.datum = 0
            for i in range(PACKET_SIZE):
                record.count += 1
                if record.count > 26:
                    record.count = 1
                packet.data[i] = 65 + record.count - 1
            return self.queue(packet)

        first = Packet(None, WORKER, WORK_PACKET)
        task = self.add(WORKER, 1000, Packet(first, WORKER, WORK_PACKET), process, WorkerRecord())
        task.set_state(True, True, False)

    def add_handler(self, identity: Any, priority: Any, device: Any) -> Any:
        def process(packet: Any, record: Any) -> Any:
            if packet is not None:
                if packet.kind == WORK_PACKET:
                    record.work = appended(packet, record.work)
                else:
                    record.device = appended(packet, record.device)
            work = record.work
            if work is None:
                return self.wait()
            count = work.datum
            if count >= PACKET_SIZE:
                record.work = work.link
                return self.queue(work)
            device = record.device
            if device is None:
                return self.wait()
            record.device = device.link
            device.datum = work.data[count]
            work.datum = count + 1
            return self.queue(device)

        second = Packet(Packet(None, device, DEVICE_PACKET), device, DEVICE_PACKET)
        task = self.add(identity, priority, Packet(second, device, DEVICE_PACKET), process, HandlerRecord())
        task.set_state(True, True, False)

    def add_device(self, identity: Any, priority: Any) -> Any:
        def process(packet: Any, record: Any) -> Any:
            if packet is None:
                packet = record.packet
                if packet is None:
                    return self.wait()
                record.packet = None
                return self.queue(packet)
            record.packet = packet
            return self.hold()

        task = self.add(identity, priority, None, process, DeviceRecord())
        task.set_state(False, True, False)

    def schedule(self) -> Any:
        self.current = self.tasks
        while self.current is not None:
            if self.current.is_held():
                self.current = self.current.link
            else:
                self.current = self.current.run()


def appended(packet: Any, queue: Any) -> Any:
    packet.link = None
    if queue is None:
        return packet
    last = queue
    while last.link is not None:
        last = last.link
    last.link = packet
    return queue


def python() -> float:
    scheduler = Scheduler()
    scheduler.add_idler()
    scheduler.add_worker()
    scheduler.add_handler(HANDLER_A, 2000, DEVICE_A)
    scheduler.add_handler(HANDLER_B, 3000, DEVICE_B)
    scheduler.add_device(DEVICE_A, 4000)
    scheduler.add_device(DEVICE_B, 5000)
    scheduler.schedule()
    return scheduler.queued * 100000 + scheduler.held
