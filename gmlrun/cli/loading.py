"""The options of `run` go in; the settings of a game, or the game itself, come out."""

from __future__ import annotations

import gc
import os
import sys

from gmlrun.build.built import NAME_MISSING
from gmlrun.cache import Cache
from gmlrun.cli.messages import Messages, ProgressLine
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.game import Game
from gmlrun.lean import partial
from gmlrun.runtime import Settings
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    from gmlrun.cli.options import CommandOptions
    from gmlrun.diagnostics import Diagnostic
    from gmlrun.net.backend import Backend
    from gmlrun.sandbox.limits import Limits
    from gmlrun.sandbox.permissions import Permissions
    from gmlrun.service.logs import Log
    from gmlrun.values.model import Value


def settings_of(options: CommandOptions, arguments: list[str]) -> Settings:
    """The options of `run` as the game takes them."""
    if options.tls_cert or options.tls_key:
        from gmlrun.cli.certificates import check_certificate

        check_certificate(options.tls_cert, options.tls_key)
    if getattr(options, "status_token", None) and options.status is None:
        raise UsageError("--status-token needs --status as well")
    main = os.path.abspath(options.paths[0] if options.paths else "session")
    return Settings(
        arguments=arguments,
        program_dir=main if os.path.isdir(main) else os.path.dirname(main),
        program_name=clean(os.path.splitext(os.path.basename(main))[0]),
        max_unpack=options.max_unpack * 1024 * 1024,
        map_port=dict(options.map_port),
        map_host=dict(options.map_host),
        send_queue_limit=options.send_queue * 1024 * 1024,
        tls_certificate=options.tls_cert and os.path.abspath(options.tls_cert),
        tls_key=options.tls_key and os.path.abspath(options.tls_key),
        shares_ports=bool(getattr(options, "workers", None)),
        counts_traffic=getattr(options, "status", None) is not None,
        trace_net=None in options.trace_net,
        capture=open_capture(options.trace_net),
        front=bad_line(options.net, options.seed) if options.net else None,
        per_address=options.max_per_address,
        ws_origins=tuple(options.ws_origin),
        execute=clean(options.execute),
        permissions=permissions_of(options),
        limits=limits_of(options),
        optimise=not getattr(options, "no_optimise", False),
        input=tuple(options.input),
        answers=answers_of(options.set),
        **{name: getattr(options, name) for name in TAKEN_OVER},
    )


TAKEN_OVER = (
    "save_dir",
    "data_dir",
    "bind",
    "dialogs",
    "headless",
    "frame_async",
    "fps",
    "max_sockets",
    "diagnose",
    "leaks",
    "on_error",
    "internal_tracebacks",
    "exit_at_frame",
    "event_timeout",
    "idle_timeout",
    "room",
    "spawn",
    "draw_events",
    "config",
)
"""The options that are settings of the same name."""

PERMISSIONS = ("net", "listen", "http", "read", "write", "env")


def permissions_of(options: CommandOptions) -> Permissions | None:
    """The permissions that the options give; None where none of them is given."""
    given = {name: value for name in PERMISSIONS if (value := getattr(options, f"allow_{name}"))}
    if not (given or options.sandbox or options.deny_net):
        return None
    from gmlrun.sandbox.permissions import Permissions

    if options.sandbox:
        return Permissions.sandbox(**given)
    denied = {"net": False, "listen": False} if options.deny_net else {}
    return Permissions(**{**denied, **given})


def limits_of(options: CommandOptions) -> Limits | None:
    """The limits that the options set; None where they set none."""
    if not (options.max_instances or options.max_handles or options.max_output):
        return None
    from gmlrun.sandbox.limits import Limits

    return Limits(handles=options.max_handles, instances=options.max_instances, output=options.max_output)


def limit_memory(limit: int | None) -> None:
    """Asks the system to refuse memory beyond a limit in MiB; a program meets that as an error of GML."""
    if limit is None:
        return
    try:
        import resource
    except ImportError:
        raise UsageError("--max-memory does not work on this system") from None
    size = limit * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def bad_line(conditions: dict[str, float], seed: int) -> Callable[[Backend], Backend]:
    """Return a function that puts the bad line of `--net` in front of a program's servers."""
    from gmlrun.cli.bad_line import fronted

    return fronted(conditions, seed)


def answers_of(pairs: list[tuple[str, str]]) -> dict[str, Value]:
    """The values of `--set`."""
    if not pairs:
        return {}
    from gmlrun.builtins import machine

    return machine.answers_of(pairs)


def open_capture(targets: list[str | None]) -> BinaryIO | None:
    """The last file that `--trace-net` names, unbuffered: what a killed game has captured is there."""
    path = next((target for target in reversed(targets) if target is not None), None)
    if path is None:
        return None
    try:
        file = open(path, "wb", buffering=0)  # noqa: SIM115 (it lives as long as the game)
    except OSError as error:
        raise UsageError(f"cannot write the capture {path}: {error.strerror}") from None
    import atexit

    atexit.register(file.close)
    return file


def load_game(options: CommandOptions, arguments: list[str]) -> Game:
    """The game that the options of `run` ask for; what is to be said of it goes to standard error.

    Loading makes no garbage, and to look for some would take a twentieth of a start.
    """
    limit_memory(options.max_memory)
    messages, extras = messages_of(options)
    settings, recording = settings_of(options, arguments), None
    if getattr(options, "record", None):
        from gmlrun.cli.replaying import begin_recording

        settings, recording = begin_recording(options, settings)
        extras["clock"] = recording.clock
    with ProgressLine("compiling", sys.stderr) as progress, without_collections():
        make = partial(
            Game.load,
            options.paths,
            settings,
            cache=None if options.no_cache else Cache(),
            on_report=messages.report,
            seed=options.seed,
            on_progress=progress.show,
            **extras,
        )
        game = with_extensions(make, settings, messages.diagnostic)
    if recording is not None:
        from gmlrun.engine.sockets import Sockets

        game.rt.service(Sockets)  # polled from the start, as each poll is recorded
        recording.attach(game.rt)
    if options.extension:
        from gmlrun.embedding.extensions import bind_named

        bind_named(game, options.extension)
    return game


def messages_of(options: CommandOptions) -> tuple[Messages | Log, dict[str, Any]]:
    """Where messages about a run go: the terminal, or the log of a server; and what the game is made with for it."""
    if not (getattr(options, "log_format", None) or getattr(options, "log_file", None)):
        return Messages(options.color), {}
    from gmlrun.service.logs import open_log

    log = open_log(options.log_format, options.log_file, options.log_size)
    return log, {"output": log.program, "log": log.own}


def with_extensions(make: Callable[..., Game], settings: Settings, tell: Callable[[Diagnostic], None]) -> Game:
    """The game that `make` loads; installed extensions are looked for only where it has an unknown name."""
    findings: list[Diagnostic] = []
    game, failure = None, None
    try:
        game = make(on_warning=findings.append)
    except SourceErrors as errors:
        failure = errors
    found_of_it = game.built.findings if game is not None else failure.diagnostics if failure is not None else []
    if any(found.code in NAME_MISSING for found in found_of_it):
        from gmlrun.embedding.extensions import load_with_installed

        told: list[Diagnostic] = []
        is_allowed = settings.permissions is None or settings.permissions.extensions
        more = load_with_installed(partial(make, on_warning=told.append), found_of_it, is_allowed)
        if more is not None:
            game, findings = more, told
    if game is None:
        assert failure is not None
        raise failure
    for found in findings:
        tell(found)
    return game


class without_collections:
    """Keeps the garbage collector from looking for garbage, and from looking later at what is there by then."""

    def __enter__(self) -> None:
        gc.disable()

    def __exit__(self, *raised: object) -> None:
        gc.freeze()
        gc.enable()
