"""All pages of a team by the app's own routes, and an address of each from a whole record; for tests.

A route that is not named here makes `addresses_of` fail with its path, so that no new page escapes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from services.referral.letters.domain.letter_kind import ALL_TEMPLATES
from shared.staff.form_routes import DraftRoute
from tests.referral.whole_record import WholeRecord

NO_PAGE = re.compile(r"^/(fhir|oauth2)/|^/session$|\.(csv|pdf|zip)$|^/openapi")


def page_routes(app: FastAPI) -> list[str]:
    """The paths of the pages, with their parameters' names."""
    return [path for path in dict.fromkeys(_paths(app.routes)) if not NO_PAGE.search(path)]


def every_route(app: FastAPI) -> list[APIRoute]:
    """Everything that the app answers, in its order."""
    return list(_routes(app.routes))


def get_routes(app: FastAPI) -> list[tuple[str, re.Pattern[str]]]:
    """Everything that answers a link, with what its address is like; as the app does, the first one counts."""
    return [(route.path, route.path_regex) for route in _routes(app.routes) if "GET" in (route.methods or ())]


def addresses_of(app: FastAPI, record: WholeRecord) -> dict[str, list[str]]:
    """Path → addresses; several where a part of the path names a form. Those of the public form are a journey."""
    known = _known(record)
    found: dict[str, list[str]] = {}
    for path in page_routes(app):
        if path == "/refer" or path.startswith("/refer/"):
            continue
        found[path] = known.get(path) or [_of_family(path, record)]
        assert all(found[path]), f"{path} has no address: say in every_page.py with what it is opened"
    return found


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
        "/colleagues/{colleague_id}/training": record.family.practitioner.id,
        "/m/{token}": record.measure_link,
    }
    found = {path: [_filled(path, one)] for path, one in ids.items()}
    for way in ("new", "skip", "link"):
        found[f"/families/{{family_id}}/measures/{way}"] = [f"{family}/measures/{way}?measure=EPDS"]
    found["/families/{family_id}/measures/links/{request_id}"] = [f"{family}/measures/links/{record.measure_request}"]
    found["/families/{family_id}/letters/new"] = [f"{family}/letters/new?kind=family_missed"]
    found["/referrals/{referral_id}/letters/new"] = [
        f"/referrals/{record.closed_referral}/letters/new?kind=referrer_decided"
    ]
    found["/families/{family_id}/ask"] = [f"{family}/ask?for={family}/discharge"]
    found["/settings/letters/{name}"] = [f"/settings/letters/{name.value}" for name in ALL_TEMPLATES[:1]]
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


def _of_family(path: str, record: WholeRecord) -> str:
    """Of a path that says only what the whole record has one of; else empty."""
    for name, value in ids_by_name(record).items():
        path = path.replace(f"{{{name}}}", str(value))
    return "" if "{" in path else path


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


def _paths(routes: Sequence[BaseRoute]) -> Iterator[str]:
    yield from (route.path for route in _routes(routes) if "GET" in (route.methods or ()))


def _routes(routes: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute) and not isinstance(route, DraftRoute):
            yield route
