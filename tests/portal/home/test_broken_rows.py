"""What no form can do and a hand in the database can: each broken row is named by the check it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from house import House
from people import words
from tampering import by_force
from tequio.guards.models import FormKey, PageVersion
from tequio.ideas.deliberation.models import Conversation, Participant, Statement, StatementVote
from tequio.ideas.proposals.models import Idea
from tequio.moderation.models import Appeal, Decision, Report
from tequio.notifications.models import Announcement, Digest, Follow, Notice
from tequio.organisations.models import MemberClass, Membership, RegisterGrant
from tequio.people.models import GuardianConsent, IdentifierList, Person, ResidenceLetter, Role
from tequio.portal.home.selectors.balance import checks
from tequio.portal.me.models import Erasure

pytestmark = pytest.mark.django_db
Breaks = Callable[[House], str]
CASES: list[tuple[str, Breaks]] = []


def breaks(check: str) -> Callable[[Breaks], Breaks]:
    """The decorated function breaks one row of the house and returns what is to be said of it."""

    def keep(function: Breaks) -> Breaks:
        CASES.append((check, function))
        return function

    return keep


def person(house: House, role: str) -> Person:
    found = house.person(role)
    assert found is not None
    return found


def elsewhere(house: House) -> Conversation:
    """The other conversation of the house, which is a draft."""
    return house.draft


@breaks("guards.every_form_key_has_its_answer")
def a_form_without_its_answer(house: House) -> str:
    row = FormKey.objects.create(who="x", key="y", url="/en/", body="", answer={"to": "/en/"})
    by_force("UPDATE guards_formkey SET answer = NULL WHERE id = %s", [row.pk])
    return f"form key {row.pk} was kept without an answer"


@breaks("guards.one_page_version")
def a_second_page_version(house: House) -> str:
    by_force("DELETE FROM guards_pageversion")
    PageVersion.objects.bulk_create([PageVersion(), PageVersion()])
    return "there are 2 page versions instead of one: kept pages may be out of date"


@breaks("people.guests_hold_nothing")
def a_role_of_a_guest(house: House) -> str:
    role, guest = Role.objects.get(pk=house.notes["role"]), person(house, "guest")
    by_force("UPDATE people_role SET person_id = %s WHERE id = %s", [guest.pk, role.pk])
    return f"role {role.pk} is held by person {guest.pk}, who is a guest"


@breaks("people.guests_hold_nothing")
def an_address_of_a_guest(house: House) -> str:
    guest = person(house, "guest")
    EmailAddress.objects.create(user=guest, email="guest@example.org", verified=True)
    return f"person {guest.pk} is a guest and has a proven address"


@breaks("people.merged_rows_are_at_rest")
def a_merged_guest_who_goes_on(house: House) -> str:
    guest, member = person(house, "guest"), person(house, "member")
    by_force("UPDATE people_person SET merged_into_id = %s WHERE id = %s", [member.pk, guest.pk])
    return f"person {guest.pk} was merged into another and is still active"


@breaks("people.members_can_sign_in")
def a_member_without_a_first_address(house: House) -> str:
    member = person(house, "member")
    by_force('UPDATE account_emailaddress SET "primary" = false WHERE user_id = %s', [member.pk])
    return f"person {member.pk} is a member with 0 first addresses"


@breaks("people.nothing_stays_longer_than_it_was_promised")
def a_printed_letter_with_its_address(house: House) -> str:
    letter = ResidenceLetter.objects.get(pk=house.notes["letter"])
    by_force("UPDATE people_residenceletter SET printed_at = now() WHERE id = %s", [letter.pk])
    return f"letter {letter.pk} is printed or over and still has its address"


@breaks("people.nothing_stays_longer_than_it_was_promised")
def a_given_consent_with_a_childs_name(house: House) -> str:
    row = GuardianConsent.objects.get(to=f"child.{house.tag}@example.org")
    by_force("UPDATE people_guardianconsent SET given_at = now() WHERE id = %s", [row.pk])
    return f"guardian's consent {row.pk} is given and still holds what was typed"


@breaks("people.nothing_stays_longer_than_it_was_promised")
def a_list_with_its_upload(house: House) -> str:
    row = IdentifierList.objects.get(pk=house.notes["list"])
    by_force(
        "UPDATE people_identifierlist SET ready_at = now(), content = 'AB-1'::bytea WHERE id = %s", [row.pk]
    )
    return f"list {row.pk} is taken in and still has its upload"


@breaks("organisations.classes_belong_to_their_organisation")
def a_class_of_another_organisation(house: House) -> str:
    strange = MemberClass.objects.create(organisation=house.organisations.alliance, words=words("Elders"))
    membership: Membership = house.organisations.member
    by_force(
        "UPDATE organisations_membership SET member_class_id = %s WHERE id = %s", [strange.pk, membership.pk]
    )
    return f"membership {membership.pk} has a class of another organisation"


@breaks("organisations.registers_are_trusted_only_while_verified")
def a_register_of_nobody_known(house: House) -> str:
    grant = RegisterGrant.objects.get(organisation=house.organisations.runs, ended_at=None)
    by_force(
        "UPDATE organisations_organisation SET verification_id = NULL WHERE id = %s", [grant.organisation_id]
    )
    return f"register grant {grant.pk} holds, and its organisation is not verified"


@breaks("organisations.every_organisation_shows_its_newest_verification")
def a_borrowed_sign(house: House) -> str:
    waits, runs = house.organisations.waits, house.organisations.runs
    runs.refresh_from_db()
    by_force(
        "UPDATE organisations_organisation SET verification_id = %s WHERE id = %s",
        [runs.verification_id, waits.pk],
    )
    return f"organisation {waits.pk} shows the verification of another"


@breaks("deliberation.participants_know_how_often_they_answered")
def a_wrong_number_of_answers(house: House) -> str:
    pk = Participant.objects.filter(conversation=house.conversation, answers=1).earliest("pk").pk
    by_force("UPDATE deliberation_participant SET answers = 7 WHERE id = %s", [pk])
    return f"participant {pk} is counted with 7 answers and gave 1"


@breaks("deliberation.votes_stay_in_their_conversation")
def a_vote_that_strayed(house: House) -> str:
    vote = StatementVote.objects.filter(statement=house.statement).earliest("pk")
    there = elsewhere(house).statements.get()
    by_force("UPDATE deliberation_statementvote SET statement_id = %s WHERE id = %s", [there.pk, vote.pk])
    return f"vote {vote.pk} of participant {vote.participant_id} is on statement {there.pk} of another conversation"


@breaks("deliberation.authors_stay_in_their_conversation")
def an_author_from_elsewhere(house: House) -> str:
    there = elsewhere(house).statements.get()
    by_force(
        "UPDATE deliberation_statement SET author_id = %s WHERE item_id = %s",
        [house.held.author_id, there.pk],
    )
    return f"statement {there.pk} was written by a participant of another conversation"


@breaks("deliberation.statements_are_parts_of_their_conversation")
def a_part_of_nothing(house: House) -> str:
    by_force("UPDATE catalogue_item SET part_of_id = %s WHERE id = %s", [house.draft.pk, house.statement.pk])
    return f"statement {house.statement.pk} is not a part of the conversation it stands in"


@breaks("deliberation.the_next_number_is_free")
def a_number_that_is_taken(house: House) -> str:
    pk, last = house.conversation.pk, max(house.conversation.statements.values_list("number", flat=True))
    by_force("UPDATE deliberation_conversation SET next_number = %s WHERE item_id = %s", [last, pk])
    return f"conversation {pk} would give number {last} next, and {last} is taken already"


def join(one: Statement, into: Statement) -> str:
    by_force("UPDATE deliberation_statement SET merged_into_id = %s WHERE item_id = %s", [into.pk, one.pk])
    return f"statement {one.pk} is merged into statement {into.pk}, which cannot stand for it"


@breaks("deliberation.merged_statements_lead_somewhere")
def joined_to_another_conversation(house: House) -> str:
    return join(house.statement, elsewhere(house).statements.get())


@breaks("deliberation.merged_statements_lead_somewhere")
def joined_to_what_is_joined_itself(house: House) -> str:
    middle, last = house.others
    join(middle, last)
    return join(house.statement, middle)


@breaks("deliberation.refusals_have_a_reason")
def declined_without_a_word(house: House) -> str:
    by_force("UPDATE catalogue_item SET state = 'declined' WHERE id = %s", [house.held.pk])
    by_force("UPDATE deliberation_statement SET decided_at = now() WHERE item_id = %s", [house.held.pk])
    return f"statement {house.held.pk} was declined without a reason"


@breaks("proposals.joined_ideas_lead_somewhere")
def a_chain_of_joined_ideas(house: House) -> str:
    first, second = house.idea, Idea.objects.get(pk=house.notes["pier"])
    for one, into in ((first, second), (second, house.idea_draft)):
        by_force("UPDATE proposals_idea SET merged_into_id = %s WHERE item_id = %s", [into.pk, one.pk])
    return f"idea {first.pk} is joined to idea {second.pk}, which is joined to another itself"


@breaks("moderation.nobody_answers_her_own_decision")
def who_decided_answers(house: House) -> str:
    pk, steward = house.notes["appeal"], person(house, "steward")
    by_force(
        "UPDATE moderation_appeal SET decided_by_id = %s, first_decider_id = NULL WHERE id = %s",
        [steward.pk, pk],
    )
    assert Appeal.objects.get(pk=pk).decision.by == steward
    return f"appeal {pk} was answered by whoever decided first"


@breaks("moderation.reports_and_their_decision_are_about_the_same")
def a_report_with_another_decision(house: House) -> str:
    report = Report.objects.get(item=house.conversation.pk)
    by_force(
        "UPDATE moderation_report SET decision_id = %s WHERE id = %s", [house.notes["decision"], report.pk]
    )
    return f"report {report.pk} was decided by a decision on something else"


def hide(table: str, pk: int, kind: str) -> str:
    by_force(f"UPDATE {table} SET hidden_by = 'moderation.decision:999999999' WHERE id = %s", [pk])
    return f"{kind} {pk} was hidden by a decision that is not there"


@breaks("moderation.what_a_decision_hid_has_its_decision")
def an_item_hidden_by_nobody(house: House) -> str:
    return hide("catalogue_item", house.conversation.pk, "item")


@breaks("moderation.what_a_decision_hid_has_its_decision")
def a_comment_whose_decision_is_gone(house: House) -> str:
    decision = Decision.objects.get(pk=house.notes["decision"])
    return hide("discussions_comment", decision.comment_id, "comment")


@breaks("moderation.what_a_decision_hid_has_its_decision")
def an_organisation_hidden_by_nobody(house: House) -> str:
    return hide("organisations_organisation", house.organisations.runs.pk, "organisation")


@breaks("notifications.follows_say_what_they_are")
def a_follow_under_another_key(house: House) -> str:
    follow = Follow.objects.get(item=house.idea.pk, person=person(house, "member"))
    by_force("UPDATE notifications_follow SET key = 'item:1' WHERE id = %s", [follow.pk])
    return f"follow {follow.pk} is kept as “item:1” and is “item:{house.idea.pk}”"


@breaks("notifications.everybody_is_told")
def an_announcement_that_was_forgotten(house: House) -> str:
    row = Announcement.objects.create(
        event="over", source="catalogue.item:1", told_up_to=4, done_at=timezone.now()
    )
    by_force(
        "UPDATE notifications_announcement SET done_at = NULL, due_at = now() - interval '61 minutes' "
        "WHERE id = %s",
        [row.pk],
    )  # fmt: skip
    return f"announcement {row.pk} (over catalogue.item:1) is told up to person 4 and not to the end"


def told(house: House, *, notices: int) -> Notice:
    """A notice of the member, in a digest that says it holds so many."""
    member = person(house, "member")
    row = Announcement.objects.create(event="over", source="catalogue.item:1", done_at=timezone.now())
    digest = Digest.objects.create(person=member, period="2026-01-05", notices=notices)
    return Notice.objects.create(person=member, announcement=row, digest=digest)


@breaks("notifications.digests_belong_to_whom_they_were_sent")
def a_notice_in_a_strangers_letter(house: House) -> str:
    notice = told(house, notices=1)
    by_force(
        "UPDATE notifications_digest SET person_id = %s WHERE id = %s",
        [person(house, "stranger").pk, notice.digest_id],
    )
    return f"notice {notice.pk} went out in somebody else's digest"


@breaks("notifications.digests_belong_to_whom_they_were_sent")
def a_digest_that_says_it_is_empty(house: House) -> str:
    digest = told(house, notices=1).digest_id
    by_force("UPDATE notifications_digest SET notices = 0 WHERE id = %s", [digest])
    return f"digest {digest} says it held no notice, and some say they were in it"


@breaks("me.who_was_erased_is_gone")
def back_from_the_dead(house: House) -> str:
    row: Erasure = house.leaving
    by_force("UPDATE me_erasure SET state = 'done' WHERE id = %s", [row.pk])
    return f"person {row.person_id} was erased (erasure {row.pk}) and is here again"


@breaks("me.nobody_waits_to_be_erased_for_long")
def still_not_gone(house: House) -> str:
    due = timezone.now() - timedelta(days=2)
    by_force("UPDATE me_erasure SET due_at = %s WHERE id = %s", [due, house.leaving.pk])
    return f"erasure {house.leaving.pk} was due on {due:%Y-%m-%d} and is not done: is the worker running?"


@pytest.mark.parametrize(("check", "broken"), CASES, ids=[broken.__name__ for _check, broken in CASES])
def test_a_broken_row_is_named(house: House, check: str, broken: Breaks):
    find = dict(checks())[check]
    assert list(find()) == []
    expected = broken(house)
    assert expected in list(find())
