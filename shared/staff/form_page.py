"""A form, as data: where it is opened, what it asks, what it does, and where that leads.

    FAMILY = Site(read_family_place, in_family("sessions"))

    BOOK = FormPage(
        path="/families/{family_id}/appointments/new",
        may=STAFF,
        capability=BOOKS,
        site=FAMILY,
        form=BookingForm,
        suggested=lambda place: {"practitioner": place.actor_id},
        store=book,
        to=lambda place: f"/families/{place.family_id}/sessions?done=booked",
        template="contacts/booking.html",
    )
    add_forms(router, BOOK)

`shared.staff.form_answer` opens and answers all of them; no page handles a refusal, or a form that was sent twice. One
whose page needs no template of its own is a `Screen`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, TypeVar
from uuid import UUID

from typing_extensions import TypeVar as TypeVarWithDefault

from shared.kernel.capability import Capability
from shared.kernel.errors import Refusal
from shared.staff.answer_words import Ask, Choice, Values, Words, inputs_of, words_of
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Filled, Form, blank
from shared.web.questions import Text

Place = TypeVar("Place")
AForm = TypeVar("AForm", bound=Form)
Work = TypeVarWithDefault("Work", bound=UnitOfWork, default=UnitOfWork)
"""The service's own unit of work, where a command asks for what only that carries."""


@dataclass(frozen=True)
class Sent(Generic[Place, AForm, Work]):
    """A form that is right, and is to be stored in this unit of work."""

    form: AForm
    place: Place
    work: Work
    intention: UUID
    """Which one of all forms that were opened it is; also the id of the record that it adds."""


@dataclass(frozen=True)
class Site(Generic[Place]):
    """Where forms are opened."""

    read: Callable[Concatenate[UnitOfWork, ...], Awaitable[Place]]
    """All that their pages show. It asks by name for what the address says, and for `request` if it must; it refuses
    whoever may not see it."""
    frame: Callable[[Place], Mapping[str, Any]] = field(default=lambda _: {})
    """What every page of it shows around it: `base`, the template that it extends, `back`, and so on."""
    read_to_store: Callable[Concatenate[UnitOfWork, ...], Awaitable[Place]] | None = None
    """The same, where less is enough to store a form than its page shows."""


@dataclass(frozen=True, kw_only=True)
class FormPage(Generic[Place, AForm, Work]):
    """One form. `Place` is what is read for its page, `AForm` what it asks."""

    path: str
    """Where it is sent, after the router's prefix."""
    stands_on: str | None = None
    """The page that it is part of, which someone else shows; None: it has its own, at the same path."""
    may: Any
    """The permission, as a route declares it: who may see its page."""
    capability: Callable[[Place], Capability | None] | Capability | None = None
    """What someone must hold for the form to be stored, as its command checks; None: nothing besides. Whoever lacks it
    is not asked: they learn who may, and where the site's frame has an address to `ask`, they can ask them."""
    needs_more: Callable[[Place], Capability | None] = field(default=lambda _: None)
    """The same, where something of this place takes more than the form always does."""
    asks_for_proof: bool = False
    """What it does is done only by someone who has shown a few minutes ago who they are, and not just by whoever sits
    at their desk. What they typed is kept while they do."""
    is_read_by_all: bool = False
    """Its page shows a record too, also to whoever lacks that: `lacked` is then what they lack, and the template leaves
    the form out."""
    title: str = ""
    """What it is called on a page of its own, and where someone asks another to send it."""
    site: Site[Place]
    needs: Callable[[Place], object] = field(default=lambda _: None)
    """What must be there for the form to be opened and to be stored; refuses when it is not."""
    elsewhere: Callable[[Place], str | None] = field(default=lambda _: None)
    """Where to go when there is nothing to ask here."""

    form: type[AForm]
    form_at: Callable[[Place], type[AForm]] | None = None
    """The form, where it depends on the place."""
    suggested: Callable[[Place], Values] = field(default=lambda _: {})
    """What the form holds when it is opened."""
    check: Callable[[Filled[AForm], Place], Filled[AForm]] = field(default=lambda filled, _: filled)
    """What only someone who knows the place finds wrong with the answers, or asks besides."""

    store: Callable[[Sent[Place, AForm, Work]], Awaitable[str | None]]
    """Does what the form asks, by a command; gives the address that it leads to where only this knows it."""
    to: Callable[[Place], str] | None = None
    """Where it leads otherwise; by itself back to where it was opened from."""

    alike: Callable[[Sent[Place, AForm, Work]], Awaitable[Words]] | None = None
    """What is there already that this may be once more, e.g. a session of the same day and people; empty: nothing. It
    is shown beside what was entered, and stored too only when someone says so."""

    field_of: Callable[[str, Place], str] = field(default=lambda name, _: name)
    """The form's field for one that the domain names in a refusal."""
    template: str = ""
    """Of the page; empty: what is wrong with the form is told on a page of its own, as for a form of one button."""
    shows: Callable[[Place], Mapping[str, Any]] = field(default=lambda _: {})
    """What the template needs besides the frame and the form."""
    called: str = "filled"
    """What the template calls the form."""
    tells: Callable[[Refusal], Mapping[str, Any]] = field(default=lambda _: {})
    """What the template shows of a refusal besides its sentence; it is kept with the draft, as JSON."""

    asks: Mapping[str, Ask] = field(default_factory=dict[str, Ask])
    """The questions' words, where the fields' names do not say them, for the page that shows two versions."""
    choices: Callable[[Place], Mapping[str, Sequence[Choice]]] = field(default=lambda _: {})
    """What questions about records offer."""
    stored: Callable[[Place], Words] | None = None
    """What is there now, for the page that shows two versions; by itself it is what would be suggested."""
    first: Callable[[Work, Place, UUID], Awaitable[Words]] | None = None
    """What was added by the form of this intention, likewise."""
    entered: Callable[[AForm, Place], Words] | None = None
    """What someone entered, likewise; by itself it is each question and its answer."""

    @property
    def is_typed(self) -> bool:
        """It asks for words, which nobody likes to type twice: they are kept while they are typed."""
        return any(isinstance(one, Text) and not one.is_hidden for one in self.form.questions().values())

    @property
    def opens(self) -> bool:
        """It has a page of its own."""
        return self.stands_on is None

    def needed(self, place: Place) -> Capability | None:
        """What someone must hold for the form to be stored."""
        always = self.capability(place) if callable(self.capability) else self.capability
        return self.needs_more(place) or always

    def form_on(self, place: Place) -> type[AForm]:
        return self.form_at(place) if self.form_at else self.form

    def blank(self, place: Place) -> Filled[AForm]:
        """The form as it is opened."""
        return blank(self.form_on(place), inputs_of(self.suggested(place)))

    def context(self, place: Place) -> dict[str, Any]:
        """What the template needs besides the form."""
        return {**self.site.frame(place), **self.shows(place)}

    def leads_to(self, place: Place) -> str:
        return self.to(place) if self.to else self.site.frame(place).get("back", "/")

    def asks_on(self, place: Place) -> Mapping[str, Ask]:  # noqa: ARG002 - a screen's words may depend on it
        """The questions' words."""
        return self.asks

    def in_words(self, values: Values, place: Place) -> Words:
        """Question and answer."""
        return words_of(self.form_on(place), values, self.asks_on(place), self.choices(place))

    def stored_words(self, place: Place) -> Words:
        return self.stored(place) if self.stored else self.in_words(self.suggested(place), place)

    def entered_words(self, form: AForm, place: Place) -> Words:
        return self.entered(form, place) if self.entered else self.in_words(form.model_dump(), place)
