"""The team's rules of supervision."""

from fastapi import APIRouter

from services.consultation.staff.domain.capabilities import LEAD_SUPERVISION
from services.consultation.staff.web.access import SUPERVISION_LEAD
from services.consultation.supervision.commands.change_supervision_rules import change_supervision_rules
from services.consultation.supervision.database.rules import supervision_rules
from services.consultation.supervision.domain.supervision_rules import SupervisionRule
from services.consultation.supervision.web.forms.agreement import SupervisionRulesForm
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/supervision")


async def _read(work: UnitOfWork) -> SupervisionRule:
    """What holds today, as it would begin anew."""
    work.record("supervision_rules.read")
    rule = (await supervision_rules(work)).on(work.today)
    return SupervisionRule(work.today, rule.new_minutes, rule.experienced_minutes, rule.group_rule)


RULES = Screen(
    path="/rules",
    title="How supervision is counted",
    may=SUPERVISION_LEAD,
    capability=LEAD_SUPERVISION,
    site=Site(_read, lambda _: {"back": "/supervision/team"}),
    form=SupervisionRulesForm,
    suggested=lambda rule: {
        "new_minutes": rule.new_minutes,
        "experienced_minutes": rule.experienced_minutes,
        "group_rule": rule.group_rule,
        "from_on": rule.from_on,
    },
    intro=(
        "The norm is 240 minutes in 28 days in the first three years, and 120 after. Earlier days stay as they were.",
    ),
    asks={
        "new_minutes": Ask("Minutes in 28 days of full time, in the first three years"),
        "experienced_minutes": Ask("Minutes in 28 days of full time, after three years"),
        "group_rule": Ask("Group supervision"),
        "from_on": Ask("From"),
    },
    store=does(
        change_supervision_rules,
        lambda sent: SupervisionRule(
            sent.form.from_on, sent.form.new_minutes, sent.form.experienced_minutes, sent.form.group_rule
        ),
    ),
    to=lambda _: "/supervision/team?done=rules",
)
add_forms(router, RULES)
