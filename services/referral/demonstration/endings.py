"""How the work with an invented family ends, as often in each way as reference 11 has it."""

import random
from datetime import date

from services.referral.demonstration.families import weighted
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.steps import Ended
from services.referral.support.domain.ending import DischargeDetails
from shared.contracts.pathway_codes import EpisodeEnding, MissingMeasure
from shared.contracts.vocabulary import FamilyAgreement

_ENDINGS = {
    EpisodeEnding.COMPLETED: 64,
    EpisodeEnding.PARTLY_COMPLETED: 16,
    EpisodeEnding.DISENGAGED: 11,
    EpisodeEnding.MOVED_AREA: 5,
    EpisodeEnding.STEPPED_UP: 3,
    EpisodeEnding.AGED_OUT: 1,
}

PAIRED = 0.70
"""Of families that did not stop coming, so that 62 of 100 have a pair."""

_MISSING = {
    MissingMeasure.DECLINED: 30,
    MissingMeasure.LANGUAGE: 12,
    MissingMeasure.DISTRESS: 22,
    MissingMeasure.NOT_APPROPRIATE: 10,
    MissingMeasure.FORGOTTEN: 26,
}


def ending(chance: random.Random) -> EpisodeEnding:
    return weighted(chance, _ENDINGS)


def why_missing(chance: random.Random) -> MissingMeasure:
    return weighted(chance, _MISSING)


def ended(chance: random.Random, write: Sentences, how: EpisodeEnding, on: date) -> Ended:
    """What the team writes on that day."""
    if how is EpisodeEnding.DISENGAGED:
        details = DischargeDetails(
            on,
            how,
            onward=write.a("onward", on),
            family_was_tried=write.a("tried", on),
            others_were_told=write.a("told", on),
            safeguarding_considered=write.a("considered", on),
        )
        return Ended(details, FamilyAgreement.NOT_YET_TOLD)
    return Ended(
        DischargeDetails(
            on,
            how,
            what_changed=write.a("what_changed", on),
            infant_voice=write.a("voice", on),
            onward=write.a("onward", on),
            without_measures=why_missing(chance),
        )
    )
