"""`/metrics`: a watched game goes in, the text that Prometheus reads comes out, by way of prometheus_client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import choose_encoder

from gmlrun.service.facts import uptime_of
from gmlrun.service.meters import BOUNDS, EventTimes
from gmlrun.service.snapshot import carried_by

if TYPE_CHECKING:
    from gmlrun.service.status import Watched

KINDS = ("tcp", "udp", "ws", "wss")


class Collector:
    """Gives the numbers of one game when they are asked for. See prometheus_client's custom collectors."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched

    def describe(self) -> list[Any]:
        """Returns no metrics, so that registering this collects nothing."""
        return []

    def collect(self) -> Iterator[Any]:
        """All metrics."""
        yield from self.network()
        yield from self.game()
        yield self.events()

    def network(self) -> Iterator[Any]:
        """The metrics of connections and traffic."""
        shot, carried = self.watched.camera.snapshot(), carried_by(self.watched.game)
        connections = GaugeMetricFamily("gmlrun_connections", "Connections that stand.", labels=["kind"])
        for kind in KINDS:
            connections.add_metric([kind], shot.kinds.get(kind, 0))
        yield connections
        yield counter("gmlrun_clients", "Clients that have come.", carried.clients)
        yield counter("gmlrun_clients_turned_away", "Peers that servers turned away or dropped.", carried.turned_away)
        for name, help_, both in (
            ("gmlrun_packets", "Packets.", (carried.packets_in, carried.packets_out)),
            ("gmlrun_bytes", "Bytes on the wire.", (carried.bytes_in, carried.bytes_out)),
        ):
            made = CounterMetricFamily(name, help_, labels=["direction"])
            made.add_metric(["in"], both[0])
            made.add_metric(["out"], both[1])
            yield made
        yield counter("gmlrun_refused_sends", "Sends refused because too much waited for a receiver.", shot.refused)
        yield counter("gmlrun_dropped_datagrams", "Datagrams over their socket's size limit.", shot.dropped)
        yield GaugeMetricFamily("gmlrun_queue_bytes", "Bytes that wait to be sent.", shot.queued)
        yield GaugeMetricFamily("gmlrun_longest_queue_bytes", "Bytes that wait for one receiver.", shot.longest_queue)

    def game(self) -> Iterator[Any]:
        """The metrics of frames, errors and instances."""
        watched, shot = self.watched, self.watched.camera.snapshot()
        yield GaugeMetricFamily("gmlrun_uptime_seconds", "Seconds since the start.", uptime_of(watched.game))
        yield GaugeMetricFamily("gmlrun_draining", "Whether no new clients are taken.", watched.drain.is_draining)
        yield counter("gmlrun_frames", "Frames.", shot.frames)
        yield counter("gmlrun_frame_overruns", "Frames that took longer than they may.", watched.meters.overruns)
        yield counter("gmlrun_errors", "Errors that no code caught.", watched.meters.errors)
        yield GaugeMetricFamily("gmlrun_waiting_events", "Async events that wait.", shot.waiting)
        instances = GaugeMetricFamily("gmlrun_instances", "Instances.", labels=["object"])
        for name, count in shot.objects:
            instances.add_metric([name], count)
        yield instances

    def events(self) -> Any:
        """How long events take."""
        made = HistogramMetricFamily("gmlrun_event_seconds", "Time that events take.", labels=["object", "event"])
        for name, label, times in self.watched.meters.event_rows():
            made.add_metric([name, label], buckets_of(times), times.total)
        return made


def counter(name: str, help_: str, value: float) -> Any:
    """A counter without labels."""
    return CounterMetricFamily(name, help_, value)


def buckets_of(times: EventTimes) -> list[tuple[str, float]]:
    """How many events took at most as many seconds as each bound says."""
    made, below = [], times.quick
    for bound, more in zip(BOUNDS, [0, *times.slower[:-1]], strict=True):
        below += more
        made.append((str(bound), float(below)))
    return [*made, ("+Inf", float(below + times.slower[-1]))]


class Metrics:
    """The metrics of one game and its process."""

    def __init__(self, watched: Watched) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(Collector(watched))
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def text(self, accept: str) -> tuple[bytes, str]:
        """The metrics in the form that a scraper accepts, or the plain one, and the name of that form."""
        try:
            encode, kind = choose_encoder(accept)
        except (TypeError, ValueError):
            encode, kind = choose_encoder("")
        return encode(self.registry), kind
