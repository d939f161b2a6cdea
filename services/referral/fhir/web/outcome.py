"""Why a request to the FHIR API was not done: an OperationOutcome that says where, and what to do.

It never repeats what was sent. `issue.code` is from FHIR's issue-type; `details` has the code that BaRS gives the
HTTP status, and its senders decide by it whether to try again.
"""

from enum import StrEnum
from http import HTTPStatus
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import JSONResponse

from shared.kernel.errors import Refusal, RuleBroken
from shared.web.problems import Problem

MEDIA_TYPE = "application/fhir+json"
_ERROR_CODES = "https://fhir.nhs.uk/Codesystem/http-error-codes"
_OURS = "fhir_"
_TRACE_HEADERS = ("X-Request-ID", "X-Correlation-ID")


class Issue(StrEnum):
    """The part of FHIR R4's issue-type that is about content."""

    STRUCTURE = "structure"
    REQUIRED = "required"
    VALUE = "value"
    INVARIANT = "invariant"
    CODE_INVALID = "code-invalid"
    NOT_SUPPORTED = "not-supported"
    NOT_FOUND = "not-found"
    EXTENSION = "extension"
    TOO_LONG = "too-long"


class WrongResource(RuleBroken):
    """What was sent can be read, and cannot be a referral.

    Args:
        path: FHIRPath of the element, made of names of the standard and numbers only.
    """

    def __init__(self, issue: Issue, sentence: str, path: str) -> None:
        super().__init__(_OURS + issue, sentence, field=path)


class AlreadyTold(WrongResource):
    """It depends on something of which the sender is told anyway that it is wrong."""

    def __init__(self, path: str) -> None:
        super().__init__(Issue.NOT_FOUND, "What this refers to cannot be read.", path)


class UnreadableResource(Refusal):
    """What was sent is not a resource that this API knows."""

    def __init__(self, issue: Issue, sentence: str, path: str | None = None) -> None:
        super().__init__(_OURS + issue, sentence, field=path)


_ISSUES = {
    400: "structure",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    408: "timeout",
    409: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "business-rule",
    429: "throttled",
    431: "too-long",
    503: "transient",
}

_BARS = {
    400: "REC_BAD_REQUEST",
    401: "REC_UNAUTHORIZED",
    403: "REC_FORBIDDEN",
    404: "REC_NOT_FOUND",
    405: "REC_METHOD_NOT_ALLOWED",
    408: "REC_TIMEOUT",
    409: "REC_CONFLICT",
    422: "REC_UNPROCESSABLE_ENTITY",
    429: "REC_TOO_MANY_REQUESTS",
    500: "REC_SERVER_ERROR",
    503: "REC_UNAVAILABLE",
}

_SENTENCES = {
    400: "The body cannot be read. Send JSON in UTF-8, nested no deeper than 20 levels.",
    401: "Ask /oauth2/token for a token, and send it in the header `Authorization: Bearer`.",
    404: "There is nothing at this address. /fhir/metadata says what there is.",
    405: "This address does not take this method. /fhir/metadata says what there is.",
    413: "The body is larger than 1 MiB, or the bundle has more than 100 entries. Send one referral in a message.",
    415: "Send application/fhir+json or application/json, and do not compress it.",
    431: "The headers are too large. Send only those that the documentation names.",
}
"""What to do, where the words for people at a browser would not help."""


def as_operation_outcome(request: Request, problem: Problem) -> JSONResponse:
    """The renderer of everything under `/fhir/`: an issue for each thing that is wrong."""
    issues = [_issue(one) for one in (problem, *problem.others)]
    outcome = {"resourceType": "OperationOutcome", "id": problem.reference, "issue": issues}
    return JSONResponse(outcome, problem.status, trace_headers(request), MEDIA_TYPE)


def _issue(problem: Problem) -> dict[str, Any]:
    issue: dict[str, Any] = {
        "severity": "fatal" if problem.status >= 500 else "error",
        "code": _issue_code(problem),
        "diagnostics": _sentence(problem),
    }
    if problem.status in _BARS:
        issue["details"] = {"coding": [{"system": _ERROR_CODES, "code": _BARS[problem.status]}]}
    if problem.field:
        issue["expression"] = [problem.field]
    return issue


def fhir_response(request: Request, content: dict[str, Any], *, status: int = 200) -> JSONResponse:
    """A resource as the answer to a request that was done; nothing on its way keeps it."""
    return JSONResponse(content, status, {**trace_headers(request), "Cache-Control": "no-store"}, MEDIA_TYPE)


def trace_headers(request: Request) -> dict[str, str]:
    """The two ids that a BaRS sender gives a request, given back if they are UUIDs."""
    given = {name: request.headers.get(name, "") for name in _TRACE_HEADERS}
    return {name: value for name, value in given.items() if _is_uuid(value)}


def _issue_code(problem: Problem) -> str:
    if problem.code.startswith(_OURS):
        return problem.code.removeprefix(_OURS)
    if problem.code.startswith("json_"):
        return Issue.STRUCTURE
    return _ISSUES.get(problem.status, "exception")


def _sentence(problem: Problem) -> str:
    raised_as_status = problem.code == HTTPStatus(problem.status).phrase.lower().replace(" ", "_").replace("-", "_")
    return _SENTENCES.get(problem.status, problem.sentence) if raised_as_status else problem.sentence


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
