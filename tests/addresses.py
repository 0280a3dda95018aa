"""Every named URL of the house, and its path for the things of one house."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from house import PATHS, House


def named_urls(resolver: URLResolver | None = None, space: str = "") -> list[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of every URL but the API's operations: those have tests of their own."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace == "api":
            continue
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found += named_urls(entry, inner)
        else:
            assert entry.name, f"a URL without a name: {entry.pattern}"
            found.append((space + entry.name, entry))
    return found


def names() -> list[str]:
    return sorted(name for name, _entry in named_urls())


def views() -> dict[str, Any]:
    return {name: entry.callback for name, entry in named_urls()}


def acting_names() -> list[str]:
    """Names of the URLs that take a POST."""
    return sorted(name for name, view in views().items() if getattr(view, "acts_once", False))


def path_of(name: str, house: House, language: str = "en") -> str:
    """The path of a named URL; a new URL with arguments needs its line in house.PATHS."""
    with translation.override(language):
        return reverse(name, kwargs=PATHS[name](house) if name in PATHS else None)


def has_language(name: str, house: House) -> bool:
    return path_of(name, house, "es") != path_of(name, house, "fr")
