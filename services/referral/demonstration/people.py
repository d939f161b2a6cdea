"""Invented colleagues: one button for each at the sign-in of a demonstration."""

from uuid import UUID

from shared.contracts.vocabulary import Role
from shared.web.sessions import Person

PEOPLE = (
    Person(UUID(int=1001), "Priya Sample (practitioner)", frozenset({Role.PRACTITIONER})),
    Person(UUID(int=1002), "Tom Specimen (team lead)", frozenset({Role.TEAM_LEAD, Role.PRACTITIONER})),
    Person(UUID(int=1003), "Ann Pattern (team administrator)", frozenset({Role.TEAM_ADMINISTRATOR})),
    Person(UUID(int=1004), "Beth Instance (practitioner)", frozenset({Role.PRACTITIONER})),
    Person(UUID(int=1005), "Kofi Template (practitioner)", frozenset({Role.PRACTITIONER})),
    Person(UUID(int=1006), "Marta Model (practitioner)", frozenset({Role.PRACTITIONER})),
)
