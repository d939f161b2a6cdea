"""Table of contents of the training service: whoever reads it knows what the service can do. No logic.

A name is that of a file in its room (`shared.manifest` says which kind is where). `tests/architecture` compares them.
"""

from uuid import UUID

from shared.contracts.vocabulary import Role
from shared.manifest import NavigationItem, Person, Room, Service

SERVICE = Service(
    __name__,
    of="team",
    title="{place} training",
    settings="TrainingSettings",
    publishes="training workforce",
    roles=frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD, Role.TRAINER}),
    navigation=(
        NavigationItem("People", "/people"),
        NavigationItem("Organisations", "/organisations"),
        NavigationItem("Audit trail", "/audit", frozenset({Role.TEAM_LEAD})),
    ),
    search=NavigationItem("Find a person", "/find"),
    people=(
        Person(UUID(int=1001), "Priya Sample", frozenset({Role.PRACTITIONER}), "Practitioner"),
        Person(UUID(int=1002), "Tom Specimen", frozenset({Role.TEAM_LEAD, Role.PRACTITIONER}), "Team lead"),
        Person(UUID(int=1003), "Ann Pattern", frozenset({Role.TEAM_ADMINISTRATOR}), "Team administrator"),
        Person(UUID(int=1004), "Beth Instance", frozenset({Role.PRACTITIONER, Role.TRAINER}), "Practitioner, trainer"),
    ),
    rooms=(
        Room(name="staff", capabilities="capabilities", pages="audit"),
        Room(
            name="workforce",
            commands="""
                add_leave add_organisation add_person add_post answer_same_person change_person close_organisation
                confirm_leavers end_leave end_post enter_headcount send_people store_people
            """,
            queries="""
                headcount_list import_list import_preview organisation_list people_list people_search person_record
                similar_people
            """,
            timers={"forget_imports": 3600},
            # `people` and `imports` before `person`: the address of one holds any id
            pages="home people imports import_answers find organisations person post",
            prepares="imports",
        ),
        Room(name="courses"),
        Room(name="places"),
        Room(name="certificates"),
        Room(name="attendance"),
        Room(name="confidence"),
        Room(name="coverage"),
        Room(
            name="merges",
            commands="merge_people undo_people_merge",
            queries="joined_names other_record",
            pages="join",
        ),
    ),
)
