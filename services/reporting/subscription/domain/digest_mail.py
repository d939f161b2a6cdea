"""A digest as a mail: plain text with lines of 72 characters, and the same as tables of HTML.

Both say the same sentences and rows in the same order. Tables and attributes carry the look: mail programs drop the
rest. A picture stands beside a row that is new, by its name (`cid:`); what it shows is in the row's words.
"""

import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from services.reporting.subscription.domain.digest import Digest, Section
from services.reporting.subscription.domain.told_figure import HEADS, ToldFigure
from services.reporting.subscription.domain.watched_cell import Change
from shared.kernel.calendar import date_words

WIDE = 72
MOST_PICTURES = 6


@dataclass(frozen=True)
class MailPlace:
    """Where the mail's links lead. The one that stops it is another for each address, and is put in when it leaves."""

    public_url: str
    subscription_id: str
    month: date

    @property
    def page(self) -> str:
        return f"{self.public_url}/subscriptions/{self.subscription_id}"

    def figure(self, row: ToldFigure) -> str:
        team = f"&team={row.team}" if row.team else ""
        return f"{self.public_url}/indicators/{row.indicator}?as_at={self.month:%Y-%m}{team}"

    def mute(self, row: ToldFigure) -> str:
        return f"{self.page}/cells/{row.indicator}/{row.team or 'region'}/mute"


def subject(digest: Digest) -> str:
    """Of the mail."""
    headline = digest.headline
    return f"{digest.name}: {headline[0].lower()}{headline[1:]}"


def picture_name(row: ToldFigure) -> str:
    return f"figure-{row.indicator}-{row.team or 'region'}"


def as_text(digest: Digest, place: MailPlace, today: date) -> str:
    """With `{link}` where the address stands that stops it."""
    parts = [digest.headline.upper(), _wrapped(_when(digest, today)), ""]
    for section in digest.sections:
        parts += [section.heading.upper(), ""]
        for number, row in enumerate(section.rows, 1):
            parts.append(textwrap.fill(row.sentence, WIDE, initial_indent=f"{number}. ", subsequent_indent="   "))
            if row.change is not Change.NONE:
                parts += [f"   Open: {place.figure(row)}", f"   Mute: {place.mute(row)}"]
            parts.append("")
    foot = [_wrapped(digest.scope_words), f"See it: {place.page}", f"Pause or change it: {place.page}/pause"]
    return "\n".join([*parts, "--", *foot, "Stop these emails (no sign-in needed): {link}", ""])


def as_html(digest: Digest, place: MailPlace, today: date, pictures: Collection[str]) -> str:
    """The same. `{link}` likewise."""
    body = Markup("").join(_section(one, place, pictures) for one in digest.sections)
    return str(
        Markup(
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
            '<body bgcolor="#f0f4f5"><table role="presentation" width="100%" cellpadding="8"><tr><td align="center">'
            '<table role="presentation" width="640" cellpadding="12" cellspacing="0" bgcolor="#ffffff">'
            '<tr><td bgcolor="#005eb8"><font face="Arial" color="#ffffff"><b>PAIRS</b> &nbsp; {name}</font></td></tr>'
            '<tr><td><font face="Arial"><h1>{title}</h1><p>{when}</p></font></td></tr>{body}'
            '<tr><td><font face="Arial" size="2" color="#4c6272"><p>{scope}</p>'
            '<p><a href="{page}">See it</a> &middot; <a href="{page}/pause">Pause or change it</a> &middot; '
            '<a href="{{link}}">Stop these emails</a> (no sign-in needed)</p></font></td></tr>'
            "</table></td></tr></table></body></html>"
        ).format(
            title=digest.headline,
            name=digest.name,
            when=_when(digest, today),
            body=body,
            scope=digest.scope_words,
            page=place.page,
        )
    )


def _when(digest: Digest, today: date) -> str:
    why = "" if digest.condition.is_at_set_times else f" {digest.condition.label}."
    return f"{date_words(today)}. Since the last time: {digest.summary}{why}"


def _section(section: Section, place: MailPlace, pictures: Collection[str]) -> Markup:
    shown = [number for number in range(len(HEADS)) if any(row.words[number] for row in section.rows)]
    heads = Markup("").join(
        Markup('<th scope="col" align="left"><font face="Arial" size="2">{}</font></th>').format(HEADS[number])
        for number in shown
    )
    rows = Markup("").join(_row(row, shown, place, pictures) for row in section.rows)
    return Markup(
        '<tr><td><font face="Arial"><h2>{}</h2></font><table width="100%" cellpadding="4" cellspacing="0" border="1" '
        'bordercolor="#d8dde0"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></td></tr>'
    ).format(section.heading, heads, rows)


def _row(row: ToldFigure, shown: Sequence[int], place: MailPlace, pictures: Collection[str]) -> Markup:
    cells = Markup("").join(
        Markup('<td valign="top"><font face="Arial" size="2">{}</font></td>').format(row.words[number])
        for number in shown
    )
    if row.change is Change.NONE:
        return Markup("<tr>{}</tr>").format(cells)
    picture = Markup("")
    if picture_name(row) in pictures:
        picture = Markup('<img src="cid:{}" width="264" height="92" alt="{}"> ').format(picture_name(row), row.sentence)
    return Markup(
        '<tr>{}</tr><tr><td colspan="{}">{}<font face="Arial" size="2"><a href="{}">Open the chart</a> &middot; '
        '<a href="{}">Mute this one</a></font></td></tr>'
    ).format(cells, len(shown), picture, place.figure(row), place.mute(row))


def _wrapped(words: str) -> str:
    return textwrap.fill(words, WIDE)
