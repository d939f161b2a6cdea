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
    settings="ConsultationSettings",
    publishes="consultation supervision",
    open_to_all={"/book": "where places in drop-ins and groups are booked"},
    roles=frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD}),
    navigation=(
        NavigationItem("Log", "/consultations"),
        NavigationItem("Diary", "/diary"),
        NavigationItem("Organisations", "/organisations"),
        NavigationItem("Supervision", "/supervision", frozenset({Role.PRACTITIONER, Role.TEAM_LEAD})),
        NavigationItem("Tasks", "/tasks"),
        NavigationItem("Audit trail", "/audit", frozenset({Role.TEAM_LEAD})),
    ),
    search=NavigationItem("Find a consultation", "/find"),
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
            queries="consultation_list consultation_search usefulness usual_answers",
            reactions={
                "referral": """
                    on_consent_recorded on_consent_withdrawn on_consultation_referred on_families_merged
                    on_family_recorded on_merge_undone
                """
            },
            # `log` before `consultation`: the address of one holds any id
            pages="home consultations log find consultation",
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
            commands="""
                add_walk_in book_meeting cancel_meeting give_up_meeting log_meeting mark_attendance plan_meeting
                retry_message
            """,
            queries="meeting_list meeting_register message_list",
            pages="diary booking messages",
            timers={"forget_emails": 3600, "send_due_messages": 5},
        ),
        Room(
            name="supervision",
            commands="""
                agree_supervision cancel_supervision change_leave change_supervision change_supervision_rules
                correct_agreement note_early_leaving record_leave record_supervision write_supervision_note
            """,
            queries="""
                agreement_list session_list supervision_months supervision_records supervision_team
            """,
            timers={"raise_supervision_tasks": 3600, "reckon_posts": 3600, "reckon_supervision_months": 3600},
            # `supervision_session` before `supervision_sessions`: the address of one holds any id
            pages="""
                own_supervision supervision_team supervision_session supervision_sessions supervision_notes
                supervision_leave supervision_agreements supervision_rules
            """,
        ),
    ),
)
