"""Change how much supervision the team asks for, and how a group counts."""

from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.supervision.database.rules import keep_rule, supervision_rules
from services.consultation.supervision.database.sessions import SupervisionSessions
from services.consultation.supervision.domain.supervision_rules import SupervisionRule
from shared.unit_of_work import UnitOfWork


async def change_supervision_rules(rule: SupervisionRule, work: UnitOfWork) -> None:
    """From the rule's day on; what was before it stays as it was.

    Publish SupervisionGiven anew of each session since then that counts otherwise.

    Raises:
        NotAllowed: the actor is not the team lead.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_SUPERVISION)
    sessions, before = SupervisionSessions(work), await supervision_rules(work)
    await keep_rule(rule, work)
    after = await supervision_rules(work)
    for one in await sessions.of_several_since(rule.from_on):
        if one.counted(before) != one.counted(after):
            for event in one.said(after):
                work.publish(event, about=one)
            await sessions.save(one)
    work.record("supervision.change_rules")
