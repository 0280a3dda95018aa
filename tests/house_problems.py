"""Problems of a house: one a guest reported, with a point, a picture and somebody who has it too; one that is withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from people import words
from tequio.catalogue.models import Item
from tequio.files.models import Block, Rendition, StoredFile
from tequio.ideas.proposals.models import Illustration
from tequio.ideas.proposals.services.confirming import confirm_problem
from tequio.ideas.proposals.services.problems import ProblemWords, report_problem
from tequio.ideas.proposals.types import Whereabouts
from tequio.people.models import Person
from tequio.territories.models import Territory


def put_problems(
    place: Territory, people: dict[str, Person | None], secret: str, webp: bytes
) -> dict[str, Any]:
    guest, author, member = people["guest"], people["author"], people["member"]
    assert guest
    assert author
    assert member
    said = ProblemWords(
        title=words("The drain of the market overflows."), what=words("After each rain."),
        who_is_affected=words("Sellers."), evidence=words("Two feet of water in June."), how_often="weekly",
        where=Whereabouts("Behind the market", 6.137, 1.223),
    )  # fmt: skip
    problem = report_problem(said, territory=place, by=guest)
    confirm_problem(problem, territory=place, place_name="Rue du Lac", by=member)
    hidden = report_problem(
        ProblemWords(title=words(f"A problem about {secret}.")), territory=place, by=author
    )
    Item.objects.filter(pk=hidden.pk).update(state="withdrawn")
    return {"problem": problem, "withdrawn": hidden, "picture": _picture(problem.item, member, webp).pk}


def _picture(item: Item, by: Person, webp: bytes) -> Illustration:
    """Without the process that makes one smaller: a house is built often."""
    stored = StoredFile.objects.create(kind="picture", name="drain.webp", by=by)
    copy = Rendition.objects.create(
        file=stored, type="image/webp", width=2, height=2, size=len(webp), digest=sha256(webp).hexdigest()
    )
    Block.objects.create(rendition=copy, number=0, content=webp)
    return Illustration.objects.create(item=item, file=stored, says=words("A drain."))


Arguments = Callable[[Any], dict[str, Any]]
PROBLEM_PATHS: dict[str, Arguments] = {
    **dict.fromkeys(
        ("proposals:problem", "proposals:problem_edit", "proposals:confirm"),
        lambda house: {"pk": house.notes["problem"].pk},
    ),
    "proposals:hub": lambda house: {"code": house.place.code},
    "proposals:illustration": lambda house: {"pk": house.notes["picture"], "width": 2},
}
