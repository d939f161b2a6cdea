"""Table of contents of the referral service: its events, timers and pages. A command is a file of `commands/`."""

from services.referral.contacts.timers.remind_of_appointments import remind_of_appointments
from services.referral.contacts.web import appointment, liaison, session, session_form, session_record
from services.referral.endings.timers.raise_hand_over_tasks import raise_hand_over_tasks
from services.referral.endings.web import plan
from services.referral.fhir.web import reading, token
from services.referral.fhir.web import routes as fhir
from services.referral.governance.timers.check_audit_trail import check_audit_trail
from services.referral.governance.web import (
    audit,
    colleagues,
    extract,
    glass_review,
    hold,
    record,
    record_copy,
    restriction,
    retention,
    subject_access,
)
from services.referral.groups.web import group, group_register
from services.referral.intake.web import (
    caseload_import,
    merge,
    new_referral,
    refer,
    refer_later,
    refer_page,
    referral,
    start,
    triage,
    triage_step,
)
from services.referral.letters.web import letter, letter_templates, letters
from services.referral.measures.web import measure_answer, measure_entry, measure_link, measure_record, measures
from services.referral.people.timers.raise_birth_tasks import raise_birth_tasks
from services.referral.people.timers.send_due_messages import send_due_messages
from services.referral.people.web import known_person, people
from services.referral.support.web import interventions, tier
from services.referral.worklists.web import (
    caseload,
    family,
    messages,
    missing_outcomes,
    more,
    my_day,
    reviews,
    search,
    tasks,
    team,
    waiting,
)
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
from shared.contracts.measure import ChangeMeasured, MeasureRecorded, MeasureSkipped
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
    MeasureRecorded,
    MeasureSkipped,
    ChangeMeasured,
)

TIMERS = (
    (send_due_messages, 5),
    (remind_of_appointments, 300),
    (raise_birth_tasks, 3600),
    (raise_hand_over_tasks, 3600),
    (check_audit_trail, 60),
)
"""Each with the seconds between one run that found nothing to do and the next."""

PAGES = (
    letters.router,
    letter.router,
    letter_templates.router,
    messages.router,
    group.router,
    group_register.router,
    liaison.router,
    session.router,
    session_form.router,
    session_record.router,
    appointment.router,
    start.router,
    retention.router,
    extract.router,
    my_day.router,
    more.router,
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
    refer_later.router,
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
