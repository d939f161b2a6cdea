from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.people.domain.support import Support
from services.referral.staff.domain.capabilities import CAPABILITIES
from services.referral.support.domain.tier import (
    OPENING_RULES,
    TIER_RULES,
    Opening,
    check_opening,
    check_tier_move,
)
from shared.contracts.vocabulary import Level, Role
from shared.kernel.errors import NotAllowed, Refusal, RuleBroken
from tests.referral.builders import TODAY, a_move, an_opening

LEAD = frozenset({Role.TEAM_LEAD})
PRACTITIONER = frozenset({Role.PRACTITIONER})
STARTED = date(2026, 1, 5)

SUPPORT = st.builds(Support, st.sampled_from(Level), risk_support=st.booleans(), direct_work=st.booleans())


def support(level: Level, **flags: Any) -> Support:
    return Support(level, **({"direct_work": False} if level is Level.COMMUNITY else {}) | flags)


def code_of(current: Support, to: Support, roles: frozenset[Role], **changes: Any) -> str | None:
    try:
        check_tier_move(current, a_move(to, **changes), roles, STARTED, TODAY)
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize(("before", "after"), list(product(Level, Level)))
def test_the_lead_may_make_every_step_but_one_and_only_what_is_a_step(before: Level, after: Level) -> None:
    code = code_of(support(before), support(after), LEAD)

    if before is after:
        assert code == "tier_same"
    elif (before, after) == (Level.SPECIALIST, Level.COMMUNITY):
        assert code == "tier_step"
    else:
        assert code is None


@pytest.mark.parametrize(
    "pair", [pair for pair, rule in TIER_RULES.items() if not CAPABILITIES.holds(PRACTITIONER, rule.needs)]
)
def test_a_practitioner_leaves_the_leads_steps_to_the_lead(pair: tuple[Level, Level]) -> None:
    assert code_of(support(pair[0]), support(pair[1]), PRACTITIONER) == "tier_lead"


@pytest.mark.parametrize("before", [Level.COMMUNITY, Level.UNIVERSAL, Level.TARGETED])
def test_specialist_support_needs_a_team_discussion(before: Level) -> None:
    assert code_of(support(before), support(Level.SPECIALIST), LEAD, mdt_on=None) == "tier_mdt"


@given(SUPPORT.filter(lambda support: not support.risk_support and support.level is not Level.COMMUNITY))
def test_any_practitioner_may_begin_risk_support_at_once(current: Support) -> None:
    to = Support(current.level, risk_support=True, direct_work=current.direct_work)

    assert code_of(current, to, PRACTITIONER, mdt_on=None) is None


def test_only_the_lead_ends_risk_support_or_begins_direct_work_within_it() -> None:
    at_risk = Support(Level.TARGETED, risk_support=True, direct_work=False)

    for to in (Support(Level.TARGETED, direct_work=False), Support(Level.TARGETED, risk_support=True)):
        assert code_of(at_risk, to, PRACTITIONER) == "tier_lead"
        assert code_of(at_risk, to, LEAD) is None


def test_support_does_not_end_while_there_is_risk_support() -> None:
    at_risk = Support(Level.TARGETED, risk_support=True)

    assert code_of(at_risk, support(Level.COMMUNITY), LEAD) == "tier_risk_first"


@pytest.mark.parametrize("flags", [{"risk_support": True}, {"direct_work": True}])
def test_a_family_at_community_level_has_no_flags(flags: dict[str, bool]) -> None:
    assert code_of(Support(Level.TARGETED), support(Level.COMMUNITY, **flags), LEAD) == "tier_community_flags"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"effective_from": TODAY + timedelta(1)}, "tier_future"),
        ({"effective_from": STARTED - timedelta(1)}, "tier_before"),
        ({"review_on": None}, "tier_review"),
        ({"review_on": TODAY}, "review_range"),
        ({"review_on": TODAY + timedelta(367)}, "review_range"),
        ({"mdt_on": TODAY + timedelta(1)}, "tier_mdt_date"),
        ({"mdt_on": date(1850, 1, 1)}, "tier_mdt_date"),
    ],
)
def test_a_move_has_dates_that_can_be(changes: dict[str, Any], code: str) -> None:
    assert code_of(Support(Level.UNIVERSAL), Support(Level.TARGETED), LEAD, **changes) == code


def test_support_that_ends_has_no_review() -> None:
    to = support(Level.COMMUNITY)

    assert code_of(Support(Level.TARGETED), to, LEAD, review_on=TODAY + timedelta(9)) == "tier_review_community"


@given(SUPPORT, SUPPORT)
def test_no_move_leaves_a_family_at_community_level_with_a_flag(current: Support, to: Support) -> None:
    if code_of(current, to, LEAD) is None:
        assert to.level is not Level.COMMUNITY or not (to.risk_support or to.direct_work)
        assert to != current


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
def test_others_do_not_decide_on_support(role: Role) -> None:
    with pytest.raises(NotAllowed):
        check_opening(an_opening(), frozenset({role}), TODAY)


@pytest.mark.parametrize("level", list(OPENING_RULES))
def test_a_practitioner_opens_work_at_every_level_with_a_record(level: Level) -> None:
    check_opening(an_opening(level, mdt_on=TODAY), PRACTITIONER, TODAY)


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        (an_opening(Level.COMMUNITY), "opening_community"),
        (an_opening(Level.SPECIALIST), "tier_mdt"),
        (an_opening(review_on=TODAY), "review_range"),
        (an_opening(Level.SPECIALIST, mdt_on=TODAY + timedelta(1)), "tier_mdt_date"),
    ],
)
def test_work_does_not_begin_without_what_it_needs(opening: Opening, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_opening(opening, LEAD, TODAY)

    assert refusal.value.code == code


def test_support_is_said_in_words() -> None:
    assert Support(Level.TARGETED).in_words() == "Targeted: getting help"
    at_risk = Support(Level.UNIVERSAL, risk_support=True, direct_work=False)
    assert at_risk.in_words() == "Universal: getting advice, with risk support, without direct work"
