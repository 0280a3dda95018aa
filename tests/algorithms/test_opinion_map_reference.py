"""Real conversations beside what the field's reference and its production system make of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from algorithms.naive import adjusted_rand, dense
from algorithms.naive import axes as naive_axes
from algorithms.real_data import PRODUCTION, REFERENCE, load_json, only, plain_rows, real
from tequio.algorithms.opinion_map import OpinionMap, Parameters, Votes, compute

pytestmark = pytest.mark.real_data


def from_csv(folder: Any) -> tuple[Votes, list[int]]:
    rows = plain_rows(only(folder, "votes.csv"))
    names = ("voter-id", "comment-id", "vote", "timestamp")
    votes = Votes.from_log(*([int(row[name]) for row in rows] for name in names))
    comments = plain_rows(only(folder, "comments.csv"))
    return votes, [int(row["comment-id"]) for row in comments if row["moderated"] == "-1"]


@pytest.mark.parametrize("name", REFERENCE)
def test_same_as_the_reference(name: str) -> None:
    folder = real("polis", name)
    expected = load_json(folder / "expected-reddwarf.json")
    votes, zeroed = from_csv(folder)
    result = compute(votes, zeroed=zeroed, parameters=Parameters(min_group_size=1))
    assert result.k == expected["k"]
    label = dict(zip(result.participants.tolist(), result.label.tolist(), strict=True))
    ours = [label[int(person)] for person in expected["labels"]]
    assert len(ours) == result.placed_count
    assert adjusted_rand(ours, list(expected["labels"].values())) >= 0.99
    assert set(result.consensus.agree) == set(expected["consensus"]["agree"])
    assert set(result.consensus.disagree) == set(expected["consensus"]["disagree"])
    assert _representative(result) == {
        frozenset((found[0], found[1]) for found in group) for group in expected["repness"].values()
    }
    gac = dict(zip(result.statements.tolist(), result.gac_agree.tolist(), strict=True))
    expected_gac = {int(s): value for s, value in expected["group_aware_consensus_agree"].items()}
    assert gac == pytest.approx(expected_gac, abs=1e-8)
    # The reference finds its axes by a randomised decomposition of large matrices: good to five digits.
    assert result.axes.components == pytest.approx(np.array(expected["comps"]), abs=2e-5)
    exact = naive_axes(
        dense(votes.row, votes.column, votes.vote, votes.shape),
        np.flatnonzero(np.isin(votes.statements, zeroed)),
    )[1]
    assert np.abs(result.axes.components) == pytest.approx(np.abs(exact[:2]), abs=1e-7)


def _representative(result: OpinionMap) -> set[frozenset[tuple[int, str]]]:
    return {frozenset((r.statement, r.direction) for r in group.representative) for group in result.groups}


@pytest.mark.parametrize("name", REFERENCE)
def test_no_degenerate_groups_by_default(name: str) -> None:
    votes, zeroed = from_csv(real("polis", name))
    result = compute(votes, zeroed=zeroed)
    assert all(group.size >= max(5, 0.05 * result.placed_count) for group in result.groups)


@pytest.mark.parametrize("name", PRODUCTION)
def test_same_as_production_given_its_groups(name: str) -> None:
    folder = real("polis-production", name)
    expected = load_json(only(folder, "math"))
    base = dict(zip(expected["base-clusters"]["id"], expected["base-clusters"]["members"], strict=True))
    groups = {
        person: cluster["id"]
        for cluster in expected["group-clusters"]
        for one in cluster["members"]
        for person in base[one]
    }
    result = compute(
        _production_votes(folder), zeroed=expected["mod-out"], meta=expected["meta-tids"], groups=groups
    )
    assert result.placed_count == len(groups) == len(expected["in-conv"])
    for group in result.groups:
        theirs = expected["repness"][str(group.given)]
        assert [(r.statement, r.direction) for r in group.representative] == [
            (r["tid"], r["repful-for"]) for r in theirs
        ]
        for r, their in zip(group.representative, theirs, strict=True):
            figures = [their[key] for key in ("repness", "repness-test", "p-success", "p-test")]
            # Production keeps the repness test in single precision.
            assert [r.r, r.rt, r.p, r.pt] == pytest.approx(figures, rel=1e-6)
    for direction, ours in (("agree", result.consensus.agree), ("disagree", result.consensus.disagree)):
        assert list(ours) == [found["tid"] for found in expected["consensus"][direction]]
    at = {statement: index for index, statement in enumerate(result.statements.tolist())}
    gac = {int(s): value for s, value in expected["group-aware-consensus"].items()}
    assert {s: result.gac_agree[at[s]] for s in gac} == pytest.approx(gac, rel=1e-13)
    if name != "50ptpt-3gp-strict-no-meta":  # recorded while every priority came out as 49
        priorities = {int(s): value for s, value in expected["comment-priorities"].items()}
        assert {s: result.priorities[at[s]] for s in priorities} == pytest.approx(priorities, rel=1e-6)


def _production_votes(folder: Any) -> Votes:
    if "biodiversity" in folder.name:
        return from_csv(folder)[0]
    rows = load_json(folder / "votes.json.gz")
    people = [row.get("participant_id", row.get("pid")) for row in rows]
    statements = [row.get("statement_id", row.get("tid")) for row in rows]
    return Votes.from_log(people, statements, [r["vote"] for r in rows], [int(r["modified"]) for r in rows])
