"""What the page of results says, from the newest map: no arithmetic is left to the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.people.models import Person

from ..models import Conversation, OpinionMap, StatementAnswer
from ..types import (
    PAINTS,
    Answered,
    Apart,
    Bar,
    Cell,
    GroupWords,
    Outline,
    OwnOpinion,
    Picture,
    ResultsPage,
    Said,
    Sureness,
    Words,
)
from .map_document import LETTERS, label_of
from .shared_ground import FEWEST, Counts, divided, lowest, seen, share
from .standing import your_place
from .taking_part import open_statements

SHOWN_SHARED, SHOWN_OPINIONS, SHOWN_APART, SHOWN_DIVIDED, SHOWN_ANYHOW = 5, 3, 6, 3, 5
EARLY_PEOPLE, EARLY_ANSWERS = 15, 7
MOST_FEW, LISTED_FEW = 60, 6
LOOKED_BACK = 50
NOBODY = [0, 0, 0]
NOT_PUBLIC = ("picture",)


def newest_map(conversation: Conversation) -> OpinionMap | None:
    return OpinionMap.objects.filter(conversation=conversation).defer("people").order_by("-id").first()


def result_document(opinion_map: OpinionMap) -> dict[str, Any]:
    """The map as open data: the command line's JSON without people, with the counts of everybody and each group."""
    kept = {name: value for name, value in opinion_map.result.items() if name not in NOT_PUBLIC}
    kept["groups"] = [group for group in kept.get("groups", []) if group["size"] >= FEWEST]
    return {
        "conversation": opinion_map.conversation_id,
        "made_at": opinion_map.made_at.isoformat(timespec="seconds"),
        "seconds": opinion_map.seconds,
        **kept,
    }


def is_early(result: dict[str, Any]) -> bool:
    """Below 15 people with enough answers, or 7 answers a person, nothing is said about groups."""
    each = result["votes"] / max(1, result["participants"])
    return result["enough_answers"] < EARLY_PEOPLE or each < min(EARLY_ANSWERS, result["statements"])


def shown_groups(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Groups that may be published, by letter; none while it is too early."""
    if is_early(result):
        return []
    return sorted(
        (group for group in result["groups"] if group["size"] >= FEWEST), key=lambda g: str(g["letter"])
    )


def words_of(conversation: Conversation, numbers: Iterable[int] | None = None) -> dict[int, Words]:
    """By number, those that are shown now; all of them without `numbers`."""
    rows = open_statements(conversation).select_related("item")
    if numbers is not None:
        rows = rows.filter(number__in=list(numbers))
    language = current()
    found = {}
    for statement in rows:
        reading = read(statement.item.title, language)
        found[statement.number] = Words(
            statement.number, statement.pk, reading, reading.language.split("-")[0] != language
        )
    return found


def results_page(conversation: Conversation, person: Person | None) -> ResultsPage:
    newest = newest_map(conversation)
    if newest is None:
        return ResultsPage(
            is_counting=conversation.participants.filter(answers__gt=0).exists(),
            answered=_answered(conversation),
            you=your_place(conversation, person, None),
        )
    result = newest.result
    counts: Counts = result["counts"]
    groups = shown_groups(result)
    words = words_of(conversation)
    left_out = set(result["zeroed"])
    numbers = [number for number in words if str(number) in counts and number not in left_out]
    shared = _shared(result, groups, words) if groups else []
    fewest = few_below(result)
    in_shared = {said.words.number for said in shared}
    return ResultsPage(
        made_at=newest.made_at,
        version=newest.version,
        digest=newest.digest,
        people=result["participants"],
        answers=result["votes"],
        statements=len(counts),
        each=result["votes"] / max(1, result["participants"]),
        is_early=is_early(result),
        is_one=not is_early(result) and not groups,
        shared=shared[:SHOWN_SHARED],
        shared_more=max(0, len(shared) - SHOWN_SHARED),
        majority=_majority(result, words, numbers, has_groups=bool(groups), but=in_shared),
        groups=[_group_words(group, groups, words) for group in groups],
        apart=_apart(groups, words),
        divided=[
            _said(words[int(key)], counts[key])
            for key in divided(counts, map(str, numbers), fewest)
            if groups or not is_early(result)
        ][:SHOWN_DIVIDED],
        picture=picture_of(result, groups),
        you=your_place(conversation, person, newest),
        sureness=_sureness(conversation, result, words, numbers, fewest),
        answered=_answered(conversation),
    )


def few_below(result: dict[str, Any]) -> int:
    """Fewer answers than this are too few to say anything about a statement."""
    return max(FEWEST, min(MOST_FEW, result["participants"] // 5))


def percents(row: Sequence[int]) -> Bar:
    """Whole percents that add up to 100, the largest remainders rounded up."""
    total = sum(row)
    if not total:
        return Bar(0, 0, 0)
    exact = [100 * count / total for count in row]
    whole = [int(value) for value in exact]
    by_rest = sorted(range(3), key=lambda index: whole[index] - exact[index])
    for index in by_rest[: 100 - sum(whole)]:
        whole[index] += 1
    return Bar(agree=whole[2], skipped=whole[1], disagree=whole[0])


def _said(words: Words, row: list[int], *, agrees: bool = True, least: float | None = None) -> Said:
    return Said(words, percents(row), seen(row), agrees, least)


def _shared(result: dict[str, Any], groups: list[dict[str, Any]], words: dict[int, Words]) -> list[Said]:
    """Agreement and disagreement in one list, the strongest in the weakest group first."""
    by_group: list[Counts] = [group["counts"] for group in groups]
    found = [
        _said(
            words[number],
            result["counts"][str(number)],
            agrees=answer == 2,
            least=lowest(by_group, str(number), answer),
        )
        for answer, name in ((2, "agree"), (0, "disagree"))
        for number in result["shared"][name]
        if number in words
    ]
    consensus = {
        2: result["group_informed_consensus"],
        0: result["group_informed_consensus_disagree"],
    }
    return sorted(found, key=lambda said: -consensus[2 if said.agrees else 0][str(said.words.number)])


def _majority(
    result: dict[str, Any], words: dict[int, Words], numbers: list[int], *, has_groups: bool, but: set[int]
) -> list[Said]:
    """What most of all people say; while nothing is clear yet, what has most answers."""
    found = [
        _said(words[number], result["counts"][str(number)], agrees=name == "agree")
        for name in ("agree", "disagree")
        for number in result["consensus"][name]
        if number in words and number not in but
    ]
    if found or has_groups:
        return found[:SHOWN_ANYHOW]
    most = sorted(numbers, key=lambda number: (-seen(result["counts"][str(number)]), number))
    return [_said(words[number], result["counts"][str(number)]) for number in most[:SHOWN_ANYHOW]]


def _group_words(group: dict[str, Any], groups: list[dict[str, Any]], words: dict[int, Words]) -> GroupWords:
    opinions = []
    for found in group["representative"]:
        if found["statement"] not in words:
            continue
        key, answer = str(found["statement"]), 2 if found["direction"] == "agree" else 0
        others = [other["counts"].get(key, NOBODY) for other in groups if other is not group]
        rest = [sum(column) for column in zip(*others, strict=True)] if others else NOBODY
        opinions.append(
            OwnOpinion(
                words[found["statement"]],
                answer == 2,
                share(group["counts"].get(key, NOBODY), answer),
                share(rest, answer),
            )
        )
    return GroupWords(group["letter"], group["size"], opinions[:SHOWN_OPINIONS])


def _apart(groups: list[dict[str, Any]], words: dict[int, Words]) -> list[Apart]:
    """The statements of all groups in turn, each group's strongest first."""
    own = [{found["statement"] for found in group["representative"]} for group in groups]
    ranked = [
        [one["statement"] for one in sorted(group["representative"], key=lambda found: -found["metric"])]
        for group in groups
    ]
    turns = [
        row[turn] for turn in range(max(map(len, ranked), default=0)) for row in ranked if turn < len(row)
    ]
    chosen = [number for number in dict.fromkeys(turns) if number in words][:SHOWN_APART]
    return [
        Apart(
            words[number],
            [
                Cell(percents(group["counts"].get(str(number), NOBODY)).agree, number in own[index])
                for index, group in enumerate(groups)
            ],
        )
        for number in chosen
    ]


def picture_of(result: dict[str, Any], groups: list[dict[str, Any]]) -> Picture | None:
    """The stored shapes under the groups' letters; nothing where nothing may be drawn."""
    stored = result.get("picture")
    if not stored or len(groups) != len(result["groups"]):
        return None
    outlines = [
        Outline(
            letter=group["letter"],
            label=label_of(group),
            paint=PAINTS[LETTERS.index(group["letter"]) % len(PAINTS)],
            edge=shape["edge"],
            marks=shape["marks"],
            x=shape["label"][0],
            y=shape["label"][1],
            place=f"{shape['across']} {shape['up']}",
        )
        for group, shape in sorted(
            zip(result["groups"], stored["groups"], strict=True), key=lambda pair: str(pair[0]["letter"])
        )
    ]
    return Picture(
        stored["each"], outlines, stored["loose"], tuple(stored["origin"]), sum(result["axes"]["explained"])
    )


def _sureness(
    conversation: Conversation,
    result: dict[str, Any],
    words: dict[int, Words],
    numbers: list[int],
    fewest: int,
) -> Sureness:
    earlier = (
        OpinionMap.objects.filter(conversation=conversation)
        .order_by("-id")
        .values_list("groups", flat=True)[:LOOKED_BACK]
    )
    same = 0
    for k in earlier:
        if k != result["k"]:
            break
        same += 1
    few = [words[number] for number in numbers if seen(result["counts"][str(number)]) < fewest]
    few += [words[number] for number in words if str(number) not in result["counts"]]
    return Sureness(same, few, fewest, result["participants"] - result["placed"], result["enough_answers"])


def _answered(conversation: Conversation) -> list[Answered]:
    language = current()
    rows = (
        StatementAnswer.objects.filter(statement__conversation=conversation)
        .filter(statement__in=open_statements(conversation))
        .select_related("statement__item")
        .order_by("-at")
    )
    return [
        Answered(
            Words(row.statement.number, row.statement_id, read(row.statement.item.title, language)),
            row.get_uptake_display(),
            row.words,
        )
        for row in rows
    ]
