"""Pages of the public form about safety, and why the family is referred."""

from typing import Annotated

from shared.contracts.vocabulary import FamilyAgreement, ReferralReason
from shared.web.forms import Form
from shared.web.questions import OneCode, SeveralCodes, Text, YesOrNo


class DangerForm(Form):
    in_danger: Annotated[bool, YesOrNo(missing="Choose yes if anyone is in immediate danger")]


class ReasonsForm(Form):
    reasons: Annotated[frozenset[ReferralReason], SeveralCodes(of=ReferralReason, missing="Choose at least one reason")]


class StoryForm(Form):
    story: Annotated[str, Text(missing="Write what you have noticed about the baby and the people who care for them")]


class ReferralConsentForm(Form):
    consent: Annotated[
        FamilyAgreement, OneCode(of=FamilyAgreement, missing="Choose whether the family knows about this referral")
    ]


REASONS_IN_PARENTS_WORDS = {
    ReferralReason.BONDING: "It is hard to feel close to my baby",
    ReferralReason.PARENT_MENTAL_HEALTH: "I feel low, worried or not myself, and it affects us",
    ReferralReason.BIRTH_TRAUMA: "The birth was frightening, and it still troubles me",
    ReferralReason.NEONATAL_STAY: "My baby needed neonatal care",
    ReferralReason.OWN_CHILDHOOD: "My own childhood was hard, and it comes up now",
    ReferralReason.CRYING_SLEEP_FEEDING: "Crying, sleep or feeding",
    ReferralReason.ATTUNEMENT: "It is hard to know what my baby needs",
    ReferralReason.LOSS: "I have lost a baby, or a child was taken into care",
    ReferralReason.CARE_TRANSITION: "I foster, adopt or look after a relative's baby",
    ReferralReason.DAD_BONDING: "A dad's or partner's bond with the baby",
}
"""The same list for a parent who refers themselves."""
