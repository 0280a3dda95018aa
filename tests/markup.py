"""Pages as a browser's parser sees them: elements, attributes, texts, with the standard library alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
RAW = {"script", "style"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        return " ".join(" ".join([*self.words, *(child.text() for child in self.children)]).split())

    def all(self, *tags: str) -> list[Element]:
        found = [self] if not tags or self.tag in tags else []
        for child in self.children:
            found += child.all(*tags)
        return found

    def inside(self, *tags: str) -> bool:
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.now = Element("#page", {})
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.mistakes.append(f"line {self.getpos()[0]}: <{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.now)
        self.now.children.append(element)
        if tag not in VOID:
            self.now = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.now.tag != tag:
            self.mistakes.append(f"line {self.getpos()[0]}: </{tag}> closes <{self.now.tag}>")
        above: Element | None = self.now
        while above is not None and above.tag != tag:
            above = above.parent
        if above is not None and above.parent is not None:
            self.now = above.parent

    def handle_data(self, data: str) -> None:
        self.now.words.append(data)


# Elements whose end tag HTML lets one leave out; we do not.
def read_page(source: str) -> tuple[Element, list[str]]:
    """The page's root and what is not well nested in it."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    if reader.now is not reader.root:
        reader.mistakes.append(f"<{reader.now.tag}> is never closed")
    return reader.root, reader.mistakes
