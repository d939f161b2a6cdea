import pytest

from services.referral.measures.domain.measure_age import baby_warning, respondent_warning
from services.referral.measures.packs.measures import MEASURES


@pytest.mark.parametrize(
    ("code", "months", "warns"),
    [
        pytest.param("KPCS", 11, False, id="KPCS_11_months"),
        pytest.param("KPCS", 12, True, id="KPCS_12_months"),
        pytest.param("KPCS", None, True, id="KPCS_in_pregnancy"),
        pytest.param("EPDS", None, False, id="EPDS_in_pregnancy"),
        pytest.param("EPDS", 40, False, id="EPDS_any_age"),
        pytest.param("PSI4_SF", 0, True, id="PSI4_SF_newborn"),
        pytest.param("BPSES", None, False, id="BPSES_any"),
    ],
)
def test_a_form_warns_when_it_was_made_for_another_baby(code: str, months: int | None, *, warns: bool) -> None:
    assert bool(baby_warning(MEASURES[code].age, months)) is warns


@pytest.mark.parametrize(
    ("code", "years", "warns"),
    [
        pytest.param("PHQ9", 17, True, id="PHQ9_17"),
        pytest.param("PHQ9", 18, False, id="PHQ9_18"),
        pytest.param("PHQ9", None, False, id="PHQ9_not_known"),
        pytest.param("CORE10", 16, True, id="CORE10_16"),
        pytest.param("EPDS", 16, False, id="EPDS_16"),
        pytest.param("BPSES", 12, False, id="BPSES_any"),
    ],
)
def test_a_form_warns_when_it_was_made_for_older_people(code: str, years: int | None, *, warns: bool) -> None:
    assert bool(respondent_warning(MEASURES[code].age, years)) is warns
