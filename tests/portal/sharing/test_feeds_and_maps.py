"""Feeds, maps for search engines and the addresses of pages: valid, stable, public, and never broken by words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from house_organisations import portrait
from markup import Element, read_page
from people import words
from tequio.base.actor import SYSTEM
from tequio.base.languages import INTERFACE
from tequio.base.multilingual import write_original
from tequio.catalogue.models import Item, Revision
from tequio.guards.middleware import STORE
from tequio.ideas.deliberation.models import Conversation
from tequio.ideas.deliberation.services.conversations import Plan, open_conversation
from tequio.organisations.models import Organisation
from tequio.organisations.services.organisations import make_organisation
from tequio.people.models import Person
from tequio.portal.sharing.adapters.atom_document import UNFIT, Entry, Feed, Text, write_feed
from tequio.portal.sharing.adapters.sitemap_document import write_index, write_pages
from tequio.portal.sharing.selectors import mapping
from tequio.territories.models import Territory
from test_hostile_words import PAYLOADS

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
A = "{http://www.w3.org/2005/Atom}"
X = "{http://www.w3.org/XML/1998/namespace}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
H = "{http://www.w3.org/1999/xhtml}"
RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def feed_at(browser: Client, query: str = "", language: str = "en") -> ElementTree.Element:
    answer = browser.get(f"/{language}/feed/{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert complaints(root) == []
    return root


def one(root: ElementTree.Element, name: str) -> str:
    found = root.findall(A + name)
    assert len(found) == 1, f"{len(found)} × {name}"
    return found[0].text or ""


def complaints(root: ElementTree.Element) -> list[str]:
    """What RFC 4287 asks of a feed and its entries (4.1.1, 4.1.2, 4.2.6, 3.3, 3.2.1) and is not so."""
    wrong = [] if root.tag == A + "feed" else ["no feed"]
    ids = []
    for part in [root, *root.findall(A + "entry")]:
        ids.append(one(part, "id"))
        if not re.match(r"^tag:[\w.-]+,\d{4}(-\d\d-\d\d)?:\S+$", ids[-1]):
            wrong.append(f"id {ids[-1]}")
        if not RFC3339.match(one(part, "updated")):
            wrong.append(f"updated {one(part, 'updated')}")
        if one(part, "title") is None:
            wrong.append("no title")
        if not (part.find(f"{A}author/{A}name") is not None and part.find(f"{A}author/{A}name").text):  # type: ignore[union-attr]
            wrong.append("no author")
        wrong += [*wrong_links(part), *wrong_texts(part)]
    if len(ids) != len(set(ids)):
        wrong.append("an id twice")
    if "self" not in {link.get("rel") for link in root.findall(A + "link")}:
        wrong.append("no self")
    return wrong


def wrong_links(part: ElementTree.Element) -> list[str]:
    links = [link.attrib for link in part.findall(A + "link")]
    alternates = [link for link in links if link.get("rel") == "alternate"]
    relative = [link["href"] for link in links if not re.match(r"^https?://", link["href"])]
    return ([] if len(alternates) == 1 else ["not one alternate"]) + relative


def wrong_texts(part: ElementTree.Element) -> list[str]:
    texts = [text for name in ("title", "summary", "subtitle") for text in part.findall(A + name)]
    return [text.tag for text in texts if text.get("type") != "text" or list(text)]


class TestFeeds:
    def test_of_everything_a_place_a_kind_and_words(
        self, conversation: Conversation, bilbao: Territory, browser_of: Browser
    ) -> None:
        plan = Plan(question=words("What of Bilbao's river?"), background={}, languages=["en"])
        open_conversation(plan, territory=bilbao, seeds=[words("The river smells.")], by=SYSTEM)
        for query, number in (
            ("", 2), ("?place=TG", 1), ("?place=TG-M-lome", 1), ("?place=ES-BI-bilbao", 1), ("?kind=process", 0),
            ("?kind=conversation", 2), ("?q=river", 1), ("?q=river&place=TG", 0), ("?q=smells", 0), ("?q=%3F", 0),
        ):  # fmt: skip
            assert len(feed_at(browser_of(), query).findall(A + "entry")) == number, query

    def test_in_the_readers_language_with_the_words_own(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        root = feed_at(browser_of(), language="es")
        assert root.get(X + "lang") == "es"
        assert root.get(X + "base", "").startswith("http")
        title = root.find(f"{A}entry/{A}title")
        assert title is not None
        assert (title.text, title.get(X + "lang")) == ("¿Cómo conectamos los barrios?", "es")
        french = feed_at(browser_of(), language="fr").find(f"{A}entry/{A}title")
        assert french is not None
        assert french.get(X + "lang") == "en", "there is no French: the original, marked as what it is"

    def test_ids_stay_whatever_changes(self, conversation: Conversation, browser_of: Browser) -> None:
        def first(language: str) -> tuple[str, str]:
            STORE.clear()
            entry = feed_at(browser_of(), language=language).find(A + "entry")
            assert entry is not None
            return one(entry, "id"), one(entry, "updated")

        before = first("en")
        assert first("es")[0] == before[0]
        item = conversation.item
        item.title["en"]["text"] = "Another question?"
        item.save()
        Revision.objects.create(item=item, by="people.person:1", at=timezone.now() + timedelta(hours=2))
        after = first("en")
        assert after[0] == before[0]
        assert after[1] > before[1]

    def test_not_sent_twice(self, conversation: Conversation, alice: Person, browser_of: Browser) -> None:
        first = browser_of().get("/en/feed/")
        assert browser_of().get("/en/feed/", headers={"if-none-match": first["ETag"]}).status_code == 304
        since = first["Last-Modified"]
        answer = browser_of().get("/en/feed/", headers={"if-modified-since": since})
        assert (answer.status_code, answer.content) == (304, b"")
        early = http_date(timezone.now().timestamp() - 86_400)
        assert browser_of().get("/en/feed/", headers={"if-modified-since": early}).status_code == 200
        odd = {"if-none-match": '"other"', "if-modified-since": since}
        assert browser_of().get("/en/feed/", headers=odd).status_code == 200, "the tag goes before the moment"
        assert browser_of().get("/en/feed/", headers={"if-modified-since": "yesterday"}).status_code == 200
        assert browser_of().get("/en/rules/", headers={"if-modified-since": since}).status_code == 200
        assert browser_of(alice).get("/en/feed/").status_code == 200

    def test_only_what_everybody_sees(
        self, conversation: Conversation, lome: Territory, alice: Person, browser_of: Browser
    ) -> None:
        plan = Plan(question=words("A secret draft"), background={}, languages=["en"])
        open_conversation(plan, territory=lome, is_draft=True, by=alice)
        Item.objects.filter(pk=conversation.pk).update(hidden_by="people.person:1", hidden_reason="spam")
        for person in (None, alice):
            for query in ("", "?q=secret", "?q=neighbourhood"):
                assert feed_at(browser_of(person), query).findall(A + "entry") == []

    @pytest.mark.parametrize("query", ["?place=XX-none", "?kind=statement", "?kind=nonsense", "?kind=person"])
    def test_what_there_is_not(self, query: str, browser_of: Browser) -> None:
        assert browser_of().get(f"/en/feed/{query}").status_code == 404

    def test_hostile_words_and_what_xml_has_no_place_for(self, lome: Territory, browser_of: Browser) -> None:
        for payload in PAYLOADS[::4]:
            plan = Plan(question=write_original(payload, "en"), background={}, languages=["en"])
            open_conversation(plan, territory=lome, by=SYSTEM)
        root = feed_at(browser_of())
        said = [title.text for title in root.iterfind(f"{A}entry/{A}title")]
        assert set(PAYLOADS[::4]) >= {text for text in said if text} - {"xevilx"} or len(said) == len(
            PAYLOADS[::4]
        )
        for payload in PAYLOADS:
            assert browser_of().get("/en/feed/", {"q": payload}).status_code == 200

    def test_every_odd_letter_goes_and_every_other_stays(self) -> None:
        odd = "".join(map(chr, range(32))) + "\x7f\ufffe\uffff\ud800" + "é🙂<&>\"'"
        entry = Entry(
            "tag:x,2026:1", "https://x/1", Text(odd, "en"), Text(odd, "en"), odd, "k", odd, NOW, NOW
        )
        feed = Feed("tag:x,2026:f", "https://x/f", "https://x/", "https://x/", odd, odd, odd, "en", [entry])
        root = ElementTree.fromstring(write_feed(feed))
        assert one(root, "title") == UNFIT.sub("", odd).replace("\r", "\n")
        assert "🙂<&>" in one(root, "title")
        assert one(root, "updated") == "2026-05-01T12:00:00Z"

    def test_few_queries_and_bounded(self, lome: Territory, browser_of: Browser) -> None:
        for number in range(35):
            plan = Plan(question=words(f"Ladders {number}?"), background={}, languages=["en"])
            open_conversation(plan, territory=lome, by=SYSTEM)
        for query in ("", "?place=TG-M-lome", "?q=ladders"):
            browser_of().get("/en/about/")
            with CaptureQueriesContext(connection) as queries:
                root = feed_at(browser_of(), query)
            assert len(root.findall(A + "entry")) == 30
            assert len(queries) <= 4

    def test_pages_name_their_feed(self, conversation: Conversation, browser_of: Browser) -> None:
        for path in ("/en/", "/en/places/TG-M-lome/", "/en/conversations/", f"/en/conversations/{conversation.pk}/",
                     "/en/search/?q=%22%3Ewells%26"):  # fmt: skip
            root, _mistakes = read_page(browser_of().get(path).content.decode())
            (link,) = [
                one for one in root.all("link") if one.attributes.get("type") == "application/atom+xml"
            ]
            feed_at(browser_of(), link.attributes["href"].removeprefix("/en/feed/"))


class TestMaps:
    def locations(self, browser: Client, path: str) -> list[str]:
        answer = browser.get(path)
        assert answer.status_code == 200
        body = answer.getvalue() if answer.streaming else answer.content
        return [at.text or "" for at in ElementTree.fromstring(body).iter(S + "loc")]

    def test_robots_name_the_index_and_it_every_map(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        robots = browser_of().get("/robots.txt").content.decode()
        (index,) = re.findall(r"^Sitemap: (http\S+)$", robots, re.MULTILINE)
        assert index.endswith("/sitemap.xml")
        pages: list[str] = []
        for address in self.locations(browser_of(), "/sitemap.xml"):
            path = "/" + address.split("/", 3)[3]
            pages += self.locations(browser_of(), path)
        assert len(pages) == len(set(pages))
        for language in INTERFACE:
            assert f"http://testserver/{language}/conversations/{conversation.pk}/" in pages
            assert f"http://testserver/{language}/places/TG-M-lome/" in pages
            assert f"http://testserver/{language}/places/TG/" in pages
            assert f"http://testserver/{language}/" in pages
        for page in pages[:: max(1, len(pages) // 12)]:
            assert browser_of().get("/" + page.split("/", 3)[3]).status_code == 200, page

    def test_each_names_all_its_languages(self, conversation: Conversation, browser_of: Browser) -> None:
        number = conversation.pk // mapping.SPAN
        root = ElementTree.fromstring(browser_of().get(f"/sitemap-items-{number}.xml").getvalue())
        for url in root.iter(S + "url"):
            languages = [link.get("hreflang") for link in url.iter(H + "link")]
            assert languages == [*INTERFACE, "x-default"]
            assert url.findtext(S + "loc") in [link.get("href") for link in url.iter(H + "link")]
            assert re.match(r"^\d{4}-\d\d-\d\d$", url.findtext(S + "lastmod") or "")

    def test_only_public_things_that_stand_alone(
        self,
        conversation: Conversation,
        lome: Territory,
        bilbao: Territory,
        alice: Person,
        browser_of: Browser,
    ) -> None:
        plan = Plan(question=words("A draft"), background={}, languages=["en"])
        draft = open_conversation(plan, territory=bilbao, is_draft=True, by=SYSTEM)
        own = browser_of(alice)
        numbers = {item.pk // mapping.SPAN for item in (conversation.item, draft.item)}
        pages = [at for number in numbers for at in self.locations(own, f"/sitemap-items-{number}.xml")]
        assert {int(at.rstrip("/").rsplit("/", 1)[1]) for at in pages} == {conversation.pk}
        assert not [at for at in self.locations(own, "/sitemap-places-0.xml") if "bilbao" in at]

    def test_organisations_that_are_shown(
        self, lome: Territory, alice: Person, bob: Person, browser_of: Browser
    ) -> None:
        shown, hidden = (
            make_organisation(portrait(name, lome), by=by)
            for name, by in (("Weavers", alice), ("Liars", bob))
        )
        Organisation.objects.filter(pk=hidden.pk).update(hidden_by="moderation.decision:1")
        pages = [
            at for number in {one.pk // mapping.SPAN for one in (shown, hidden)}
            for at in self.locations(browser_of(), f"/sitemap-organisations-{number}.xml")
        ]  # fmt: skip
        assert sorted(pages) == sorted(
            f"http://testserver/{language}/organisations/{shown.pk}/" for language in INTERFACE
        )

    @pytest.mark.parametrize(
        "path",
        ["/sitemap-people-0.xml", "/sitemap-items-99999999999.xml", "/sitemap-items--1.xml", "/sitemap-.xml"],
    )
    def test_maps_there_are_not(self, path: str, browser_of: Browser) -> None:
        assert browser_of().get(path).status_code == 404

    def test_an_empty_map_is_empty(self, db: None, browser_of: Browser) -> None:
        assert self.locations(browser_of(), "/sitemap-items-77.xml") == []
        assert self.locations(browser_of(), "/sitemap-pages-1.xml") == []

    def test_maps_are_cut_by_span_and_few_queries(
        self,
        conversation: Conversation,
        lome: Territory,
        browser_of: Browser,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(mapping, "SPAN", 1)
        for number in range(4):
            open_conversation(
                Plan(question=words(f"{number}?"), background={}, languages=["en"]), territory=lome, by=SYSTEM
            )
        with CaptureQueriesContext(connection) as queries:
            found = mapping.maps()
        assert len(queries) == 3
        numbers = [number for section, number, _at in found if section == "items"]
        assert len(numbers) == len(set(numbers)) == 5
        pages = [page for number in numbers for page in mapping.pages_of("items", number, "")]
        assert len(pages) == 5

    def test_words_are_escaped(self) -> None:
        assert "&amp;" in write_index([("https://x/?a&b", NOW)])
        body = "".join(write_pages([({"en": 'https://x/"<&', "x-default": "https://x/"}, None)]))
        (url,) = ElementTree.fromstring(body).iter(S + "url")
        assert url.findtext(S + "loc") == 'https://x/"<&'


class TestAddresses:
    def head(self, browser: Client, path: str) -> Element:
        root, mistakes = read_page(browser.get(path).content.decode())
        assert mistakes == []
        return root.all("head")[0]

    def alternates(self, head: Element) -> dict[str, str]:
        return {
            one.attributes["hreflang"]: one.attributes["href"]
            for one in head.all("link")
            if "hreflang" in one.attributes
        }

    def test_every_public_page_says_its_address_and_languages(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        for path in ("", "places/TG-M-lome/", f"conversations/{conversation.pk}/", "rules/", "doors/ideas/"):
            head = self.head(browser_of(), f"/es/{path}?utm_source=x&q=wells")
            own = [
                one.attributes["href"] for one in head.all("link") if one.attributes.get("rel") == "canonical"
            ]
            assert own == [f"http://testserver/es/{path}"]
            assert self.alternates(head) == {
                **{code: f"http://testserver/{code}/{path}" for code in INTERFACE}, "x-default": f"http://testserver/{path}",
            }  # fmt: skip

    def test_the_address_without_a_language_follows_the_reader(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        for path in ("/", f"/conversations/{conversation.pk}/", "/places/TG-M-lome/"):
            for language in INTERFACE:
                answer = browser_of().get(path, headers={"accept-language": language})
                assert answer.status_code == 302
                assert answer["Location"] == f"/{language}{path}"

    def test_pages_of_a_list_are_pages_of_their_own(self, browser_of: Browser, db: None) -> None:
        head = self.head(browser_of(), "/en/doors/ideas/?before=2026-01-01T00:00:00%2B00:00_1&kind=process")
        (own,) = [
            one.attributes["href"] for one in head.all("link") if one.attributes.get("rel") == "canonical"
        ]
        assert own == "http://testserver/en/doors/ideas/?before=2026-01-01T00%3A00%3A00%2B00%3A00_1"

    def test_a_public_name_goes_before_the_one_that_was_asked(
        self, conversation: Conversation, browser_of: Browser, settings: django_settings
    ) -> None:
        settings.PUBLIC_HOSTS, settings.PUBLIC_HOST, settings.IS_HTTPS = (
            ["tequio.example"],
            "tequio.example",
            True,
        )
        head = self.head(browser_of(), f"/en/conversations/{conversation.pk}/")
        assert self.alternates(head)["fr"] == f"https://tequio.example/fr/conversations/{conversation.pk}/"

    def test_acting_pages_have_no_address_to_keep(
        self, conversation: Conversation, browser_of: Browser
    ) -> None:
        head = self.head(browser_of(), f"/en/conversations/{conversation.pk}/answer/")
        assert "x-default" not in self.alternates(head)
        assert not [one for one in head.all("link") if one.attributes.get("rel") == "canonical"]
