"""Who sets targets, when, and one of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from services.reporting.indicators.commands.set_target import SetTarget
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id

LEAD = Actor(UUID(int=4), frozenset({Role.REGIONAL_LEAD}))
AT = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
APRIL = date(2025, 4, 1)


def a_target(**other: object) -> SetTarget:
    usual = SetTarget(new_id(), 9, date(2025, 4, 17), Decimal(80), "ICB contract 2025/26")
    return replace(usual, **other)
