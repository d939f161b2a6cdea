"""Who asks for a work list: the signed-in person, now, with the team's rules; and whose families they want to see."""

from starlette.requests import Request

from services.referral.staff.queries.asking import Asking, Whose
from services.referral.staff.web.access import code_of
from services.referral.staff.web.work import team_of
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.unit_of_work import UnitOfWork

LEADS_FAMILIES = frozenset({Role.PRACTITIONER, Role.TEAM_LEAD})


def asking_of(request: Request, work: UnitOfWork) -> Asking:
    team = team_of(request)
    return Asking(work.actor, work.now, work.today, team.wait_rules, team.need_limits)


def whose_of(text: str, actor: Actor) -> Whose:
    """The filter from the address. Whoever works with families sees their own first, everybody else the team's.

    Raises:
        RuleBroken: the list has no such choice.
    """
    usual = Whose.MINE if actor.has(*LEADS_FAMILIES) else Whose.TEAM
    return code_of(Whose, text) or usual
