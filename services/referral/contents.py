"""Table of contents of the referral service: whoever reads it knows what the service can do. No logic.

A name is that of a file in its room (`shared.manifest` says which kind is where). `tests/architecture` compares them.
"""

from shared.contracts.vocabulary import Role
from shared.demonstration.people import TEAM
from shared.manifest import NavigationItem, Room, Service

SERVICE = Service(
    __name__,
    of="team",
    title="{place} parent-infant team",
    settings="ReferralSettings",
    publishes="referral family pathway contact wait ending promise measure reckoning",
    roles=frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD}),
    open_to_all={"/refer": "the form with which families are referred"},
    navigation=(
        NavigationItem("My day", "/my-day"),
        NavigationItem("Caseload", "/caseload"),
        NavigationItem("Triage", "/triage"),
        NavigationItem("Waiting", "/waiting"),
        NavigationItem("Reviews", "/reviews"),
        NavigationItem("Tasks", "/tasks"),
        NavigationItem("Groups", "/groups"),
        NavigationItem("More", "/more"),
    ),
    search=NavigationItem("Find a family", "/search"),
    demonstration_settings={
        "phone_line": "01632 960 140, Monday to Friday, 9am to 5pm",
        "alarmed": "team_lead,practitioner",
    },
    has_demonstration=True,
    plans_once=True,
    people=TEAM,
    rooms=(
        Room(name="team"),
        Room(
            name="staff",
            commands="answer_promise answer_task ask_colleague keep_promises raise_task settle_open_work",
            queries="danger_to_answer lead_list practitioner_list still_open",
            capabilities="capabilities",
            prepares="promise_line",
        ),
        Room(
            name="people",
            commands="""
                add_known_person add_person add_safety_flag change_dyad change_person end_membership
                invite_caregiver queue_message record_access_needs record_birth record_consent
                record_death record_legal_status record_no_flags record_preferences
                record_pregnancy_loss resume_messages retry_message review_safety_flag undo_outcome
                withdraw_consent
            """,
            queries="""
                family_banner family_tasks matching_people message_backlog people_record primary_carers
                record_versions
            """,
            figures="message_backlog",
            timers={"raise_birth_tasks": 3600, "send_due_messages": 5},
            pages="people",
        ),
        Room(
            name="support",
            commands="""
                agree_plan assign_lead close_goal complete_assessment end_strand hold_review move_tier
                pause_episode rate_goal record_formulation record_training resume_episode set_capacity
                set_goal start_strand tell_rereferrals
            """,
            queries="colleague_trainings episode_record open_strands plan_record tier_history",
            reactions={"training": "on_training_completed on_training_holder_changed on_training_withdrawn"},
            pages="tier interventions",
        ),
        Room(
            name="contacts",
            commands="""
                book_appointment cancel_appointment correct_contact edit_note_template move_appointment note_risk
                notice_missed_contacts record_contact record_liaison
            """,
            queries="booking_needs diary notes_about_family recent_notes session_list",
            reactions={"consultation": "on_consultation_held on_consultation_identified on_consultation_withdrawn"},
            timers={"remind_of_appointments": 300},
            pages="liaison session session_correction appointment diary note_templates",
        ),
        Room(
            name="intake",
            commands="""
                accept_referral answer_callback ask_for_more close_referral import_caseload leave_number
                make_promise merge_families prioritise_referral promise_answer receive_referral
                refer_consultation reopen_referral supply_missing take_over_contact undo_merge
            """,
            queries="merges possible_duplicates referral_record triage_queue",
            reactions={"consultation": "on_consultation_withdrawn on_referral_wanted"},
            # `refer_page` after the others of its kind: its address holds any name
            pages="""
                start refer_leave refer refer_copy refer_later refer_danger refer_page callback triage caseload_import
                new_referral triage_step danger merge referral
            """,
            timers={"notice_overdue_promises": 60, "destroy_old_callbacks": 3600},
            prepares="refer caseload_import merged",
        ),
        Room(
            name="endings",
            commands="complete_hand_over discharge_family plan_hand_over undo_discharge",
            timers={"raise_hand_over_tasks": 3600},
            pages="plan",
        ),
        Room(
            name="measures",
            commands="""
                administer_measure answer_measure correct_measure keep_measure request_measure
                revoke_measure_request skip_measure tell_change withdraw_measure
            """,
            queries="due_measures family_measures",
            # `session_form` before `session_record`: the address of a session holds any name
            pages="""
                session_form session_record measure_entry measure_link measure_correction measure_record measures
                measure_answer
            """,
            prepares="measure_pack usual_measures measure_answer",
        ),
        Room(
            name="letters",
            commands="discard_letter edit_letter edit_letter_template issue_letter write_letter",
            queries="letter_list",
            pages="letters new_letter letter letter_templates",
        ),
        Room(
            name="groups",
            commands="add_to_group end_group hold_group_session leave_group open_group",
            queries="group_record",
            pages="group group_page group_join group_register",
        ),
        Room(
            name="worklists",
            queries="""
                caseload day_plan family_events family_overview message_list missing_outcomes
                record_search review_list task_list team_list waiting_list waiting_summary
            """,
            pages="""
                ask_colleague messages my_day print_pack more waiting reviews tasks missing_outcomes team search
                caseload family
            """,
            prepares="menu_counts",
        ),
        Room(name="reckoning", timers={"reckon_caseload": 21600, "reckon_experience": 21600}),
        Room(
            name="governance",
            commands="""
                break_glass close_subject_access confirm_destruction decide_disclosure
                extend_subject_access lift_hold lift_restriction place_hold propose_destruction
                refuse_destruction request_subject_access restrict_family review_break_glass
            """,
            queries="""
                break_glass_list extract_rows named_records record_history retention_list shared_record
                subject_access_copy subject_access_list team_needs
            """,
            timers={"check_audit_trail": 60},
            pages="""
                retention destruction extract record_copy subject_access copy_request hold record restriction
                glass_review break_glass audit colleagues capacity needs_me training
            """,
            prepares="refused named_records",
        ),
        Room(
            name="fhir",
            commands="""
                end_old_api_secret issue_api_token receive_message register_api_client renew_api_secret
                revoke_api_client
            """,
            queries="api_client_list message_status",
            pages="reading routes token",
            prepares="routes token",
            tools={
                "client": "Let another system refer to a team by FHIR, list those that may, or end what one may do."
                " The secret is shown once (docs/fhir.md)."
            },
        ),
    ),
)
