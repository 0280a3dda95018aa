"""My page: what waits for me, what became of mine, what I am here. Each flat is asked; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.languages import current
from tequio.base.moments import say_moment
from tequio.base.multilingual import Reading, read
from tequio.consent.selectors import standings
from tequio.consent.types import Standing
from tequio.ideas.deliberation.enums import ImportState
from tequio.ideas.deliberation.models import Conversation, Participant
from tequio.ideas.deliberation.selectors import personal
from tequio.notifications.selectors.digest import waiting_for
from tequio.people.models import Person, Role

from ..models import DataCopy
from ..permissions import copies_visible_to
from ..types.page import MyPage, Waiting


def my_page(person: Person | None) -> MyPage:
    """Everything of the page; ten queries however much there is."""
    if person is None:
        return MyPage()
    roles = _roles(person)
    opened = personal.looked_after(person)
    participations = personal.participations_of(person)
    consents = standings(person)
    waiting = [
        *_asked(person), *_owed(opened), *_closing(participations), *_imports(person), *_outdated(consents),
        *_copies(person),
    ]  # fmt: skip
    return MyPage(
        waiting=waiting,
        statements=personal.statements_by(person),
        opened=opened,
        roles=roles,
        participations=participations,
        consents=consents,
    )


def _roles(person: Person) -> list[Role]:
    """Today's; permissions ask for the same rows, so they are read once."""
    if person.is_guest:
        return []
    rows = list(person.roles.filter(ended_at=None).select_related("territory").order_by("granted_at", "id"))
    person.current_roles = [(row.role, row.territory_id) for row in rows]
    return rows


def _asked(person: Person) -> Iterator[Waiting]:
    """What the flats say, as in her digest and a little more; each takes at most one query."""
    for one in waiting_for(person, settings.WAITING_ON_MY_PAGE):
        yield Waiting(one.kind, one.words, one.why, one.path, one.button or _("See it"), one.door)


def _owed(opened: list[Conversation]) -> Iterator[Waiting]:
    for conversation in opened:
        if personal.owes_answer(conversation):
            due = conversation.answer_due_moment
            why = (
                _("You promised it by %(day)s.") % {"day": say_moment(due, conversation.zone).split(",")[0]}
                if due
                else ""
            )
            path = reverse("deliberation:results", args=[conversation.pk])
            yield Waiting(_("An answer you promised"), _title(conversation), why, path, _("See the results"))


def _closing(participations: list[Participant]) -> Iterator[Waiting]:
    for row in personal.closing_soon(participations):
        left = row.left  # type: ignore[attr-defined]
        closes = row.conversation.item.closes_at
        when = say_moment(closes, row.conversation.zone) if closes else ""
        why = ngettext(
            "It closes on %(when)s. %(number)d statement waits for your answer.",
            "It closes on %(when)s. %(number)d statements wait for your answer.",
            left,
        ) % {"number": left, "when": when}
        path = reverse("deliberation:answer", args=[row.conversation_id])
        yield Waiting(_("Closing soon"), _title(row.conversation), why, path, _("Answer"))


def _imports(person: Person) -> Iterator[Waiting]:
    words = {
        ImportState.DONE: _("It is here."),
        ImportState.FAILED: _("Nothing was imported."),
        ImportState.WAITING: _("These files are here already. Import them again?"),
    }
    for row in personal.imports_of(person):
        title = _title(row.conversation) if row.conversation else None
        path = reverse("deliberation:import_detail", args=[row.uid])
        yield Waiting(_("Your import"), title, words[ImportState(row.state)], path, _("See it"))


def _outdated(consents: list[Standing]) -> Iterator[Waiting]:
    for one in consents:
        if one.is_outdated:
            why = _("The words you agreed to have changed.")
            yield Waiting(
                str(one.purpose.label), None, why, reverse("me:consents"), _("Read the new words"), ""
            )


def _copies(person: Person) -> Iterator[Waiting]:
    for row in copies_visible_to(person).filter(state="done", file__isnull=False).order_by("-asked_at")[:1]:
        if not row.is_over:
            why = _("It is kept until %(day)s.") % {"day": say_moment(row.until, "UTC").split(",")[0]}
            yield Waiting(_("The copy of your data is ready"), None, why, reverse("me:data"), _("Get it"), "")


def _title(conversation: Conversation) -> Reading:
    return read(conversation.item.title, current())


def copies_of(person: Person) -> list[DataCopy]:
    """Her copies of the last week, the newest first."""
    return [
        row
        for row in copies_visible_to(person).select_related("file").order_by("-asked_at")[:10]
        if not row.is_over
    ]


def zone_of(person: Person | None) -> str:
    """Her own clock, where she said where she lives."""
    return person.home.zone if person is not None and person.home is not None else "UTC"


def address_of(person: Person) -> str:
    """Where her letters go."""
    rows = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "id")
    return rows.values_list("email", flat=True).first() or ""
