"""What each entry of this service's audit trail says was done."""

from shared.staff.audit_words import OURS

ACTIONS = {
    **OURS,
    "headcount.enter": "Entered a headcount",
    "headcount.export": "Downloaded the headcounts of an organisation",
    "headcount.read": "Looked at the headcounts of an organisation",
    "organisation.add": "Added an organisation",
    "organisation.close": "Closed an organisation",
    "organisation.open": "Opened a form about organisations",
    "organisations.export": "Downloaded the organisations",
    "organisations.read": "Looked at the organisations",
    "people.export": "Downloaded the people",
    "people.find": "Looked for a person",
    "people.read": "Looked at the people",
    "person.add": "Added a person",
    "person.add_leave": "Recorded long leave",
    "person.add_post": "Added a job of a person",
    "person.change": "Changed a person",
    "person.end_leave": "Recorded the end of long leave",
    "person.leave_post": "Recorded that a person leaves a job",
    "person.merge": "Joined two records of one person",
    "person.move": "Moved a person to another job",
    "person.open": "Began to add a person",
    "person.read": "Looked at a person",
    "person.undo_merge": "Parted two records that were joined",
}
