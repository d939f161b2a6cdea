"""What a team told the region before it was told less finely is read all the same."""

from datetime import date

import pytest

from shared.contracts.catalogue import CATALOGUE, MalformedEvent
from shared.contracts.consultation import RegionalConsultationHeld, RegionalConsultationHeldCorrected
from shared.contracts.consultation_codes import ConsultationKind, Profession
from shared.contracts.event import RegionCorrection
from shared.contracts.training import RegionalTrainingCompletedCorrected
from shared.contracts.vocabulary import Tier


def test_a_consultation_that_was_told_to_the_minute_is_one_of_quarters_of_an_hour() -> None:
    told = RegionalConsultationHeld(
        month=date(2026, 3, 1),
        kind=ConsultationKind.THEME,
        profession=Profession.MIDWIFE,
        tier=Tier.UNIVERSAL,
        minutes=45,
    )
    before = told.model_dump_json().replace('"minutes":45', '"minutes":47')

    assert "47" in before
    assert CATALOGUE.parse(told.type, before) == told


CONSULTATION = '{"month":"2026-03-01","kind":"theme","profession":"midwife","tier":"universal","minutes":47}'
TRAINING = '{"month":"2026-03-01","course":"IMH_PIR","level":1,"sector":"maternity","profession":"midwife"}'


@pytest.mark.parametrize(
    ("told", "body", "correction"),
    [
        ("uk.pairs.regional.consultation_withdrawn.v1", CONSULTATION, RegionalConsultationHeldCorrected),
        ("uk.pairs.regional.training_withdrawn.v1", TRAINING, RegionalTrainingCompletedCorrected),
    ],
)
def test_what_was_withdrawn_before_there_were_corrections_counts_one_less(
    told: str, body: str, correction: type[RegionCorrection]
) -> None:
    event = CATALOGUE.parse(told, body)

    assert isinstance(event, correction)
    assert event.model_dump()["instead"] is None
    assert event.model_dump()["was"]["month"] == date(2026, 3, 1)


def test_a_withdrawal_that_is_no_json_is_malformed_and_carries_nothing_in() -> None:
    for body in ("", "{", CONSULTATION + ', "instead": null, "was": ' + CONSULTATION):
        with pytest.raises(MalformedEvent):
            CATALOGUE.parse("uk.pairs.regional.consultation_withdrawn.v1", body)
