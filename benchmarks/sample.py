"""The rows that every measurement uses: families who are referred, accepted, seen, and moved to another tier."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from shared.contracts.event import RegionEvent
from shared.contracts.referral import (
    RegionalEpisodeOpened,
    RegionalReferralAccepted,
    RegionalReferralReceived,
    RegionalTierChanged,
)
from shared.contracts.vocabulary import AgeBand, ReasonGroup, SourceGroup, Tier, Urgency

TRACEPARENT = "00-00000000000000000000000000000001-0000000000000001-00"
OUTBOX_COLUMNS = (
    "audience",
    "event_id",
    "aggregate_id",
    "aggregate_version",
    "subject",
    "type",
    "body",
    "occurred_at",
    "traceparent",
)


def a_family(number: int) -> list[RegionEvent]:
    """What the region learns of one family."""
    month = date(2026, 1 + number % 12, 1)
    sources, tiers, urgencies = list(SourceGroup), list(Tier), list(Urgency)
    return [
        RegionalReferralReceived(
            month=month,
            source_group=sources[number % len(sources)],
            reason_groups=(ReasonGroup.PARENT, ReasonGroup.RELATIONSHIP),
            age_band=AgeBand.MONTHS_0_2,
        ),
        RegionalReferralAccepted(
            month=month, urgency=urgencies[number % len(urgencies)], triage_days=number % 20, triage_working_days=3
        ),
        RegionalEpisodeOpened(month=month, tier=tiers[number % len(tiers)]),
        RegionalTierChanged(
            month=month,
            from_tier=tiers[number % len(tiers)],
            to_tier=tiers[(number + 1) % len(tiers)],
            capacity_driven=number % 5 == 0,
        ),
    ]


_BODIES = [(event.type, event.model_dump_json()) for number in range(60) for event in a_family(number)]


def new_uuid() -> UUID:
    return UUID(bytes=os.urandom(16))


def bodies(events: int) -> Iterator[tuple[str, str]]:
    """Type and body of that many events."""
    for number in range(events):
        yield _BODIES[number % len(_BODIES)]


def outbox_rows(events: int, *, audiences: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows for the outbox, one for each event and audience. Both audiences get the same body here."""
    now = datetime.now(UTC)
    for kind, body in bodies(events):
        aggregate = new_uuid()
        for audience in audiences:
            yield (audience, new_uuid(), aggregate, 1, new_uuid(), kind, body, now, TRACEPARENT)
