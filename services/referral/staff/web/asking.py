"""Who asks for a work list: the signed-in person, now, with the team's rules; and whose families they want to see."""

from starlette.requests import Request

from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from services.referral.staff.queries.asking import Asking, ListRules, Whose
from services.referral.staff.queries.lead_list import lead_list
from services.referral.staff.web.work import team_of
from shared.kernel.actor import Actor
from shared.staff.filter import Filter
from shared.unit_of_work import UnitOfWork


def asking_of(request: Request, work: UnitOfWork) -> Asking:
    team = team_of(request)
    return Asking(work.actor, work.now, ListRules(team.wait_rules, team.need_limits))


def usual_whose(actor: Actor) -> Whose:
    """Whoever works with families sees their own first, everyone else the team's."""
    return Whose.MINE if CAPABILITIES.holds(actor.roles, RECORD_CONTACT) else Whose.TEAM


WHOSE = Filter("whose", Whose, "Families", usual=usual_whose, people=lead_list)
