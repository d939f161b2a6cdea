"""Invented facts of every kind, to show what a template makes of them."""

from datetime import UTC, date, datetime, time

from services.referral.letters.domain.letter_facts import (
    Appointment,
    Facts,
    FamilyFacts,
    ProfessionalFacts,
    Recipient,
    ReferrerFacts,
    Sender,
)
from services.referral.letters.domain.letter_kind import Audience
from services.referral.letters.domain.letter_source import SharedFacts

_WORK = "We met 12 times.\n\n- Video Interaction Guidance (VIG): 8 sessions\n- Baby massage: 4 sessions"
_ONWARD = "The health visitor, Ola Sample, goes on seeing the family."
_VOICE = "“When you look at me, I am calm.” Shannon looks for Leonie's face and settles on her chest."
_GOALS = "- To enjoy bath time (from 2 to 8 out of 10)"
_CHANGED = "Bath time is fun. Leonie feels that Shannon knows her."


def sample_facts(audience: Audience, sender: Sender, safety_net: str, today: date) -> Facts:
    """Of Leonie and Shannon, who are nobody."""
    shared: SharedFacts = {
        "recipient": sample_recipient(audience),
        "sender": sender,
        "dated_on": today,
        "received_on": today,
        "baby_name": "Shannon",
        "safety_net": safety_net,
    }
    match audience:
        case Audience.FAMILY:
            return FamilyFacts(
                **shared,
                next_contact_on=today,
                while_waiting="You can come to the baby group at the family hub on Tuesdays.",
                explanation="Your health visitor already helps you with this, and you told us that it goes well.",
                appointment=Appointment(
                    datetime.combine(today, time(10, 30), UTC), "Sample Family Hub", "Priya Sample", frozenset()
                ),
                work_done=_WORK,
                what_changed=_CHANGED,
                goals=_GOALS,
                onward_plan=_ONWARD,
                outcome="Planned: the work is complete",
                voice_of_the_infant=_VOICE,
            )
        case Audience.REFERRER:
            return ReferrerFacts(
                **shared,
                next_contact_on=today,
                decision="We have accepted the referral. The family is on our waiting list.",
                explanation="We think that we are the right team to help with what you wrote about.",
                outcome="Planned: the work is complete",
                work_done=_WORK,
                onward_plan=_ONWARD,
            )
        case Audience.PROFESSIONAL:
            return ProfessionalFacts(
                **shared,
                carer_name="Leonie Example",
                born_on=today,
                nhs_number="9990000018",
                formulation="Shannon spent her first weeks in an incubator, and Leonie was afraid to lose her.",
                goals=_GOALS,
                plan="- Video Interaction Guidance (VIG): 8 sessions planned",
                work_done=_WORK,
                what_changed=_CHANGED,
                outcome="Planned: the work is complete",
                onward_plan=_ONWARD,
                voice_of_the_infant=_VOICE,
            )


def sample_recipient(audience: Audience) -> Recipient:
    if audience is Audience.FAMILY:
        return Recipient("Leonie Example", ("1 Sample Street", "FY1 9ZZ"))
    return Recipient("Ola Sample", ("Blackpool health visiting",))
