import pytest

from services.referral.contents import SERVICE
from services.referral.staff.domain import capabilities
from services.referral.staff.domain.capabilities import (
    ANSWER_LEADS_TASK,
    ASK_REFERRER,
    BOOK_APPOINTMENT,
    CAPABILITIES,
    DECIDE_REFERRAL,
    EDIT_TEMPLATES,
    IMPORT_CASELOAD,
    JUDGE,
    LEAD_RECORDS,
    LEAD_SUPPORT,
    LEAD_WORK,
    RECORD,
)
from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capability
from shared.kernel.errors import NotAllowed

NAMED = [one for one in vars(capabilities).values() if isinstance(one, Capability)]


@pytest.mark.parametrize("capability", NAMED, ids=lambda one: one.code)
def test_somebody_of_the_team_holds_each_capability_and_the_region_holds_none(capability: Capability) -> None:
    assert Role.TEAM_LEAD in CAPABILITIES.roles_with(capability)
    assert CAPABILITIES.roles_with(capability) <= SERVICE.roles
    assert not CAPABILITIES.holds(frozenset({Role.REGIONAL_LEAD}), capability)
    assert not CAPABILITIES.holds(frozenset(), capability)


@pytest.mark.parametrize("capability", [RECORD, BOOK_APPOINTMENT, ASK_REFERRER], ids=lambda one: one.code)
def test_the_whole_team_enters_facts_books_and_asks(capability: Capability) -> None:
    assert CAPABILITIES.roles_with(capability) == SERVICE.roles


def test_an_administrator_judges_nothing_and_a_practitioner_does_not_stand_in_for_the_lead() -> None:
    administrator, practitioner = frozenset({Role.TEAM_ADMINISTRATOR}), frozenset({Role.PRACTITIONER})

    assert CAPABILITIES.of[Role.TEAM_ADMINISTRATOR] == {
        RECORD,
        BOOK_APPOINTMENT,
        ASK_REFERRER,
        IMPORT_CASELOAD,
        EDIT_TEMPLATES,
    }
    assert not any(CAPABILITIES.holds(administrator, one) for one in (JUDGE, DECIDE_REFERRAL))
    for lead in (LEAD_WORK, LEAD_SUPPORT, LEAD_RECORDS, ANSWER_LEADS_TASK):
        assert CAPABILITIES.roles_with(lead) == {Role.TEAM_LEAD}
        assert not CAPABILITIES.holds(practitioner, lead)


def test_who_lacks_it_is_told_who_may_and_who_holds_two_roles_has_what_either_gives() -> None:
    both = frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER})

    with pytest.raises(NotAllowed) as refusal:
        CAPABILITIES.check(frozenset({Role.TEAM_ADMINISTRATOR}), JUDGE)
    for one in (JUDGE, IMPORT_CASELOAD):
        CAPABILITIES.check(both, one)

    assert (refusal.value.code, refusal.value.sentence) == (JUDGE.code, JUDGE.refusal)
    assert "practitioner or the team lead" in refusal.value.sentence
