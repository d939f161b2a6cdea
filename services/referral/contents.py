"""Table of contents of the referral service: what it does, what it publishes, and its pages. No logic."""

from services.referral.commands.accept_referral import accept_referral
from services.referral.commands.add_known_person import add_known_person
from services.referral.commands.add_person import add_person
from services.referral.commands.add_safety_flag import add_safety_flag
from services.referral.commands.add_to_group import add_to_group
from services.referral.commands.administer_measure import administer_measure
from services.referral.commands.agree_plan import agree_plan
from services.referral.commands.answer_measure import answer_measure
from services.referral.commands.answer_task import answer_task
from services.referral.commands.ask_for_more import ask_for_more
from services.referral.commands.assign_lead import assign_lead
from services.referral.commands.book_appointment import book_appointment
from services.referral.commands.break_glass import break_glass
from services.referral.commands.cancel_appointment import cancel_appointment
from services.referral.commands.change_dyad import change_dyad
from services.referral.commands.change_person import change_person
from services.referral.commands.close_goal import close_goal
from services.referral.commands.close_referral import close_referral
from services.referral.commands.close_subject_access import close_subject_access
from services.referral.commands.complete_assessment import complete_assessment
from services.referral.commands.complete_hand_over import complete_hand_over
from services.referral.commands.confirm_destruction import confirm_destruction
from services.referral.commands.correct_contact import correct_contact
from services.referral.commands.correct_measure import correct_measure
from services.referral.commands.decide_disclosure import decide_disclosure
from services.referral.commands.discard_letter import discard_letter
from services.referral.commands.discharge_family import discharge_family
from services.referral.commands.edit_letter import edit_letter
from services.referral.commands.edit_letter_template import edit_letter_template
from services.referral.commands.end_group import end_group
from services.referral.commands.end_membership import end_membership
from services.referral.commands.end_strand import end_strand
from services.referral.commands.extend_subject_access import extend_subject_access
from services.referral.commands.hold_group_session import hold_group_session
from services.referral.commands.hold_review import hold_review
from services.referral.commands.import_caseload import import_caseload
from services.referral.commands.invite_caregiver import invite_caregiver
from services.referral.commands.issue_api_token import issue_api_token
from services.referral.commands.issue_letter import issue_letter
from services.referral.commands.keep_measure import keep_measure
from services.referral.commands.leave_group import leave_group
from services.referral.commands.lift_hold import lift_hold
from services.referral.commands.lift_restriction import lift_restriction
from services.referral.commands.merge_families import merge_families
from services.referral.commands.move_appointment import move_appointment
from services.referral.commands.move_tier import move_tier
from services.referral.commands.note_risk import note_risk
from services.referral.commands.notice_missed_contacts import notice_missed_contacts
from services.referral.commands.open_group import open_group
from services.referral.commands.pause_episode import pause_episode
from services.referral.commands.place_hold import place_hold
from services.referral.commands.plan_hand_over import plan_hand_over
from services.referral.commands.prioritise_referral import prioritise_referral
from services.referral.commands.propose_destruction import propose_destruction
from services.referral.commands.queue_message import queue_message
from services.referral.commands.raise_task import raise_task
from services.referral.commands.rate_goal import rate_goal
from services.referral.commands.receive_message import receive_message
from services.referral.commands.receive_referral import receive_referral
from services.referral.commands.record_access_needs import record_access_needs
from services.referral.commands.record_birth import record_birth
from services.referral.commands.record_consent import record_consent
from services.referral.commands.record_contact import record_contact
from services.referral.commands.record_death import record_death
from services.referral.commands.record_formulation import record_formulation
from services.referral.commands.record_legal_status import record_legal_status
from services.referral.commands.record_liaison import record_liaison
from services.referral.commands.record_no_flags import record_no_flags
from services.referral.commands.record_preferences import record_preferences
from services.referral.commands.record_pregnancy_loss import record_pregnancy_loss
from services.referral.commands.record_training import record_training
from services.referral.commands.refuse_destruction import refuse_destruction
from services.referral.commands.register_api_client import register_api_client
from services.referral.commands.reopen_referral import reopen_referral
from services.referral.commands.request_measure import request_measure
from services.referral.commands.request_subject_access import request_subject_access
from services.referral.commands.restrict_family import restrict_family
from services.referral.commands.resume_episode import resume_episode
from services.referral.commands.resume_messages import resume_messages
from services.referral.commands.retry_message import retry_message
from services.referral.commands.review_break_glass import review_break_glass
from services.referral.commands.review_safety_flag import review_safety_flag
from services.referral.commands.revoke_api_client import revoke_api_client
from services.referral.commands.revoke_measure_request import revoke_measure_request
from services.referral.commands.set_goal import set_goal
from services.referral.commands.skip_measure import skip_measure
from services.referral.commands.start_strand import start_strand
from services.referral.commands.supply_missing import supply_missing
from services.referral.commands.undo_discharge import undo_discharge
from services.referral.commands.undo_merge import undo_merge
from services.referral.commands.undo_outcome import undo_outcome
from services.referral.commands.withdraw_consent import withdraw_consent
from services.referral.commands.withdraw_measure import withdraw_measure
from services.referral.commands.write_letter import write_letter
from services.referral.web import (
    appointment,
    audit,
    caseload,
    caseload_import,
    colleagues,
    extract,
    family,
    glass_review,
    group,
    group_register,
    hold,
    interventions,
    known_person,
    liaison,
    measure_answer,
    measure_entry,
    measure_link,
    measure_record,
    measures,
    merge,
    missing_outcomes,
    my_day,
    new_referral,
    people,
    plan,
    record,
    record_copy,
    refer,
    refer_page,
    referral,
    restriction,
    retention,
    reviews,
    search,
    session,
    session_record,
    start,
    subject_access,
    tasks,
    team,
    tier,
    triage,
    triage_step,
    waiting,
)
from services.referral.web.fhir import reading, token
from services.referral.web.fhir import routes as fhir
from shared.contracts.family import (
    CaregiverInvited,
    ConsentRecorded,
    ConsentWithdrawn,
    FamiliesMerged,
    FamilyRecorded,
    MergeUndone,
    MessagesResumed,
    OutcomeUndone,
    PersonBorn,
    PersonDied,
    PregnancyEnded,
)
from shared.contracts.pathway import (
    AssessmentCompleted,
    ContactCorrected,
    ContactRecorded,
    EpisodeDischarged,
    EpisodeHandedOver,
    EpisodePaused,
    EpisodeResumed,
    FormulationRecorded,
    GoalRated,
    GoalSet,
    InterventionCompleted,
    InterventionStarted,
    PlanAgreed,
    ReferralCompleted,
    ReferralIncomplete,
    ReferralReopened,
    ReviewCompleted,
    TaskAnswered,
    TaskRaised,
    WaitStopped,
)
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, ReferralClosed, ReferralReceived, TierChanged

COMMANDS = (
    agree_plan,
    assign_lead,
    close_goal,
    complete_assessment,
    complete_hand_over,
    discharge_family,
    end_strand,
    hold_review,
    pause_episode,
    plan_hand_over,
    rate_goal,
    record_formulation,
    record_training,
    resume_episode,
    set_goal,
    start_strand,
    undo_discharge,
    refuse_destruction,
    confirm_destruction,
    propose_destruction,
    decide_disclosure,
    close_subject_access,
    extend_subject_access,
    request_subject_access,
    add_person,
    add_known_person,
    change_person,
    end_membership,
    record_birth,
    record_pregnancy_loss,
    record_death,
    undo_outcome,
    resume_messages,
    change_dyad,
    invite_caregiver,
    record_legal_status,
    add_safety_flag,
    review_safety_flag,
    record_no_flags,
    record_access_needs,
    record_preferences,
    record_consent,
    withdraw_consent,
    lift_hold,
    place_hold,
    review_break_glass,
    break_glass,
    lift_restriction,
    restrict_family,
    receive_referral,
    accept_referral,
    close_referral,
    ask_for_more,
    supply_missing,
    prioritise_referral,
    reopen_referral,
    import_caseload,
    merge_families,
    undo_merge,
    move_tier,
    raise_task,
    answer_task,
    administer_measure,
    correct_measure,
    withdraw_measure,
    skip_measure,
    request_measure,
    revoke_measure_request,
    answer_measure,
    keep_measure,
    book_appointment,
    cancel_appointment,
    correct_contact,
    move_appointment,
    note_risk,
    notice_missed_contacts,
    record_contact,
    record_liaison,
    open_group,
    add_to_group,
    leave_group,
    end_group,
    hold_group_session,
    write_letter,
    edit_letter,
    issue_letter,
    discard_letter,
    edit_letter_template,
    queue_message,
    retry_message,
    receive_message,
    register_api_client,
    revoke_api_client,
    issue_api_token,
)

PUBLISHES = (
    ReferralReceived,
    ReferralAccepted,
    ReferralClosed,
    ReferralIncomplete,
    ReferralCompleted,
    ReferralReopened,
    EpisodeOpened,
    TierChanged,
    FamilyRecorded,
    FamiliesMerged,
    MergeUndone,
    PersonBorn,
    PregnancyEnded,
    PersonDied,
    OutcomeUndone,
    MessagesResumed,
    CaregiverInvited,
    ConsentRecorded,
    ConsentWithdrawn,
    TaskRaised,
    TaskAnswered,
    ContactRecorded,
    ContactCorrected,
    WaitStopped,
    AssessmentCompleted,
    FormulationRecorded,
    GoalSet,
    GoalRated,
    PlanAgreed,
    InterventionStarted,
    InterventionCompleted,
    ReviewCompleted,
    EpisodePaused,
    EpisodeResumed,
    EpisodeHandedOver,
    EpisodeDischarged,
)

PAGES = (
    group.router,
    group_register.router,
    liaison.router,
    session.router,
    session_record.router,
    appointment.router,
    start.router,
    retention.router,
    extract.router,
    my_day.router,
    waiting.router,
    reviews.router,
    tasks.router,
    missing_outcomes.router,
    team.router,
    search.router,
    record_copy.router,
    subject_access.router,
    hold.router,
    record.router,
    restriction.router,
    glass_review.router,
    audit.router,
    refer.router,
    refer_page.router,
    triage.router,
    caseload_import.router,
    new_referral.router,
    triage_step.router,
    merge.router,
    referral.router,
    caseload.router,
    family.router,
    measure_entry.router,
    measure_link.router,
    measure_record.router,
    measures.router,
    measure_answer.router,
    known_person.router,
    people.router,
    tier.router,
    interventions.router,
    plan.router,
    colleagues.router,
)
"""`refer` comes before `refer_page`, and `known_person` before `people`: the later address holds any name."""

FHIR = (fhir.router, reading.router, token.router)
"""The second way in, for other systems; it answers in forms of its own."""
