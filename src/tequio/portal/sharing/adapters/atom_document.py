"""Atom 1.0 (RFC 4287), written by the standard library so that nothing has to be escaped by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
# What XML 1.0 has no place for, however it is escaped.
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True)
class Text:
    text: str
    language: str


@dataclass(frozen=True)
class Entry:
    """One thing of a feed. `tag` never changes, whatever becomes of words and address."""

    tag: str
    address: str
    title: Text
    summary: Text | None
    author: str
    kind: str
    kind_word: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """`own` is the feed's address, `page` that of the page it follows, `base` what relative addresses rest on."""

    tag: str
    own: str
    page: str
    base: str
    title: str
    subtitle: str
    author: str
    language: str
    entries: list[Entry] = field(default_factory=list)
    begun: datetime | None = None

    @property
    def updated(self) -> datetime:
        moments = [entry.updated for entry in self.entries] + ([self.begun] if self.begun else [])
        return max(moments)


def write_feed(feed: Feed) -> bytes:
    """The document in UTF-8."""
    root = ElementTree.Element(
        f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language, f"{{{XML}}}base": feed.base}
    )
    _add(root, "id", feed.tag)
    _add(root, "title", feed.title, type="text")
    _add(root, "subtitle", feed.subtitle, type="text")
    _add(root, "updated", _moment(feed.updated))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.own)
    _add(root, "link", rel="alternate", type="text/html", hreflang=feed.language, href=feed.page)
    _add(root, "generator", "Tequio")
    for entry in feed.entries:
        _add_entry(root, entry, feed.language)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _add_entry(root: ElementTree.Element, entry: Entry, language: str) -> None:
    at = _add(root, "entry")
    _add(at, "id", entry.tag)
    _add_words(at, "title", entry.title)
    _add(at, "published", _moment(entry.published))
    _add(at, "updated", _moment(entry.updated))
    _add(_add(at, "author"), "name", entry.author)
    _add(at, "link", rel="alternate", type="text/html", hreflang=language, href=entry.address)
    _add(at, "category", term=entry.kind, label=entry.kind_word)
    if entry.summary is not None:
        _add_words(at, "summary", entry.summary)


def _add_words(at: ElementTree.Element, name: str, words: Text) -> None:
    _add(at, name, words.text, type="text").set(f"{{{XML}}}lang", words.language)


def _add(at: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    clean = {key: UNFIT.sub("", value) for key, value in attributes.items()}
    made = ElementTree.SubElement(at, f"{{{ATOM}}}{name}", clean)
    made.text = UNFIT.sub("", text) or None
    return made


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
