"""The demonstration's best example of every page, by a plain key: scripts find their way by these.

Each named URL is either here or in no_page.NO_PAGE with its reason; a test compares both with the resolver.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tequio.catalogue.enums import ItemState
from tequio.catalogue.models import Item
from tequio.discussions.models import Comment
from tequio.ideas.answers.demo import example_of
from tequio.ideas.answers.models import AnswerDue, AnswerTemplate, Milestone
from tequio.ideas.deliberation.demo.loading import talks_loaded
from tequio.ideas.deliberation.models import Conversation, Statement
from tequio.ideas.processes.models import Process
from tequio.ideas.proposals.models import Idea, Problem
from tequio.moderation.models import Appeal, Decision
from tequio.organisations.demo import organisations_loaded
from tequio.organisations.enums import MembershipRole
from tequio.organisations.models import Invitation, JoinRequest, Membership, Organisation
from tequio.people.models import IdentifierList, Role, RoleInvitation
from tequio.portal.search.models import Gap

from .stages import STAGES

PLACE, LETTERS = "TG-M-lome", "CA-QC-quebec"
LIVELY, HALL, PARTLY_ANSWERED = "lome-network", "lome-market", "quebec-feast"


@dataclass(frozen=True)
class Examples:
    """The things the examples are about."""

    lively: Conversation
    hall: Conversation
    told: Statement  # translated and answered by the organiser
    waiting: Statement  # for a moderator
    unanswered: Statement  # of a conversation whose organiser is answering
    organisation: Organisation
    waiting_organisation: Organisation  # for a steward
    asked: JoinRequest
    membership: Membership
    asked_by_letter: Invitation
    role: Role  # one that can be ended
    invitation: RoleInvitation
    list: IdentifierList
    grown: Process  # it came a long way
    process: Process  # its plan has comments for and against
    proposed: Process  # waits for signatures
    council: Process  # looked after by several, for some ages
    reported: Comment  # by somebody, and not decided yet
    decision: Decision  # hides something, and its author has appealed
    appeal: Appeal
    idea: Idea
    problem: Problem  # others have it too, and an idea answers it
    comment: Comment  # written in Basque, translated, answered
    gap: Gap
    step: Milestone  # of a result
    answered: Item  # what the result grew out of
    owed: AnswerDue  # nobody has answered it yet
    template: AnswerTemplate


@dataclass(frozen=True)
class Example:
    """A page: its URL name, what stands in its address, and a query where it needs one."""

    url_name: str
    arguments: Callable[[Examples], list[Any]] = lambda examples: []
    query: str = ""

    def path(self, examples: Examples) -> str:
        return reverse(self.url_name, args=self.arguments(examples)) + self.query


def _lively(examples: Examples) -> list[Any]:
    return [examples.lively.pk]


def _hall(examples: Examples) -> list[Any]:
    return [examples.hall.pk]


def _waiting(examples: Examples) -> list[Any]:
    return [examples.waiting.pk]


def _told(examples: Examples) -> list[Any]:
    return [examples.told.pk]


def _organisation(examples: Examples) -> list[Any]:
    return [examples.organisation.pk]


def _place(examples: Examples) -> list[Any]:
    return [PLACE]


def _door(name: str) -> Callable[[Examples], list[Any]]:
    return lambda examples: [name]


def _idea(examples: Examples) -> list[Any]:
    return [examples.idea.pk]


def _comment(examples: Examples) -> list[Any]:
    return [examples.comment.pk]


def _reported(examples: Examples) -> list[Any]:
    return ["comment", examples.reported.pk]


def _answered(examples: Examples) -> list[Any]:
    return [examples.answered.pk]


def _result(examples: Examples) -> list[Any]:
    return [examples.step.result_id]


PAGES: dict[str, Example] = {
    "home": Example("home:home"),
    "search": Example("search:search", query="?q=agua"),
    "search_facets": Example("search:search", query="?q=agua&kind=statement&language=fr"),
    "search_other_languages": Example("search:search", query="?q=logement&wide=1"),
    "on_my_mind": Example("search:mind", query=f"?q=internet+school&place={PLACE}"),
    "looked_for": Example("search:gaps", query=f"?place={PLACE}"),
    "hide_looked_for": Example("search:hide_gap", lambda examples: [examples.gap.pk]),
    "feed": Example("sharing:feed", query=f"?place={PLACE}"),
    "share_conversation": Example("sharing:item", _lively),
    "share_place": Example("sharing:place", _place),
    "share_organisation": Example("sharing:organisation", _organisation),
    "preview_picture": Example("sharing:item_card", _lively),
    "territory_list": Example("home:territory_list"),
    "territory": Example("home:territory_detail", lambda examples: [PLACE]),
    "ideas_door": Example("home:door", _door("ideas")),
    "training_door": Example("home:door", _door("training")),
    "practices_door": Example("home:door", _door("practices")),
    "ventures_door": Example("home:door", _door("ventures")),
    "rules": Example("home:rules"),
    "accessibility": Example("home:accessibility"),
    "about": Example("home:about"),
    "sign_in": Example("door:sign_in"),
    "enter_code": Example("door:enter_code"),
    "sign_in_password": Example("door:with_password"),
    "sign_in_passkey": Example("door:with_passkey"),
    "recover": Example("door:recover"),
    "sign_out": Example("door:sign_out"),
    "account": Example("door:account"),
    "addresses": Example("door:addresses"),
    "devices": Example("door:devices"),
    "passkeys": Example("door:passkeys"),
    "password": Example("door:password"),
    "authenticator_app": Example("door:app"),
    "recovery_codes": Example("door:recovery_codes"),
    "prove": Example("door:prove"),
    "vouch": Example("door:vouch"),
    "mailbox": Example("door:mailbox"),
    "profile": Example("people:profile"),
    "ages": Example("people:ages"),
    "ask_guardian": Example("people:ask_guardian"),
    "my_code": Example("people:code"),
    "my_residences": Example("people:residences"),
    "residence": Example("people:residence", _place),
    "residence_letter": Example("people:residence_letter", query=f"?place={LETTERS}"),
    "letter_code": Example("people:letter_code", query=f"?place={LETTERS}"),
    "residence_list": Example("people:residence_list", query="?place=MX-CMX"),
    "who_looks_after": Example("people:stewards", _place),
    "verify_residents": Example("people:desk", _place),
    "letters_to_print": Example("people:letters", lambda examples: [LETTERS]),
    "lists": Example("people:lists", lambda examples: ["MX-CMX"]),
    "list_end": Example("people:list_end", lambda examples: [examples.list.pk]),
    "residence_rules": Example("people:residence_rules", _place),
    "roles": Example("people:roles", _place),
    "role_grant": Example("people:role_grant", _place),
    "role_end": Example("people:role_end", lambda examples: [examples.role.pk]),
    "invitation_revoke": Example("people:invitation_revoke", lambda examples: [examples.invitation.pk]),
    "my_page": Example("me:page"),
    "my_consents": Example("me:consents"),
    "my_consent_history": Example("me:history"),
    "my_data": Example("me:data"),
    "leave": Example("me:leave"),
    "report": Example("moderation:report", _reported),
    "report_organisation": Example(
        "moderation:report", lambda examples: ["organisation", examples.waiting_organisation.pk]
    ),
    "moderation": Example("moderation:queue"),
    "moderation_desk": Example("moderation:desk", _reported),
    "moderation_decision": Example("moderation:decision", lambda examples: [examples.decision.pk]),
    "moderation_appeal": Example("moderation:answer", lambda examples: [examples.appeal.pk]),
    "moderation_log": Example("moderation:log", query=f"?place={PLACE}"),
    "moderation_figures": Example("moderation:figures"),
    "set_aside": Example("deliberation:set_aside", _lively),
    "notices": Example("notifications:notices"),
    "following": Example("notifications:following"),
    "letters": Example("notifications:letters"),
    "follow_conversation": Example("notifications:follow_item", _lively),
    "follow_place": Example("notifications:follow_place", _place),
    "follow_organisation": Example("notifications:follow_organisation", _organisation),
    "follow_search": Example("notifications:follow_search", query="?q=joven"),
    "left": Example("me:left"),
    "process": Example("processes:detail", lambda examples: [examples.process.pk]),
    "process_list": Example("processes:list"),
    "processes_over": Example("processes:list", query="?state=over&order=closing"),
    "youth_council": Example("processes:detail", lambda examples: [examples.council.pk]),
    "process_edit": Example("processes:edit", lambda examples: [examples.council.pk]),
    "process_state": Example("processes:state", lambda examples: [examples.council.pk]),
    "process_team": Example("processes:team", lambda examples: [examples.council.pk]),
    "sign_process": Example("processes:sign", lambda examples: [examples.proposed.signing]),
    "idea_rules": Example("processes:rules", _place),
    "change_idea_rules": Example("processes:change_rules", _place),
    "blueprints": Example("blueprints:choose"),
    "new_process": Example("blueprints:begin", query=f"?blueprint=ideas_call&place={PLACE}"),
    "idea_list": Example("proposals:list"),
    "idea": Example("proposals:detail", _idea),
    "propose_idea": Example("proposals:idea_new", query=f"?place={PLACE}"),
    "propose_idea_place": Example("proposals:idea_new"),
    "my_ideas": Example("proposals:mine"),
    "support_idea": Example("proposals:support", _idea),
    "change_idea": Example("proposals:edit", _idea),
    "withdraw_idea": Example("proposals:withdraw", _idea),
    "join_ideas": Example("proposals:merge", _idea),
    "split_idea": Example("proposals:split", _idea),
    "co_authors": Example("proposals:co_authors", _idea),
    "ideas_table": Example("proposals:export", query=f"?place={PLACE}"),
    "problem_list": Example("proposals:problems", query=f"?place={PLACE}"),
    "problem": Example("proposals:problem", lambda examples: [examples.problem.pk]),
    "report_problem": Example("proposals:problem_new", query=f"?place={PLACE}"),
    "me_too": Example("proposals:confirm", lambda examples: [examples.problem.pk]),
    "ideas_of_place": Example("proposals:hub", _place),
    "answers_to_give": Example("answers:desk"),
    "hand_answers_on": Example("answers:assign"),
    "answer_together": Example("answers:bulk"),
    "write_answer": Example("answers:write", lambda examples: [examples.owed.pk]),
    "former_answers": Example("answers:former", _answered),
    "take_answer_back": Example("answers:take_back", _answered),
    "ask_for_answer": Example("answers:ask", _lively),
    "add_document": Example("answers:add_paper", _answered),
    "answer_templates": Example("answers:templates", _place),
    "new_answer_template": Example("answers:template_new", _place),
    "answer_template": Example("answers:template", lambda examples: [examples.template.pk]),
    "scoreboard": Example("answers:scoreboard", _place),
    "result": Example("answers:result", _result),
    "was_it_this": Example("answers:judge", _result),
    "new_result": Example("answers:result_new", _answered),
    "edit_result": Example("answers:result_edit", _result),
    "new_step": Example("answers:step_new", _result),
    "change_step": Example("answers:step", lambda examples: [examples.step.pk]),
    "write_down_money": Example("answers:spend", _result),
    "end_of_result": Example("answers:end", _result),
    "words_on_result": Example("answers:words", _result),
    "api": Example("opendata:guide"),
    "program_keys": Example("opendata:keys"),
    "conversation_list": Example("deliberation:list"),
    "conversation": Example("deliberation:detail", _lively),
    "statement_step": Example("deliberation:answer", _lively),
    "statement_list": Example("deliberation:statement_list", _lively),
    "statement": Example("deliberation:statement", _told),
    "write": Example("deliberation:write", _lively),
    "mine": Example("deliberation:mine", _lively),
    "change": Example("deliberation:change", lambda examples: [examples.lively.pk, 0]),
    "sheet": Example("deliberation:sheet", _lively),
    "results": Example("deliberation:results", _lively),
    "numbers": Example("deliberation:numbers", _lively),
    "history": Example("deliberation:history", _lively),
    "results_json": Example("deliberation:results_json", _lively),
    "export": Example("deliberation:export", _lively),
    "export_file": Example("deliberation:export_file", lambda examples: [examples.lively.pk, "votes.csv"]),
    "algorithm": Example("deliberation:algorithm"),
    "hall": Example("deliberation:hall", _hall),
    "hall_count": Example("deliberation:hall_count", _hall),
    "words_history": Example("catalogue:history", _lively),
    "new_conversation": Example("deliberation:new", query=f"?place={PLACE}"),
    "edit_conversation": Example("deliberation:edit", _lively),
    "import": Example("deliberation:import_new"),
    "conversation_picture": Example("deliberation:change_picture", _lively),
    "recipes": Example("recipes:list"),
    "recipe": Example("recipes:detail", lambda examples: ["statement-routing"]),
    "recipe_json": Example("recipes:parameters", lambda examples: ["statement-routing"]),
    "recipe_proposal": Example("transparency:propose", lambda examples: ["open-now", PLACE]),
    "conversation_state": Example("deliberation:state", _lively),
    "moderate": Example("deliberation:moderate", _lively),
    "decide": Example("deliberation:decide", _waiting),
    "merge": Example("deliberation:merge", _waiting),
    "translate": Example("translations:translate", lambda examples: ["statement", examples.told.pk]),
    "translate_question": Example(
        "translations:translate", lambda examples: ["conversation", examples.lively.pk]
    ),
    "translate_comment": Example("translations:translate", lambda examples: ["comment", examples.comment.pk]),
    "words_to_translate": Example("translations:queue"),
    "languages_of_place": Example("translations:gaps", _place),
    "carry": Example("thread:choose", lambda examples: ["item", examples.lively.pk]),
    "carry_to_conversation": Example(
        "thread:carry", lambda examples: ["item", examples.told.pk, "conversation"]
    ),
    "thread": Example("processes:detail", lambda examples: [examples.grown.pk]),
    "discussion": Example("discussions:discussion", _lively),
    "for_and_against": Example("discussions:discussion", lambda examples: [examples.process.pk]),
    "write_comment": Example("discussions:write", _lively),
    "comment": Example("discussions:comment", _comment),
    "comment_history": Example("discussions:history", _comment),
    "answer_comment": Example("discussions:reply", _comment),
    "uptake": Example("deliberation:uptake", lambda examples: [examples.unanswered.pk]),
    "organisation_list": Example("home:organisation_list"),
    "organisation": Example("home:organisation_detail", _organisation),
    "my_organisations": Example("organisations:mine"),
    "new_organisation": Example("organisations:new"),
    "edit_organisation": Example("organisations:edit", _organisation),
    "organisation_logo": Example("organisations:change_logo", _organisation),
    "organisation_members": Example("organisations:members", _organisation),
    "organisation_classes": Example("organisations:classes", _organisation),
    "organisation_member": Example("organisations:change_member", lambda examples: [examples.membership.pk]),
    "my_membership": Example("organisations:my_membership", lambda examples: [examples.membership.pk]),
    "join_organisation": Example("organisations:join", lambda examples: [examples.waiting_organisation.pk]),
    "answer_request": Example("organisations:answer_request", lambda examples: [examples.asked.pk]),
    "invite": Example("organisations:invite", _organisation),
    "withdraw_invitation": Example("organisations:withdraw", lambda examples: [examples.asked_by_letter.pk]),
    "organisation_register": Example("organisations:register", _organisation),
    "organisations_to_verify": Example("organisations:queue"),
    "verify_organisation": Example(
        "organisations:verify", lambda examples: [examples.waiting_organisation.pk]
    ),
}
PAGES |= {key: Example(stage.url_name, stage.arguments) for key, stage in STAGES.items()}


def example_pages() -> dict[str, str]:
    """{key: path} in the active language. The demonstration must be loaded."""
    examples = _examples()
    return {key: example.path(examples) for key, example in PAGES.items()}


def _examples() -> Examples:
    talks = talks_loaded()
    shown = Statement.objects.filter(item__state=ItemState.PUBLISHED, merged_into=None).order_by("number")
    lively = shown.filter(conversation=talks[LIVELY])
    organisations = organisations_loaded()
    busy = organisations["masts"]
    step, answered = example_of(PLACE)
    return Examples(
        lively=talks[LIVELY],
        hall=talks[HALL],
        told=lively.filter(answer__isnull=False)[0],
        waiting=Statement.objects.filter(conversation=talks[LIVELY], item__state=ItemState.HELD)[0],
        unanswered=shown.filter(conversation=talks[PARTLY_ANSWERED], answer=None)[0],
        organisation=busy,
        waiting_organisation=organisations["phones"],
        asked=busy.requests.filter(answered_at=None)[0],
        membership=busy.memberships.filter(role=MembershipRole.ADMINISTRATOR)[0],
        asked_by_letter=busy.invitations.filter(answered_at=None)[0],
        role=Role.objects.filter(role="translator", territory__code=PLACE, ended_at=None)[0],
        invitation=RoleInvitation.objects.filter(ended_at=None).order_by("pk")[0],
        list=IdentifierList.objects.filter(ended_at=None).defer("content").order_by("pk")[0],
        grown=Process.objects.filter(item__links_out__kind="adapted_from").order_by("-pk")[0],
        process=Process.objects.filter(phases__part=talks[LIVELY].pk).order_by("pk")[0],
        proposed=Process.objects.filter(signing__isnull=False, item__state=ItemState.DRAFT).order_by("pk")[0],
        council=Process.objects.filter(least_age__isnull=False).order_by("pk")[0],
        reported=Comment.objects.filter(
            reports__decision=None, reports__isnull=False, hidden_by="", item=talks[LIVELY].pk
        )[0],
        decision=Decision.objects.filter(
            appeals__decided_at=None, appeals__isnull=False, territory__code=PLACE
        )[0],
        appeal=Appeal.objects.filter(decided_at=None, decision__territory__code=PLACE)[0],
        problem=Problem.objects.filter(item__territory__code=PLACE).order_by("pk")[0],
        idea=Idea.objects.filter(item__territory__code=PLACE).order_by("pk")[0],
        step=step,
        answered=answered,
        owed=AnswerDue.objects.filter(answered_at=None, item__territory__code="TG-M-be")[0],
        template=AnswerTemplate.objects.filter(territory__code=PLACE).order_by("pk")[0],
        gap=Gap.objects.filter(territory__code=PLACE).order_by("pk")[0],
        comment=Comment.objects.filter(words__has_key="eu", replies__isnull=False).order_by("pk")[0],
    )
