"""What was wrong with a file, in the reader's language.

The readers know no Django and say it in English; here is every expectation of theirs with its translation. A test
compares the table with the readers' source, so that none is forgotten.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

EXPECTED = [
    (r"an integer", noop("a whole number")),
    (r"true or false", noop("true or false")),
    (r"-1, 0 or 1", noop("-1, 0 or 1")),
    (r"1 \(agree\), 0 \(pass\) or -1 \(disagree\)", noop("1 (agree), 0 (pass) or -1 (disagree)")),
    (r"(?P<number>\d+) cells", noop("%(number)s cells")),
    (r"a column (?P<name>.+)", noop("a column %(name)s")),
    (r"each column once", noop("each column once")),
    (r"each comment once", noop("each statement once")),
    (r"each statement once", noop("each statement once")),
    (r"each name once", noop("each name once")),
    (r"one row for participant (?P<number>-?\d+)", noop("one row for participant %(number)s")),
    (r"a name and a value", noop("a name and a value")),
    (r"lines of a name and a value", noop("lines of a name and a value")),
    (r"well-formed CSV", noop("well-formed CSV")),
    (r"a line with the names of the columns", noop("a line with the names of the columns")),
    (r"the names of the columns on one line", noop("the names of the columns on one line")),
    (
        r"the columns timestamp, comment-id, voter-id, vote, or participant and one per statement",
        noop("the columns timestamp, comment-id, voter-id, vote, or participant and one per statement"),
    ),
    (r"at most (?P<number>[\d,]+) columns", noop("at most %(number)s columns")),
    (r"at most (?P<number>[\d,]+) bytes of text", noop("at most %(number)s bytes of text")),
    (r"at most (?P<number>[\d,]+) entries", noop("at most %(number)s entries")),
    (r"at most (?P<number>[\d,]+) characters", noop("at most %(number)s characters")),
    (r"lines of less than 16 MB", noop("lines of less than 16 MB")),
    (r"text", noop("text")),
    (r"text in UTF-8", noop("text in UTF-8")),
    (r"a gzip file", noop("a gzip file")),
    (r"a whole gzip file", noop("a whole gzip file")),
    (r"a whole ZIP file", noop("a whole ZIP file")),
    (r"a plain ZIP file", noop("a plain ZIP file")),
    (r"one ZIP alone, or the files themselves", noop("one ZIP alone, or the files themselves")),
    (r"names inside the folder", noop("names inside the folder")),
    (r"files without a password", noop("files without a password")),
    (r"the usual compression", noop("the usual compression")),
    (
        r"files that unpack to at most (?P<number>\d+) times their size",
        noop("files that unpack to at most %(number)s times their size"),
    ),
    (r"one (?P<name>[a-z-]+)\.csv", noop("one %(name)s.csv")),
    (r"a votes\.csv or participants-votes\.csv", noop("a votes.csv or participants-votes.csv")),
    (r"a comments\.csv", noop("a comments.csv")),
    (r"a folder", noop("a folder")),
    (r"a topic, or a question typed in the form", noop("a topic, or a question typed in the form")),
    (r"at least one statement", noop("at least one statement")),
    (r"every statement that was voted on", noop("every statement that was voted on")),
    (r"a number from 0 to 2,147,483,647", noop("a number from 0 to 2,147,483,647")),
    (r"words", noop("words")),
    (r"the number of another statement", noop("the number of another statement")),
]
FOUND = [
    (r"nothing", noop("nothing")),
    (r"none", noop("none")),
    (r"neither", noop("neither")),
    (r"more", noop("more")),
    (r"something else", noop("something else")),
    (r"several files", noop("several files")),
    (r"an empty file", noop("an empty file")),
    (r"a damaged one.*", noop("a damaged one")),
    (r"a gzip file", noop("a gzip file")),
    (r"a ZIP64 file", noop("a ZIP64 file")),
    (r"a longer one", noop("a longer one")),
    (r"a file", noop("a file")),
    (r"a NUL character", noop("a NUL character")),
    (r"(?P<name>“.*”) again", noop("%(name)s again")),
    (r"(?P<name>“.*”) twice", noop("%(name)s twice")),
    (r"only (?P<name>“.*”)", noop("only %(name)s")),
    (r"comment (?P<number>-?\d+) again", noop("statement %(number)s again")),
    (r"no statement (?P<number>-?\d+)", noop("no statement %(number)s")),
    (r"(?P<number>\d+) cells", noop("%(number)s cells")),
    (r"(?P<number>[\d,]+) bytes", noop("%(number)s bytes")),
    (r"another one, after line (?P<number>\d+)", noop("another one, after line %(number)s")),
    (r"a quotation mark that does not end", noop("a quotation mark that does not end")),
    (r"two columns with the same number", noop("two columns with the same number")),
    (r"the byte (?P<name>0x[0-9a-f]+)", noop("the byte %(name)s")),
    (r"a circle \((?P<number>\d+)\)", noop("a circle, in statement %(number)s")),
    (r"(?P<name>“.*”) \((?P<number>-?\d+)\)", noop("%(name)s, in statement %(number)s")),
    (r"(?P<many>[\d,]+) \((?P<number>\d+)\)", noop("%(many)s, in statement %(number)s")),
    (r"nothing \((?P<number>-?\d+)\)", noop("nothing, in statement %(number)s")),
]


def say_expected(words: str) -> str:
    return _say(EXPECTED, words)


def say_found(words: str) -> str:
    return _say(FOUND, words)


def say_file(name: str) -> str:
    return _("The files you sent") if name == "the upload" else name


def _say(table: list[tuple[str, str]], words: str) -> str:
    for pattern, message in table:
        found = re.fullmatch(pattern, words, re.DOTALL)
        if found:
            return _(message) % found.groupdict()
    return words


def say_trouble(trouble: dict[str, Any]) -> str:
    """One sentence: file, line, column, what was expected, what stood there."""
    if trouble.get("said") == "broken":
        return _("Something broke on our side. The files may be fine. Please try again.")
    if "said" in trouble:
        return str(trouble["said"])
    place = [say_file(trouble["file"])]
    if trouble.get("line"):
        place.append(_("line %(number)s") % {"number": trouble["line"]})
    if trouble.get("column"):
        place.append(_("column %(name)s") % {"name": trouble["column"]})
    return _("%(place)s: expected %(expected)s, found %(found)s.") % {
        "place": ", ".join(place),
        "expected": say_expected(trouble["expected"]),
        "found": say_found(trouble["found"]),
    }
