import pytest

from services.referral.domain.measure_age import age_warnings
from services.referral.packs.measures import MEASURES


@pytest.mark.parametrize(
    ("code", "baby_months", "respondent_years", "warnings"),
    [
        pytest.param("KPCS", 11, None, 0, id="KPCS_11_months"),
        pytest.param("KPCS", 12, None, 1, id="KPCS_12_months"),
        pytest.param("KPCS", None, None, 1, id="KPCS_in_pregnancy"),
        pytest.param("EPDS", None, 16, 0, id="EPDS_in_pregnancy"),
        pytest.param("PHQ9", 3, 17, 1, id="PHQ9_parent_of_17"),
        pytest.param("PHQ9", 3, 18, 0, id="PHQ9_parent_of_18"),
        pytest.param("PHQ9", 3, None, 0, id="PHQ9_age_not_known"),
        pytest.param("CORE10", 3, 16, 1, id="CORE10_parent_of_16"),
        pytest.param("PSI4_SF", 0, None, 1, id="PSI4_SF_newborn"),
        pytest.param("BPSES", None, 12, 0, id="BPSES_any"),
    ],
)
def test_a_form_warns_when_it_was_made_for_another_age(
    code: str, baby_months: int | None, respondent_years: int | None, warnings: int
) -> None:
    assert len(age_warnings(MEASURES[code].age, baby_months, respondent_years)) == warnings
