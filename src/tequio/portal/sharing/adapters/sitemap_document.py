"""Sitemaps (sitemaps.org 0.9) with the languages of each page, written piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def write_index(maps: Iterable[tuple[str, datetime | None]]) -> str:
    """(address, when something in it last changed) of each map."""
    rows = "".join(f"<sitemap><loc>{escape(at)}</loc>{_changed(when)}</sitemap>\n" for at, when in maps)
    return f'{HEAD}<sitemapindex xmlns="{SPACE}">\n{rows}</sitemapindex>\n'


def write_pages(pages: Iterable[tuple[dict[str, str], datetime | None]]) -> Iterator[str]:
    """({language: address, "x-default" among them}, last change): one `url` for each language, each naming all."""
    yield f'{HEAD}<urlset xmlns="{SPACE}" xmlns:xhtml="{XHTML}">\n'
    for addresses, changed in pages:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
            for language, address in addresses.items()
        )
        for language, address in addresses.items():
            if language != "x-default":
                yield f"<url><loc>{escape(address)}</loc>{_changed(changed)}{others}</url>\n"
    yield "</urlset>\n"


def _changed(moment: datetime | None) -> str:
    return f"<lastmod>{moment:%Y-%m-%d}</lastmod>" if moment else ""
