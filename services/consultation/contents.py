"""Table of contents of the consultation service: whoever reads it knows what the service can do. No logic.

A name is that of a file in its room (`shared.manifest` says which kind is where). `tests/architecture` compares them.
"""

from shared.contracts.vocabulary import Role
from shared.demonstration.people import TEAM
from shared.manifest import NavigationItem, Room, Service

SERVICE = Service(
    __name__,
    of="team",
    title="{place} consultation",
    publishes="consultation",
    open_to_all={"/book": "where places in drop-ins and groups are booked"},
    roles=frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD}),
    navigation=(
        NavigationItem("Log", "/consultations"),
        NavigationItem("Diary", "/diary"),
        NavigationItem("Organisations", "/organisations"),
        NavigationItem("Tasks", "/tasks"),
        NavigationItem("Audit trail", "/audit", frozenset({Role.TEAM_LEAD})),
    ),
    has_demonstration=True,
    history_after="referral",
    people=TEAM,
    rooms=(
        Room(
            name="staff",
            commands="answer_task",
            queries="task_list",
            capabilities="capabilities",
            pages="tasks audit",
        ),
        Room(
            name="organisations",
            commands="add_organisation close_organisation",
            queries="organisation_list",
            pages="organisations",
        ),
        Room(
            name="consultations",
            commands="identify_consultation log_consultation want_referral withdraw_consultation",
            queries="consultation_list usefulness usual_answers",
            reactions={
                "referral": """
                    on_consent_recorded on_consent_withdrawn on_consultation_referred on_families_merged
                    on_family_recorded on_merge_undone
                """
            },
            # `log` before `consultation`: the address of one holds any id
            pages="home consultations log consultation",
            prepares="menu_counts",
        ),
        Room(
            name="evaluations",
            commands="ask_if_it_helped evaluate_consultation",
            pages="evaluation",
            prepares="evaluation",
        ),
        Room(
            name="diary",
            commands="add_walk_in book_meeting cancel_meeting log_meeting mark_attendance plan_meeting",
            queries="meeting_list meeting_register",
            pages="diary booking",
        ),
        Room(name="supervision"),
    ),
)
