"""Table of contents of reporting: whoever reads it knows what the service can do. No logic.

A name is that of a file (`shared.manifest` says which kind is where). `tests/architecture` compares them.
"""

from uuid import UUID

from shared.contracts.vocabulary import Role
from shared.manifest import NavigationItem, Person, Room, Service

_LEAD = frozenset({Role.REGIONAL_LEAD})

SERVICE = Service(
    __name__,
    of="region",
    title="Regional reporting",
    settings="ReportingSettings",
    secrets="subscription_key",
    roles=frozenset({Role.REGIONAL_LEAD, Role.LOCALITY_LEAD, Role.COMMISSIONER}),
    navigation=(
        NavigationItem("At a glance", "/"),
        NavigationItem("Indicators", "/indicators"),
        NavigationItem("Teams", "/teams"),
        NavigationItem("Need", "/need"),
        NavigationItem("Flow", "/flow"),
        NavigationItem("Waits", "/waits"),
        NavigationItem("Workforce", "/workforce"),
        NavigationItem("Actions", "/actions", _LEAD | {Role.LOCALITY_LEAD}),
        NavigationItem("Data", "/data-quality", _LEAD),
        NavigationItem("Snapshots", "/snapshots", _LEAD),
        NavigationItem("Subscriptions", "/subscriptions"),
    ),
    open_to_all={"/stop": "the page that stops emails, behind an address that only whoever gets them has"},
    people=(
        Person(UUID(int=4), "Regional lead", frozenset({Role.REGIONAL_LEAD})),
        Person(UUID(int=5), "Locality lead", frozenset({Role.LOCALITY_LEAD}), localities=frozenset({"blackpool"})),
        Person(UUID(int=6), "Commissioner", frozenset({Role.COMMISSIONER})),
    ),
    rooms=(
        Room(
            name="facts",
            queries="audit_trails freshness set_aside unmade_facts",
            reactions={
                "referral": """
                    on_regional_referral_received on_regional_referral_accepted on_regional_referral_closed
                    on_regional_episode_opened on_regional_tier_changed on_regional_assessment_completed
                    on_regional_caseload_reckoned on_regional_change_measured on_regional_contact_recorded
                    on_regional_episode_discharged on_regional_episode_discharged_followed
                    on_regional_experience_reckoned on_regional_family_rereferred
                    on_regional_family_rereferred_followed on_regional_goal_moved on_regional_intervention_ended
                    on_regional_intervention_started on_regional_plan_agreed on_regional_referral_incomplete
                    on_regional_review_completed on_regional_wait_stopped
                """,
                "consultation": """
                    on_regional_consultation_converted on_regional_consultation_evaluated
                    on_regional_consultation_held on_regional_posts_reckoned on_regional_supervision_reckoned
                """,
                "training": """
                    on_regional_champions_reckoned on_regional_confidence_reckoned on_regional_course_day_held
                    on_regional_coverage_reckoned on_regional_place_booked on_regional_place_ended
                    on_regional_training_completed
                """,
            },
        ),
        Room(
            name="indicators",
            commands="enter_parameter set_target withdraw_target",
            queries="area_values targets",
            pages="areas",
            timers={"reckon_figures": 0.25, "enter_known_areas": 60},
            tools={
                "rebuild": "Make the facts anew from the event log, and the figures from the facts; the old ones serve."
            },
        ),
        Room(
            name="publication",
            commands="say_not_ready say_ready",
            queries="month_backlog overdue_month published_series readiness_list revision_list snapshot_list",
            pages="snapshots readiness",
            figures="month_backlog",
            alarms={
                "month_overdue": "A month should have been frozen by now. See deploy/runbooks/month-overdue.md.",
            },
            timers={"publish_figures": 1, "freeze_months": 60},
        ),
        Room(name="variation"),
        Room(
            name="dashboard",
            commands="add_chart_note agree_action close_action decide_recalculation hand_over_action",
            queries="action_list chart_remarks regional_figures snapshots",
            pages="""
                region remark actions target indicator team compare subject figure_file page_file report data_quality
                live
            """,
            prepares="reach",
        ),
        Room(
            name="subscription",
            commands="""
                change_key change_subscription end_subscription mute_cell pause_subscription replay_deliveries
                send_again send_one_now stop_digest subscribe
            """,
            queries="back_tested known_choices seen_figures subscription_list subscription_record",
            pages="subscriptions subscription back_test make doing stop api",
            timers={
                "look_at_figures": 30,
                "send_digests": 5,
                "call_webhooks": 1,
                "put_on_stream": 2,
                "clear_what_was_told": 3600,
                "pause_forgotten": 60,
            },
            tools={"subscribe": "List subscriptions, make one, or read what one tells and told."},
        ),
    ),
)
