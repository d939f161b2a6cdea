"""What a team told the region before it was told less finely is read all the same."""

from datetime import date

from shared.contracts.catalogue import CATALOGUE
from shared.contracts.consultation import RegionalConsultationHeld
from shared.contracts.consultation_codes import ConsultationKind, Profession
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
