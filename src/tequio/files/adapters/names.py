"""Names of files as people's machines give them, made harmless."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100
# Control characters, and those that turn the direction of writing: "gpj.exe" may read "exe.jpg".
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
NOT_IN_NAMES = re.compile(r'[<>:"|?*%;`$&\'\\/]')


def clean_name(name: str, ending: str) -> str:
    """The last part of a path, without what cannot be seen or means something elsewhere, with the ending it earns."""
    last = re.split(r"[/\\]", UNSEEN.sub("", name))[-1]
    plain = NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", last)).strip(" .")
    stem = re.sub(r"(\.[A-Za-z0-9]{1,8})+$", "", plain).strip(" .") or "file"
    return stem[: LONGEST - len(ending)].rstrip(" .") + ending
