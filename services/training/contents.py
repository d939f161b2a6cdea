"""Table of contents of the training service: whoever reads it knows what the service can do. No logic.

A name is that of a file in its room (`shared.manifest` says which kind is where). `tests/architecture` compares them.
"""

from shared.contracts.vocabulary import Role
from shared.demonstration.people import TEAM_WITH_A_TRAINER
from shared.manifest import NavigationItem, Room, Service

SERVICE = Service(
    __name__,
    of="team",
    title="{place} training",
    settings="TrainingSettings",
    secrets="certificate_key",
    publishes="training training_task teaching workforce certificate",
    roles=frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD, Role.TRAINER}),
    open_to_all={
        "/check": "the page on which anyone checks a certificate",
        "/book": "the pages on which people book a course",
        "/place": "the page of a booking, behind an address that only its person has",
    },
    navigation=(
        NavigationItem("Cohorts", "/cohorts"),
        NavigationItem("Courses", "/courses"),
        NavigationItem("Certificates", "/certificates"),
        NavigationItem("People", "/people"),
        NavigationItem("Coverage", "/coverage"),
        NavigationItem("Tasks", "/tasks"),
        NavigationItem("Audit trail", "/audit", frozenset({Role.TEAM_LEAD})),
    ),
    search=NavigationItem("Find a person", "/find"),
    has_demonstration=True,
    people=TEAM_WITH_A_TRAINER,
    rooms=(
        Room(
            name="staff",
            commands="answer_task",
            queries="task_list",
            capabilities="capabilities",
            pages="tasks audit",
            prepares="menu_counts",
        ),
        Room(
            name="workforce",
            commands="""
                add_leave add_organisation add_person add_post answer_same_person change_person close_organisation
                confirm_leavers end_leave end_post enter_headcount send_people store_people
            """,
            queries="""
                headcount_list import_list import_preview organisation_list organisations_offered people_list
                people_search person_record similar_people
            """,
            timers={"forget_imports": 3600},
            # `people` and `imports` before `person`: the address of one holds any id
            pages="home people imports import_answers find organisations person post",
            prepares="imports",
        ),
        Room(name="courses", commands="plan_cohort", pages="courses"),
        Room(
            name="places",
            commands="""
                accept_place book_place call_off_cohort change_cohort give_up_place move_place move_up
                retry_message stop_watching tell_needs watch_dates
            """,
            queries="booking_record coming_dates cohort_list cohort_record message_list",
            # `new_dates` before `book`: an address of that takes any second part
            pages="cohorts cohort booking new_dates book place messages",
            prepares="book new_dates",
            timers={"forget_needs": 3600, "lapse_offers": 60, "send_due_messages": 5, "tell_new_dates": 60},
        ),
        Room(
            name="certificates",
            commands="complete_training issue_certificate reissue_certificate take_back_completion withdraw_completion",
            queries="completion_list completion_record",
            pages="check completions",
            prepares="check",
            timers={"expire_trainings": 300, "tell_holders": 5},
        ),
        Room(
            name="accreditation",
            commands="""
                answer_case change_case grant_accreditation record_case remove_case withdraw_accreditation
            """,
            queries="accreditation_list accreditation_record",
            pages="accreditations cases",
            timers={
                "ask_for_renewals": 3600,
                "expire_accreditations": 300,
                "remind_to_refresh": 3600,
                "send_back_cases": 3600,
                "tell_accredited": 5,
            },
        ),
        Room(
            name="attendance",
            commands="add_walk_in close_register mark_attendance",
            queries="register_sheet",
            pages="register",
            timers={"raise_register_tasks": 3600},
        ),
        Room(
            name="confidence",
            commands="answer_questions",
            queries="cohort_confidence",
            timers={"reckon_confidence": 3600, "remind_people": 300},
            pages="questions",
        ),
        Room(
            name="coverage",
            commands="record_champion_activity",
            queries="champion_list coverage_table trained_people",
            timers={"reckon_coverage": 21600},
            # `trained` last: an address of it holds any id
            pages="coverage champions trained",
        ),
        Room(
            name="merges",
            commands="merge_people undo_people_merge",
            queries="joined_names other_record",
            pages="join",
        ),
        Room(
            name="network",
            commands="bring_certificate",
            network="on_certificate_issued on_certificate_replaced on_certificate_withdrawn on_key_published",
            pages="bring",
        ),
        Room(name="erasure", commands="erase_person", pages="erase"),
    ),
)
