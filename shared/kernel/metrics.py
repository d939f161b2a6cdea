"""What is measured, for Prometheus, and nothing that is measured elsewhere.

No label can hold a person: its values are a closed list, the template of an address, a name in our code, or a stream's
key, and `LABELS` says which (`tests/kernel/test_metrics.py`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from prometheus_client import Counter, Gauge, Histogram

LABELS = {
    "method": "of HTTP's standard, or `other`",
    "route": "the template of the address, never the address; `none` when there is no such page",
    "status": "of HTTP; 0 when the browser hung up",
    "audience": "`team`, `region` or `network`",
    "stream": "a stream's key, made of the team's and the service's names",
    "state": "of a stream that is read: `reading`, `parked`, `gap` or `diverged`",
    "timer": "its name in the table of contents",
    "figure": "its name in the code of the service that counts it",
    "measure": "its name in our code",
}

REQUESTS = Counter("pairs_requests", "Requests that were answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "pairs_request_seconds",
    "From a request until its answer begins.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
UNSENT_EVENTS = Gauge("pairs_relay_unsent_events", "Events that are kept and not yet on their stream.", ["audience"])
OLDEST_UNSENT_SECONDS = Gauge(
    "pairs_relay_oldest_unsent_seconds", "Age of the oldest of them; 0 when there is none.", ["audience"]
)
BEHIND_EVENTS = Gauge("pairs_reader_behind_events", "Events that were sent and are not yet taken in.", ["stream"])
HEARD_SECONDS = Gauge("pairs_reader_heard_seconds", "Since the stream's relay was last heard.", ["stream"])
STREAMS = Gauge("pairs_reader_streams", "Streams that are read, by how that goes.", ["state"])
DEAD_LETTERS = Gauge("pairs_dead_letters", "Entries that were set aside and are not put right.", ["stream"])
TIMER_SUCCEEDED = Gauge(
    "pairs_timer_succeeded_timestamp_seconds", "When a timer last did all that there was to do.", ["timer"]
)
CONNECTIONS_IN_USE = Gauge("pairs_connections_in_use", "Connections to the database that pages and commands hold.")
FIGURES = Gauge("pairs_figure", "What a service counts for itself.", ["figure"])
NOT_MEASURED = Gauge(
    "pairs_not_measured", "1 while a measure cannot be taken, and its figures are absent.", ["measure"]
)


@dataclass(frozen=True)
class Measure:
    """Figures that are taken when someone asks for them.

    Args:
        gauges: those that it sets; they are cleared before, so that what is over, or cannot be known, is absent.
    """

    gauges: tuple[Gauge, ...]
    take: Callable[[], Awaitable[None]]
