"""Preview cards and the ways to pass a page on: right size, any title, drawn once, nobody else asked."""

from __future__ import annotations

import io
from collections.abc import Callable
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from PIL import Image

from markup import Element, read_page
from people import words
from tequio.base.errors import Refused
from tequio.base.multilingual import write_original
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.models import Conversation
from tequio.organisations.models import Organisation
from tequio.organisations.services.organisations import Portrait, make_organisation
from tequio.people.models import Person
from tequio.portal.sharing import services
from tequio.portal.sharing.adapters.card_picture import SIZES, WIDTH, Card, _font, draw_card, is_covered, wrap
from tequio.portal.sharing.selectors.passing_on import share_page
from tequio.portal.sharing.services import Drawer
from tequio.territories.models import Territory

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SHORT = Card("Conversation", "How?", "Lomé", "tequio.example", "ideas")


def picture(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def ink_of(data: bytes, box: tuple[int, int, int, int]) -> int:
    """How many points of a part are dark."""
    part = picture(data).convert("L").crop(box)
    return sum(part.histogram()[:90])


TITLE = (60, 150, 1199, 530)


@pytest.mark.parametrize(
    "title",
    [
        "How?", "¿Cómo repartimos el agua en Iztapalapa?", "Œuvre d’été : où ?", "Ŋutete le ɖekakpuiwo ƒe dɔ",
        "word " * 60, "Donaudampfschifffahrtsgesellschaft" * 6, "W" * 400, "a", "…", "line\nbreak\ttab",
    ],
)  # fmt: skip
def test_any_title_fits(title: str) -> None:
    data = draw_card(Card("Conversation", title, "Lomé", "tequio.example", "ideas"))
    image = picture(data)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < 40_000
    assert ink_of(data, TITLE) > 20
    assert ink_of(data, (1140, 50, 1200, 530)) == 0, "nothing runs over the edge"
    assert ink_of(data, (0, 500, 1200, 530)) < 400


@pytest.mark.parametrize("title", ["水を分ける", "كيف نتقاسم الماء؟", "ᐃᓄᒃᑎᑐᑦ", "💧💧", ""])
def test_what_the_font_cannot_write_is_left_to_the_place(title: str) -> None:
    with_place = draw_card(Card("Conversation", title, "Lomé", "x"))
    assert with_place == draw_card(Card("Conversation", "Lomé" if title else "", "Lomé", "x"))
    assert not title or not is_covered(title, "serif")


def test_the_same_words_are_the_same_bytes_and_doors_differ() -> None:
    assert draw_card(SHORT) == draw_card(Card(*vars(SHORT).values()))
    assert draw_card(SHORT) != draw_card(Card("Conversation", "How?", "Lomé", "tequio.example", "ventures"))


@pytest.mark.parametrize("size", SIZES)
def test_lines_are_never_too_wide_and_lose_no_letter(size: int) -> None:
    font = _font("serif", size)
    text = "Una palabra extraordinariamenteeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee larga y otras"
    lines = wrap(text, font, WIDTH - 144)
    assert all(font.getlength(line) <= WIDTH - 144 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert wrap("", font, 100) == []


def test_a_card_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Card] = []
    monkeypatch.setattr(services, "draw_card", lambda card: drawn.append(card) or b"png")
    drawer = Drawer()
    threads = [Thread(target=drawer.picture, args=(SHORT,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [SHORT]
    for number in range(services.MOST_KEPT + 5):
        drawer.picture(Card("k", str(number), "", ""))
    assert len(drawer.kept) == services.MOST_KEPT
    assert SHORT not in drawer.kept


def test_whoever_comes_when_too_many_wait_is_told(
    lome: Territory, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "WAIT_SECONDS", 0.01)
    assert services.DRAWER.pen.acquire(timeout=1)
    try:
        with pytest.raises(Refused):
            services.DRAWER.picture(Card("nothing", "like it", "before", "", ""))
        services.DRAWER.kept.clear()
        answer = browser_of().get("/en/places/TG-M-lome/card.png")
    finally:
        services.DRAWER.pen.release()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert browser_of().get("/en/places/TG-M-lome/card.png").status_code == 200


@pytest.fixture
def weavers(lome: Territory, member: Person) -> Organisation:
    portrait = Portrait(kind="cooperative", name=words("Weavers"), territory=lome, languages=["en"])
    return make_organisation(portrait, by=member)


def head(browser: Client, path: str) -> dict[str, str]:
    root, mistakes = read_page(browser.get(path).content.decode())
    assert mistakes == []
    said = root.all("head")[0].all("meta")
    return {
        one.attributes.get("property") or one.attributes.get("name", ""): one.attributes.get("content", "")
        for one in said
    }


def test_pages_carry_their_card(
    conversation: Conversation, weavers: Organisation, lome: Territory, browser_of: Browser
) -> None:
    statement = conversation.statements.first()
    assert statement
    for path, title in (
        (f"/en/conversations/{conversation.pk}/", "How should our neighbourhoods get online?"),
        (f"/en/statements/{statement.pk}/", "A repair must take at most two days."),
        ("/en/places/TG-M-lome/", "Lomé"), (f"/en/organisations/{weavers.pk}/", "Weavers"),
    ):  # fmt: skip
        said = head(browser_of(), path)
        assert (said["og:title"], said["og:url"]) == (title, f"http://testserver{path}")
        assert (said["twitter:card"], said["og:image:alt"]) == ("summary_large_image", title)
        card = browser_of().get(urlsplit(said["og:image"]).path)
        assert picture(card.content).size == (int(said["og:image:width"]), int(said["og:image:height"]))
        assert card["Content-Type"] == "image/png"
        assert card["ETag"]


def test_hostile_titles_in_previews(lome: Territory, conversation: Conversation, browser_of: Browser) -> None:
    hostile = '"><script>alert(1)</script>'
    Item.objects.filter(pk=conversation.pk).update(title=write_original(hostile, "en"))
    assert head(browser_of(), f"/en/conversations/{conversation.pk}/")["og:title"] == hostile
    assert browser_of().get(f"/en/items/{conversation.pk}/card.png").status_code == 200


def test_no_card_of_what_not_everybody_sees(
    conversation: Conversation, weavers: Organisation, alice: Person, member: Person, browser_of: Browser
) -> None:
    Item.objects.filter(pk=conversation.pk).update(state="draft", published_at=None)
    Organisation.objects.filter(pk=weavers.pk).update(hidden_by="people.person:1")
    for person in (None, alice, member):
        assert browser_of(person).get(f"/en/items/{conversation.pk}/card.png").status_code == 404
        assert browser_of(person).get(f"/en/organisations/{weavers.pk}/card.png").status_code == 404
    for path in ("/en/items/999999/share/", f"/en/items/{conversation.pk}/share/", "/en/places/XX/share/",
                 "/en/places/XX/card.png", "/en/organisations/999999/share/"):  # fmt: skip
        assert browser_of().get(path).status_code == 404


def links(root: Element) -> dict[str, str]:
    return {one.text(): one.attributes["href"] for one in root.all("main")[0].all("ul")[0].all("a")}


def test_ways_to_pass_it_on(conversation: Conversation, browser_of: Browser) -> None:
    root, mistakes = read_page(browser_of().get(f"/es/items/{conversation.pk}/share/").content.decode())
    assert mistakes == []
    address = f"http://testserver/es/conversations/{conversation.pk}/"
    ways = links(root)
    assert list(ways) == ["E-mail", "SMS", "WhatsApp", "Telegram"] or len(ways) == 4
    for way in ways.values():
        assert address in unquote(way)
        assert "¿Cómo conectamos los barrios?" in unquote(way)
    (field,) = [one for one in root.all("input") if one.attributes.get("id") == "address"]
    assert field.attributes["value"] == address
    assert [one for one in root.all("svg") if address in one.attributes.get("aria-label", "")]
    assert root.all("script") == []


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("mastodon.social", "mastodon.social"), (" https://Social.coop/ ", "social.coop"), ("@a.example", "a.example"),
        ("javascript:alert(1)", ""), ("evil.example/path?x", ""), ("a b.c", ""), ("localhost", ""), ("", ""),
        ("x" * 200 + ".org", ""), ("-a.org", ""), ("a..org", ""), ("a.org:80@b.org", ""), ("<b>.org", ""),
    ],
)  # fmt: skip
def test_a_mastodon_server_is_a_host_name_or_nothing(typed: str, server: str) -> None:
    page = share_page("A & B", "https://x.example/1", typed)
    assert page["server"] == server
    own = [way.address for way in page["ways"] if "Mastodon" in str(way.name)]
    assert len(own) == bool(server)
    for address in own:
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc, parts.path) == ("https", server, "/share")
        assert parse_qs(parts.query) == {"text": ["A & B\nhttps://x.example/1"]}


def test_places_and_organisations_too(lome: Territory, weavers: Organisation, browser_of: Browser) -> None:
    for path, title in (
        ("/en/places/TG-M-lome/share/", "Lomé"),
        (f"/en/organisations/{weavers.pk}/share/", "Weavers"),
    ):
        root, _mistakes = read_page(browser_of().get(path, {"server": "social.coop"}).content.decode())
        assert root.all("h1")[0].text() == title
        assert "Mastodon (social.coop)" in links(root)
