"""The words of the questions on the pages of a family's people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    label: str
    hint: str | None = None


DAY = "For example, 27 3 2026"

ASKS: dict[str, Ask] = {
    "name": Ask("Full name"),
    "born_on": Ask("Date of birth", DAY),
    "due_on": Ask("Due date", "For a baby who is not born yet. For example, 27 3 2026"),
    "due_source": Ask("What the due date rests on"),
    "birth_order": Ask("Which of the twins", "For twins or more: 1 for the first, 2 for the second"),
    "nhs_number": Ask("NHS number", "10 digits, for example 999 000 0018"),
    "phone": Ask("Telephone number"),
    "email": Ask("E-mail address"),
    "address": Ask("Address"),
    "postcode": Ask("Postcode", "For example, FY1 9ZZ. ZZ99 3VZ stands for no fixed abode"),
    "contact_unsafe": Ask("Is it unsafe to contact them?", "If yes, nothing is sent to them and nobody calls them"),
    "contact_note": Ask("What to mind when you contact them"),
    "gp_practice": Ask("GP practice"),
    "gender": Ask("Gender, in their own words if they say"),
    "ethnicity": Ask("Ethnic group"),
    "care_experienced": Ask("Were they in care as a child?", "Ask only where it helps; not known is a full answer"),
    "kind": Ask("Who they are to the baby"),
    "person_id": Ask("Whom it is about"),
    "relationship": Ask("What they are to the baby"),
    "involvement": Ask("Part in the baby's life", "Choose not known unless somebody asked: a blank never means absent"),
    "parental_responsibility": Ask("Parental responsibility"),
    "lives_together": Ask("Do they live with the baby?"),
    "arrangements": Ask("When and how they see one another", "If they do not live together"),
    "is_primary": Ask("Do they look after the baby most?", "A baby has at least one such carer, and may have several"),
    "weeks": Ask("Weeks of pregnancy at birth", "Leave this empty to count from the due date"),
    "days": Ask("And days", "0 to 6"),
    "outcome": Ask("What happened"),
    "ended_on": Ask("When", DAY),
    "died_on": Ask("When they died", DAY),
    "reason": Ask("Why", "This stays in the team"),
    "invited_on": Ask("When they were invited", DAY),
    "status": Ask("Legal status"),
    "from_on": Ask("Since when", DAY),
    "local_authority": Ask("Local authority", "The corporate parent of a baby who is looked after"),
    "placement": Ask("Where the baby is placed", "For example, with a foster carer or with grandparents"),
    "social_worker": Ask("Social worker", "Name and how to reach them"),
    "may_consent": Ask("Who may agree to care and to sharing"),
    "review_on": Ask("When somebody looks at it again", "Within a year. For example, 27 3 2026"),
    "source": Ask("Who says so", "For example, the social worker by telephone"),
    "note": Ask("Note", "This stays in the team"),
    "holds": Ask("Does it still hold?", "If not, it ends today and stays on record"),
    "asked_on": Ask("When somebody asked", DAY),
    "contact_method": Ask("How to contact them", "For example, by text message only"),
    "information_format": Ask("How to write for them", "For example, large print or Easy Read"),
    "communication_professional": Ask("Who helps with communication", "For example, a lipspeaker or an advocate"),
    "communication_support": Ask("What helps with communication", "For example, a hearing loop or more time"),
    "interpreter_language": Ask("Interpreter", "Never a member of the family. Leave this out if none is needed"),
    "interpreter_dialect": Ask("Dialect, or the language if it is not in the list"),
    "interpreter_gender": Ask("Interpreter: a woman or a man?"),
    "adjustments": Ask("Reasonable adjustments", "What we do differently so that they can take part"),
    "venue": Ask("Where they like to meet"),
    "format": Ask("How they like to meet"),
    "practitioner_gender": Ask("Practitioner: a woman or a man?"),
    "times": Ask("Times that suit them"),
    "network": Ask("Who helps them besides services", "Family, friends, neighbours, faith, groups"),
    "given_by": Ask("Who agreed", "For a child, a parent or carer with parental responsibility"),
    "scope": Ask("What they agreed to"),
    "method": Ask("How they told you"),
    "given_on": Ask("When", DAY),
}
