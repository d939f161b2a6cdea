"""Which class an entry's type means, and how an old version is read.

A catalogue knows the newest version of every event. An older version is brought up to it by pure functions, one a step
(v1 → v2, v2 → v3); a newer one cannot be read by this build, and must not be skipped.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from shared.contracts import family, measure, pathway
from shared.contracts.event import Event, RegionEvent, name_and_version
from shared.contracts.platform import TeamLeft, TeamOnboarded, TeamSuspended
from shared.contracts.referral import EpisodeOpened, ReferralAccepted, ReferralClosed, ReferralReceived, TierChanged
from shared.contracts.region import (
    RegionalEpisodeOpened,
    RegionalReferralAccepted,
    RegionalReferralClosed,
    RegionalReferralReceived,
    RegionalTierChanged,
)
from shared.contracts.restart import EpochStarted

Body = dict[str, Any]
Upcaster = Callable[[Body], Body]
AnyEvent = Event | RegionEvent


class UnknownEvent(Exception):
    """No version of this event is known here: it is kept, and means nothing yet."""


class NewerVersion(Exception):
    """This build is older than the event: reading the stream must wait for an upgrade."""


class MalformedEvent(Exception):
    """The body is not what its type says. The message names fields and kinds of error, never a value."""


class Catalogue:
    """The events that this build can read.

    Args:
        classes: the newest version of each event.
        upcasters: by the type that they read, e.g. `uk.pairs.referral.received.v1`; each gives the next version's body.
    """

    def __init__(self, classes: Sequence[type[AnyEvent]], upcasters: Mapping[str, Upcaster]) -> None:
        self.classes = tuple(classes)
        self._upcasters = upcasters
        self._newest = {name: (version, cls) for cls in classes for name, version in [name_and_version(cls.type)]}

    def parse(self, event_type: str, body: str) -> AnyEvent:
        """The event that an entry carries.

        Raises:
            UnknownEvent: no version of it is known.
            NewerVersion: its version is newer than this build.
            MalformedEvent: its body is not JSON, or not of its type.
        """
        try:
            name, version = name_and_version(event_type)
            newest, cls = self._newest[name]
        except (ValueError, KeyError):
            raise UnknownEvent("no version of this event is known") from None
        if version > newest:
            raise NewerVersion
        try:
            return cls.model_validate_json(self._upcast(name, version, newest, body), strict=True)
        except ValidationError as error:
            raise MalformedEvent(_faults(error)) from None
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
            raise MalformedEvent("the body is not JSON of an older version") from None

    def _upcast(self, name: str, version: int, newest: int, body: str) -> str:
        if version == newest:
            return body
        value = json.loads(body)
        for step in range(version, newest):
            value = self._upcasters[f"{name}.v{step}"](value)
        return json.dumps(value)


def _faults(error: ValidationError) -> str:
    known = [(item["loc"], item["type"]) for item in error.errors(include_input=False, include_url=False)]
    return "; ".join(f"{kind} at {_place(location)}" for location, kind in known[:5])


def _place(location: tuple[int | str, ...]) -> str:
    """The first step only: a deeper one, or an unknown field's name, could be something that somebody typed."""
    return "the body" if not location else f"depth {len(location)}"


CATALOGUE = Catalogue(
    classes=(
        ReferralReceived,
        ReferralAccepted,
        ReferralClosed,
        EpisodeOpened,
        TierChanged,
        RegionalReferralReceived,
        RegionalReferralAccepted,
        RegionalReferralClosed,
        RegionalEpisodeOpened,
        RegionalTierChanged,
        family.FamilyRecorded,
        family.FamiliesMerged,
        family.MergeUndone,
        family.PersonBorn,
        family.PregnancyEnded,
        family.PersonDied,
        family.OutcomeUndone,
        family.MessagesResumed,
        family.CaregiverInvited,
        family.ConsentRecorded,
        family.ConsentWithdrawn,
        pathway.ReferralIncomplete,
        pathway.ReferralCompleted,
        pathway.ReferralReopened,
        pathway.WaitStopped,
        pathway.ContactRecorded,
        pathway.ContactCorrected,
        pathway.AssessmentCompleted,
        pathway.FormulationRecorded,
        pathway.GoalSet,
        pathway.GoalRated,
        pathway.PlanAgreed,
        pathway.InterventionStarted,
        pathway.InterventionCompleted,
        pathway.ReviewCompleted,
        pathway.EpisodePaused,
        pathway.EpisodeResumed,
        pathway.EpisodeHandedOver,
        pathway.EpisodeDischarged,
        pathway.TaskRaised,
        pathway.TaskAnswered,
        measure.MeasureRecorded,
        measure.MeasureSkipped,
        measure.ChangeMeasured,
        EpochStarted,
        TeamOnboarded,
        TeamSuspended,
        TeamLeft,
    ),
    upcasters={},
)
