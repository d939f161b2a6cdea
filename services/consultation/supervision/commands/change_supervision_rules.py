"""Change how much supervision the team asks for, and how a group counts."""

from services.consultation.staff.domain.capabilities import CAPABILITIES, LEAD_SUPERVISION
from services.consultation.supervision.database.rules import keep_rule
from services.consultation.supervision.domain.supervision_rules import SupervisionRule
from shared.unit_of_work import UnitOfWork


async def change_supervision_rules(rule: SupervisionRule, work: UnitOfWork) -> None:
    """From the rule's day on; what was before it stays as it was.

    Raises:
        NotAllowed: the actor is not the team lead.
    """
    CAPABILITIES.check(work.actor.roles, LEAD_SUPERVISION)
    await keep_rule(rule, work)
    work.record("supervision.change_rules")
