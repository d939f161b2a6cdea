"""One team's referral service, for a test."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.referral.intake.commands.accept_referral import AcceptedFamily, AcceptReferral, accept_referral
from services.referral.intake.commands.receive_referral import Receipt, ReceiveReferral, receive_referral
from services.referral.team.database.team_work import TeamUnits, TeamWork
from shared.audit.tables import audit
from shared.contracts.vocabulary import Role, Urgency
from shared.kernel.actor import Actor, public_form
from shared.kernel.identifiers import new_id
from shared.outbox.tables import outbox
from tests.referral.builders import NOW, a_request, a_team_named, an_actor, an_opening

REGION_KEY = bytes(range(32))


@dataclass
class ATeam:
    """One team's referral service: its database, and a clock that a test can set."""

    slug: str
    engine: AsyncEngine
    now: Any = NOW
    rules: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What the team has decided otherwise than is usual."""

    @property
    def units(self) -> TeamUnits:
        team = a_team_named(self.slug, **self.rules)
        return TeamUnits(team, self.engine, region_key=REGION_KEY, clock=lambda: self.now)

    def begin(self, actor: Actor) -> AbstractAsyncContextManager[TeamWork]:
        return self.units.begin(actor)

    async def receives(self, **changes: Any) -> Receipt:
        async with self.begin(public_form()) as work:
            return await receive_referral(ReceiveReferral(new_id(), a_request(**changes)), work)

    async def accepts(self, **changes: Any) -> AcceptedFamily:
        """Receive and accept a referral; `request` changes what was told, the rest what support begins with."""
        receipt = await self.receives(**changes.pop("request", {}))
        async with self.begin(an_actor(Role.TEAM_LEAD)) as work:
            opening = changes.pop("opening", None) or an_opening(**changes)
            return await accept_referral(AcceptReferral(receipt.referral_id, 1, Urgency.ROUTINE, opening), work)

    async def published(self, audience: str = "team") -> list[Any]:
        """Type and body of each event in the outbox, in their order."""
        async with self.engine.connect() as connection:
            rows = await connection.execute(
                select(outbox.c.type, outbox.c.body).where(outbox.c.audience == audience).order_by(outbox.c.seq)
            )
            return [(row.type, row.body) for row in rows]

    async def audited(self) -> list[tuple[str, Any]]:
        async with self.engine.connect() as connection:
            rows = await connection.execute(select(audit.c.action, audit.c.subject).order_by(audit.c.number))
            return [(row.action, row.subject) for row in rows]
