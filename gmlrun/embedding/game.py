"""The game that a host drives: a program goes in; calls, values and hooks are how the two talk.

game = Game("server.gml")
game.run()
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from gmlrun.diagnostics import Report
from gmlrun.embedding.arguments import check, check_fields, check_number
from gmlrun.embedding.compiling import PROGRAM_TIME, compiled
from gmlrun.embedding.coroutines import Tasks
from gmlrun.embedding.functions import Host, HostLibrary, HostTable
from gmlrun.embedding.guard import Guard
from gmlrun.embedding.hooks import hook, limited, tell_events
from gmlrun.embedding.program import CompiledProgram, Given
from gmlrun.embedding.values import Bridge, Struct
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import event_number_of
from gmlrun.engine.instances import Instance
from gmlrun.engine.loop import FLUSH_TIME
from gmlrun.errors import GmlError, UsageError
from gmlrun.game import Game as Runner
from gmlrun.runtime import Clock, NoNetwork, Runtime, Settings, write_stderr, write_stdout
from gmlrun.sandbox.permissions import Permissions
from gmlrun.sandbox.watchdog import Watchdog
from gmlrun.values.containers import Handles

if TYPE_CHECKING:
    from gmlrun.embedding.texts import Texts
    from gmlrun.net.backend import Backend
    from gmlrun.sandbox.limits import Limits


CLOSED = "the game is closed: make another"
CLOSING_NAP = 0.005
"""Seconds between two looks at sockets that are closing, on an asyncio loop."""


class Game:
    """One game inside a Python program. It is compiled when it is first used, so that functions can be added before.

    `source` is GML as text, a path or several (`"server.gml"`, a project, a folder), or a CompiledProgram.
    `on_output` takes each line of `show_debug_message`, `on_log` each line of gmlrun's own, `on_error` a Report of
    each error that nobody caught in an event, and the game goes on; without it `run`, `step` and `emit` raise it.
    `permissions` say what the program may reach; without any it may what GameMaker lets it.
    `limits` are what it may take; without any it may take everything. `extensions` has, by the name of an extension of
    the project, a module or an object with functions of the names that the extension has.
    `on_event` takes the name and the values of each async event before it is delivered.
    """

    def __init__(
        self,
        source: Given | CompiledProgram = "",
        *,
        host: Host | None = None,
        settings: Settings | None = None,
        permissions: Permissions | None = None,
        limits: Limits | None = None,
        extensions: Mapping[str, Any] = MappingProxyType({}),
        seed: int = 0,
        clock: Clock | None = None,
        backend: Backend | None = None,
        on_output: Callable[[str], None] = write_stdout,
        on_log: Callable[[str], None] = write_stderr,
        on_error: Callable[[Report], None] | None = None,
        on_event: Callable[[str, Mapping[str, Any]], None] | None = None,
    ) -> None:
        given = {**locals()}
        del given["self"]
        check("Game", Game.__init__, **given)
        for record in (settings, permissions, limits):
            check_fields(record)
        made = source.host if isinstance(source, CompiledProgram) else Host()
        self.host = (host or made).copy()
        self.settings = settings or Settings()
        if permissions is not None:
            self.settings = self.settings._replace(permissions=permissions)
        if limits is not None:
            self.settings = limited(self.settings, limits)
        self._source, self._extensions = source, extensions
        self._seed, self._clock, self._backend = seed, clock, backend
        self._on_output, self._on_log, self._on_error, self._on_event = on_output, on_log, on_error, on_event
        self._runner: Runner | None = None
        self._texts: Texts | None = None
        self._tasks = Tasks(self)
        self._is_closed = False
        self._is_over = False
        """Whether the last events have run."""

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else "new" if self._runner is None else "started"
        return f"<gmlrun Game, {state}>"

    # -------------------------------------------------------------- preparing

    def function(self, function: Callable[..., Any] | None = None, *, name: str = "") -> Callable[..., Any]:
        """Gives GML a function of the host, under its own name or another; usable as a decorator.

        Annotations check the arguments, the docstring is the description. Raises ValueError for a name that GML
        cannot have.
        """
        self._check_open()
        if function is None:
            return lambda given: self.host.function(given, name)
        return self.host.function(function, name)

    def constant(self, name: str, value: Any) -> None:
        """Gives GML a constant. Raises ValueError for a name that GML cannot have."""
        self._check_open()
        self.host.constant(name, value)

    def start(self) -> None:
        """Compiles the program and runs its start: scripts, the first room, Create events. Done once.

        Raises SourceErrors with every error of the program, UsageError for paths that hold none, GmlError for an
        error that nobody caught.
        """
        self._check_open()
        if self._runner is None:
            if self._is_closed:
                raise UsageError(CLOSED)
            self._make()
            self._guard.run(self._begin)

    def _make(self) -> None:
        program = self._source
        if not isinstance(program, CompiledProgram):
            program = self._compile()
        self.program = program
        library = HostLibrary(self.host, self._tasks.start)
        settings = self.settings
        if settings.program_dir == "." and program.folder:
            settings = settings._replace(program_dir=program.folder)
        rt = Runtime(
            settings,
            clock=self._clock,
            output=hook("on_output", self._on_output),
            log=hook("on_log", self._on_log),
            seed=self._seed,
            backend=self._backend,
        )
        if settings.limits is not None:
            from gmlrun.sandbox.limits import limit

            limit(rt)
        self.bridge = library.bridge = Bridge(rt.service(Handles), self._call_function)
        self._runner = Runner(program.built, program.loaded, rt, self._report, library)
        if self._extensions:
            from gmlrun.embedding.extensions import bind

            bind(self._runner, self._extensions, self.bridge, self._tasks.start)
        self.loop = self._runner.prepare_loop()
        self.watchdog = rt.service(Watchdog)
        self._guard = Guard(self._runner, self.loop, self.watchdog, self.bridge)
        self.bridge.run = self._guard.run
        if self._on_error is not None:
            self._runner.world.dispatch.on_error = self._runner.report
        if self._on_event is not None:
            tell_events(rt.service(AsyncEvents), self.bridge, self._on_event)

    def _compile(self) -> CompiledProgram:
        """The program, with the names of the host and, if it may have them, of installed extensions."""
        assert not isinstance(self._source, CompiledProgram)
        permissions, config = self.settings.permissions, self.settings.config
        is_open = permissions is None or permissions.extensions
        make = partial(CompiledProgram, self._source, host=self.host, config=config, extensions=is_open)
        program = compiled(self.settings.limits, self._source, PROGRAM_TIME, make)
        self.host = program.host
        return program

    def _begin(self) -> None:
        self.runner.start()
        self.loop.begin()

    def _check_open(self) -> None:
        if self._is_over:
            raise UsageError(CLOSED)

    @property
    def runner(self) -> Runner:
        """The game inside, compiled and started; it stays when the game is closed."""
        if self._runner is None:
            self.start()
        assert self._runner is not None
        return self._runner

    @property
    def _open(self) -> Runner:
        """The game inside, which can still run code of the program."""
        self._check_open()
        return self.runner

    @property
    def globals(self) -> Struct:
        """The variables of `global`."""
        runner = self.runner
        return Struct(self.bridge, runner.rt.globals)

    @property
    def ports(self) -> list[int]:
        """The ports that the game's servers listen on, by the numbers of their sockets."""
        backend = self.runner.rt.backend
        facts = [] if backend is None else backend.facts()
        return [backend.port_of(one.number) for one in facts if one.state.startswith("listening")]

    def instances(self, name: str = "") -> list[Struct]:
        """The instances of an object and its children, oldest first; all of them without a name.

        Raises KeyError for an object that the program does not have.
        """
        check("Game.instances", Game.instances, name=name)
        world = self.runner.world
        if name and name not in world.by_name:
            raise KeyError(f"the program has no object {name}")
        found: Iterable[Instance] = world.instances.values()
        if name:
            found = (i for member in world.by_name[name].family() for i in member.instances.values())
        return [Struct(self.bridge, instance) for instance in found]

    # ---------------------------------------------------------------- talking

    def call(self, name: str, *args: Any) -> Any:
        """Calls a script function of the program, in the program's first instance where it is a file.

        Raises KeyError for an unknown function, GmlError for an error in it.
        """
        if type(name) is not str:
            check("Game.call", Game.call, name=name)
        function = self._open.rt.functions.get(name)
        if function is None:
            raise KeyError(f"the program has no function {name}")
        return self._call_function(function, args)

    def exec(self, text: str) -> None:
        """Runs GML statements in the program's first instance; what they declare holds from then on.

        Raises SourceErrors and GmlError.
        """
        check("Game.exec", Game.exec, text=text)
        self._run_text(text, is_value=False)

    def eval(self, expression: str) -> Any:
        """The value of a GML expression. Raises SourceErrors and GmlError."""
        check("Game.eval", Game.eval, expression=expression)
        return self._run_text(expression, is_value=True)

    def emit(self, event: str, values: Mapping[str, Any] | None = None) -> None:
        """Runs an event in every instance that has it; named as in `event` blocks: `step`, `other_user0`, ….

        `values` are the keys of `async_load` for an async event, which then runs at once, after those that wait.
        Raises ValueError for an unknown event and for values of one that is not async, GmlError for an error in it.
        """
        check("Game.emit", Game.emit, event=event, values=values)
        number = event_number_of(event)
        if number is None:
            raise ValueError(f"there is no event {event}")
        if values is not None and not event.startswith("async_"):
            raise ValueError(f"the event {event} takes no values: only async events do")
        world, events = self._open.world, self._open.rt.service(AsyncEvents)
        if values is None:
            self._guard.run(world.dispatch.broadcast, number)
            return
        events.post(number[1], {key: self.bridge.to_gml(value) for key, value in values.items()})
        self._guard.run(events.deliver)

    def warn(self, text: str) -> None:
        """Writes a warning to the game's log."""
        self._on_log(f"warning: {text}")

    def reload(self) -> None:
        """Reads the program again: functions and events are new; instances, variables and connections stay.

        On SourceErrors and UsageError nothing has changed. Raises UsageError for a game of a CompiledProgram.
        """
        if isinstance(self._source, CompiledProgram):
            raise UsageError("a game of a CompiledProgram cannot be reloaded: its program is shared")
        runner = self._open
        self.program = self._compile()
        runner.redefine(self.program.built, self.program.loaded)
        self._texts = None

    def call_soon(self, function: Callable[[], Any]) -> None:
        """Queues a function that the game's thread calls between two events; may be called from any thread."""
        check("Game.call_soon", Game.call_soon, function=function)
        self._open.call_soon(function)

    def _call_function(self, function: Any, args: Iterable[Any]) -> Any:
        runner = self._open
        given = [self.bridge.to_gml(value) for value in args]
        scope = self._scope()
        return self.bridge.to_python(self._guard.run(runner.rt.call, function, scope, scope, *given))

    def _scope(self) -> Any:
        """The scope of a called function: the program's own instance, or `global`."""
        main = self.runner.world.by_name.get(self.runner.loaded.main)
        return self.runner.rt.globals if main is None else next(iter(main.instances.values()), self.runner.rt.globals)

    def _run_text(self, text: str, is_value: bool) -> Any:
        runner = self._open
        if self._texts is None:
            from gmlrun.embedding.texts import Texts

            self._texts = Texts(runner, self.program, HostTable(self.host))
        function = self._texts.prepare(text, is_value)
        instance = self._texts.instance
        return self.bridge.to_python(self._guard.run(function, instance, instance))

    # ---------------------------------------------------------------- running

    def run(self) -> int:
        """Runs the game until it ends; returns its exit code. Raises GmlError for an error that ends it."""
        self.start()
        try:
            while self.loop.goes_on():
                self._turn(None)
        finally:
            self.close()
        return self.loop.ending or 0

    def step(self, seconds: float = 0.0) -> bool:
        """Runs the game for some seconds of its clock, at least what is due now; returns whether it continues."""
        check("Game.step", Game.step, seconds=seconds)
        check_number("Game.step", "seconds", seconds)
        self.start()
        clock = self.runner.rt.clock
        until = clock.monotonic() + seconds
        left = seconds
        while self.loop.goes_on():
            self._turn(max(0.0, left))
            left = until - clock.monotonic()
            if left <= 0.0:
                break
        return self.loop.goes_on()

    def _turn(self, longest: float | None) -> None:
        """One turn of the loop, which waits for at most `longest` seconds."""
        due = self.loop.patience()
        wait = due if longest is None else longest if due is None else min(due, longest)
        self.runner.rt.network.poll(wait)
        try:
            self._guard.run(self.loop.advance)
        except GmlError as error:
            if self._on_error is None or error.report is None:
                raise
            self._on_error(error.report)

    def turn_now(self) -> None:
        """One turn of the loop, which does not wait. Raises GmlError for an error that nobody takes."""
        self._turn(0.0)

    async def run_async(self) -> int:
        """Runs the game on the running asyncio loop until it ends; no thread is made. Returns the exit code.

        Raises GmlError for an error that ends the game. Cancelling it closes the game.
        """
        from gmlrun.embedding.asynchronous import run_on_loop

        return await run_on_loop(self)

    def stop(self, code: int = 0) -> None:
        """Ends the game soon, from any thread: its last events run, queues are flushed, `run` returns the code."""
        check("Game.stop", Game.stop, code=code)
        if self._runner is not None:
            self._runner.request_end(code)

    def close(self) -> None:
        """Ends the game now: Game End and Clean Up events, what is queued is sent, sockets close. Safe to repeat.

        Raises GmlError for an error in the last events, with the sockets closed.
        """
        try:
            self._end()
        finally:
            self._network().close_all(FLUSH_TIME)

    async def close_async(self) -> None:
        """Like `close`, while other tasks run."""
        import asyncio

        try:
            self._end()
        finally:
            network = self._network()
            for _ in network.closing(FLUSH_TIME):
                network.poll(0.0)
                await asyncio.sleep(CLOSING_NAP)

    def _end(self) -> None:
        """Runs the last events, the first time."""
        if self._is_closed:
            return
        self._is_closed = True
        self._tasks.cancel()
        self._is_over = self._runner is None
        if self._runner is not None:
            try:
                self._guard.run(self.loop.end, self.loop.ending or 0)
            finally:
                self._is_over = True
                self.watchdog.finish()

    def _network(self) -> Any:
        """The game's sockets, the first time that it is closed; afterwards, and without a game, there are none."""
        if self._runner is None:
            return NoNetwork()
        rt = self._runner.rt
        network, rt.network = rt.network, NoNetwork()
        return network

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close_async()

    def _report(self, report: Report) -> None:
        if self._on_error is not None:
            self._on_error(report)
