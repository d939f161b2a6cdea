"""Whom a family is compared with: everyone with whom something agrees besides a name, and few others."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.referral.intake.domain.duplicate import Description, KnownBaby, compare
from services.referral.intake.domain.duplicate_key import candidates

DAY = date(2026, 3, 2)
days = st.integers(-200, 200).map(lambda step: DAY + timedelta(step))
names = st.sampled_from([None, "Shannon Example", "Lena Specimen"])
numbers = st.sampled_from([None, "9990000018", "9990000026"])
babies = st.one_of(
    st.builds(KnownBaby, name=names, born_on=days, due_on=st.none(), nhs_number=numbers),
    st.builds(KnownBaby, name=st.none(), born_on=st.none(), due_on=days, nhs_number=numbers),
)
families = st.builds(
    Description,
    babies=st.lists(babies, min_size=1, max_size=2),
    carers=st.lists(st.sampled_from(["Leonie Example", "Mira Specimen"]), max_size=2),
    phones=st.frozensets(st.sampled_from(["07700900123", "07700900777"]), max_size=1),
    postcodes=st.frozensets(st.sampled_from(["FY1 9ZZ", "FY4 9ZZ"]), max_size=1),
)


@given(asked=families, known=families)
def test_whatever_agrees_besides_a_name_makes_two_families_worth_comparing(
    asked: Description, known: Description
) -> None:
    likeness = compare(asked, known)
    agrees = [reason for reason in (likeness.reasons if likeness else ()) if "name" not in reason]

    if any("differ" not in reason for reason in agrees):
        assert candidates([asked], [known]) == [[0]]


@given(asked=st.lists(families, max_size=4), known=st.lists(families, max_size=4))
def test_many_asked_at_once_are_compared_with_those_whom_each_would_be_alone(
    asked: list[Description], known: list[Description]
) -> None:
    together = candidates(asked, known)

    assert together == [candidates([one], known)[0] for one in asked]
    assert together == [[place for place, other in enumerate(known) if candidates([one], [other])[0]] for one in asked]


def test_strangers_are_not_compared() -> None:
    baby = KnownBaby("Shannon Example", DAY, None, None)
    known = Description([baby], ["Leonie Example"], frozenset({"07700900123"}), frozenset({"FY1 9ZZ"}))
    stranger = Description(
        [KnownBaby("Shannon Example", DAY - timedelta(40), None, None)], [], frozenset(), frozenset()
    )

    assert candidates([stranger], [known]) == [[]]
