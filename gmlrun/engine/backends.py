"""Makes the backend over real sockets that the settings of a game ask for."""

from __future__ import annotations

from gmlrun.net.backend import NetworkLimits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.net.backend import Backend
    from gmlrun.net.transports.selector import SelectorBackend
    from gmlrun.runtime import Runtime


def make_backend(rt: Runtime) -> Backend:
    """Real sockets as the settings want them; what traces and captures is not there for others."""
    settings, extras = rt.settings, {}
    limits = NetworkLimits(
        send_queue=settings.send_queue_limit,
        sockets=settings.max_sockets,
        tls_certificate=settings.tls_certificate,
        tls_key=settings.tls_key,
        address=settings.bind,
    )
    limits.idle_timeout, limits.per_address = settings.idle_timeout, settings.per_address
    limits.origins = tuple(settings.ws_origins)
    limits.shares_ports = settings.shares_ports
    if settings.capture is not None:
        from gmlrun.net.watch.capture import capturing

        extras["make_socket"] = capturing(settings.capture, rt.log)
    backend = kind_of_backend(settings.counts_traffic)(limits, log=rt.log, **extras)
    made: Backend = backend if settings.front is None else settings.front(backend)
    if not settings.trace_net:
        return made
    from gmlrun.net.watch.trace import TracedBackend

    return TracedBackend(made, rt.log, lambda: rt.clock.monotonic() - rt.started)


def kind_of_backend(counts: bool) -> type[SelectorBackend]:
    """The backend over real sockets, or the one that counts as well."""
    if counts:
        from gmlrun.net.watch.counting import CountingBackend

        return CountingBackend
    from gmlrun.net.transports.selector import SelectorBackend

    return SelectorBackend
