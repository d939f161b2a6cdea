import pytest

from shared.contracts.vocabulary import Code, Role, Tier
from shared.kernel.actor import Actor
from shared.kernel.errors import RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.filter import Filter

LEAD, PRACTITIONER = (Actor(new_id(), frozenset({role})) for role in (Role.TEAM_LEAD, Role.PRACTITIONER))


class Whose(Code):
    MINE = "mine"
    TEAM = "team"


def usual(actor: Actor) -> Whose:
    return Whose.TEAM if actor.has(Role.TEAM_LEAD) else Whose.MINE


def test_what_is_usual_for_everybody_is_not_in_the_address_and_what_depends_on_who_looks_is() -> None:
    for_everybody, for_some = Filter("whose", Whose, usual=Whose.TEAM), Filter("whose", Whose, usual=usual)

    assert [for_everybody.in_address(code) for code in Whose] == [Whose.MINE, None]
    assert [for_some.in_address(code) for code in Whose] == [Whose.MINE, Whose.TEAM]


def test_an_address_that_says_nothing_chooses_what_is_usual_or_leaves_nothing_out() -> None:
    assert Filter("whose", Whose, usual=usual).read("", LEAD) == Whose.TEAM
    assert Filter("whose", Whose, usual=usual).read("", PRACTITIONER) == Whose.MINE
    assert Filter("tier", Tier, every="All").read("", LEAD) is None


@pytest.mark.parametrize("text", ["community", "Risk", " risk", "x"])
def test_a_code_that_the_page_does_not_offer_is_refused(text: str) -> None:
    by_tier = Filter("tier", Tier, every="All", offered=[Tier.TARGETED, Tier.RISK])

    with pytest.raises(RuleBroken, match="filter_unknown"):
        by_tier.read(text, LEAD)
    assert by_tier.read("risk", LEAD) == Tier.RISK
