"""All pages of a team by the app's own routes, and an address of each from a whole record; for tests.

A route that is not named here makes `addresses_of` fail with its path, so that no new page escapes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI

from services.referral.letters.domain.letter_kind import ALL_TEMPLATES
from shared.testing.page_routes import addresses_of as addresses
from shared.testing.page_routes import page_routes as routes_of_pages
from tests.referral.whole_record import WholeRecord

_API = re.compile(r"^/(fhir|oauth2)/")


def page_routes(app: FastAPI) -> list[str]:
    """The paths of the pages, with their parameters' names."""
    return [path for path in routes_of_pages(app) if not _API.search(path)]


def addresses_of(app: FastAPI, record: WholeRecord) -> Mapping[str, Sequence[str]]:
    """Path → addresses; several where a part of the path names a form. Those of the public form are a journey."""
    paths = [path for path in page_routes(app) if path != "/refer" and not path.startswith("/refer/")]
    return addresses(paths, ids_by_name(record), _known(record))


def _known(record: WholeRecord) -> dict[str, list[str]]:
    family = f"/families/{record.family.family_id}"
    ids: Mapping[str, Any] = {
        "/referrals/{referral_id}": record.open_referral,
        "/referrals/{referral_id}/danger": record.danger_referral,
        "/referrals/{referral_id}/ask": record.open_referral,
        "/referrals/{referral_id}/priority": record.open_referral,
        "/referrals/{referral_id}/supply": record.asked_referral,
        "/referrals/{referral_id}/reopen": record.closed_referral,
        "/referrals/{referral_id}/letters": record.closed_referral,
        "/referrals/{referral_id}/letters/choose": record.closed_referral,
        "/letters/{letter_id}": record.letter,
        "/letters/{letter_id}.html": record.letter,
        "/letters/{letter_id}/edit": record.letter,
        "/groups/{group_id}": record.group.id,
        "/groups/{group_id}/sessions/new": record.group.id,
        "/tasks/{task_id}": record.task,
        "/retention/{destruction_id}": record.destruction,
        "/families/{family_id}/destruction": record.old,
        "/break-glass/{break_glass_id}": record.opening,
        "/colleagues/{colleague_id}/capacity": record.family.practitioner.id,
        "/colleagues/{colleague_id}/training": record.family.practitioner.id,
        "/m/{token}": record.measure_link,
    }
    found = {path: [_filled(path, one)] for path, one in ids.items()}
    for way in ("new", "skip", "link"):
        found[f"/families/{{family_id}}/measures/{way}"] = [f"{family}/measures/{way}?measure=OWN"]
    found["/families/{family_id}/measures/links/{request_id}"] = [f"{family}/measures/links/{record.measure_request}"]
    found["/groups/{group_id}/join"] = [f"/groups/{record.group.id}/join?whose=team"]
    found["/families/{family_id}/letters/new"] = [f"{family}/letters/new?kind=family_missed"]
    found["/referrals/{referral_id}/letters/new"] = [
        f"/referrals/{record.closed_referral}/letters/new?kind=referrer_decided"
    ]
    found["/families/{family_id}/ask"] = [f"{family}/ask?for={family}/discharge"]
    found["/settings/letters/{name}"] = [f"/settings/letters/{name.value}" for name in ALL_TEMPLATES[:1]]
    found["/settings/notes/{name}"] = ["/settings/notes/usual_visit"]
    found["/families/{family_id}/merges/{merge_id}"] = [f"/families/{record.merged}/merges/{record.merge}"]
    for path in ("move", "cancel"):
        found[f"/families/{{family_id}}/appointments/{{contact_id}}/{path}"] = [
            f"{family}/appointments/{record.booked}/{path}"
        ]
    for end, other in _other_families(record).items():
        found[f"/families/{{family_id}}/{end}"] = [f"/families/{other}/{end}"]
    for name, subject in {"rate-goal": record.goal, "close-goal": record.goal, "end-strand": record.strand}.items():
        found[f"/families/{{family_id}}/plan/{{subject_id}}/{name}"] = [f"{family}/plan/{subject}/{name}"]
    for name, subject in _subjects(record).items():
        found[f"/families/{{family_id}}/people/{{subject_id}}/{name}"] = [f"/families/{subject}/{name}"]
    return found


def ids_by_name(record: WholeRecord) -> Mapping[str, object]:
    """What a part of a path names, where the whole record has one of it."""
    return {
        "family_id": record.family.family_id,
        "contact_id": record.held,
        "request_id": record.copy,
        "hold_id": record.hold,
        "administration_id": record.measure,
        "subject_id": record.family.leonie,
        "letter_id": record.letter,
        "group_id": record.group.id,
        "place_id": record.place,
        "referral_id": record.open_referral,
        "callback_id": record.callback,
    }


def _other_families(record: WholeRecord) -> Mapping[str, object]:
    """Where a form of a family can be answered, which it cannot for the one in full work."""
    return {
        "people/add-known": record.expecting,
        "people/no-flags": record.expecting,
        "people/resume-messages": record.bereaved,
        "plan/resume": record.paused,
        "plan/undo-discharge": record.discharged,
    }


def _subjects(record: WholeRecord) -> Mapping[str, str]:
    """What a form of a family's people is about, where Leonie is not right."""
    family = record.family.family_id
    return {
        "birth": f"{record.expecting}/people/{record.unborn}",
        "loss": f"{record.expecting}/people/{record.unborn}",
        "undo": f"{record.bereaved}/people/{record.lost}",
        "dyad": f"{family}/people/{record.dyad}",
        "flag": f"{family}/people/{record.flag}",
        "withdraw": f"{family}/people/{record.consent}",
        "leave": f"{family}/people/{record.twin}",
    }


def _filled(path: str, value: object) -> str:
    return re.sub(r"\{[a-z_]+\}", str(value), path)
