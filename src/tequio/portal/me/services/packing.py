"""Everything of somebody in one file: a page to read, tables, JSON, and her own files."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.base.moments import place_of, say_moment, zone
from tequio.files.models import Rendition
from tequio.files.selectors import blocks_of
from tequio.formats.polis_cells import harmless
from tequio.people.models import Person

from ..selectors.belongings import belongings, rows_of, whose
from ..selectors.telling import Table, Told
from ..types.words import column_name, table_name

# The page stays one that a telephone can open; the tables have all.
ROWS_ON_PAGE = 1_000
FILES = "files.storedfile"
Progress = Callable[[int], None]


class Pack:
    """Writes the archive of one person's tables, in the active language, a block of rows in memory at a time."""

    def __init__(self, person: Person, out: IO[bytes]):
        self.person, self.whose = person, whose(person)
        self.zone_name = person.home.zone if person.home else "UTC"
        mine = [one for one in belongings() if one.rule.export]
        self.tables = [Table(one, self.whose, self.zone_name) for one in reversed(mine)]
        self.archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        self.names: set[str] = set()
        self.began = timezone.now()

    def count(self) -> int:
        return sum(table.count() for table in self.tables)

    def write(self, progress: Progress) -> None:
        """All of it. `progress` is told the number of rows after each block."""
        with tempfile.TemporaryFile() as page, tempfile.TemporaryFile() as data:
            texts = [io.TextIOWrapper(one, "utf-8", newline="", write_through=True) for one in (page, data)]
            self._write_tables(texts[0], texts[1], progress)
            for text, name in zip(texts, ("index.html", "data.json"), strict=True):
                text.detach().seek(0)
                self._add(name, page if name == "index.html" else data)
        self._write_files()
        self.archive.close()

    def _write_tables(self, page: IO[str], data: IO[str], progress: Progress) -> None:
        now = timezone.now()
        context = {
            "made": say_moment(now, self.zone_name), "name": self.person.name, "place": place_of(self.zone_name),
        }  # fmt: skip
        page.write(render_to_string("me/copy/head.html", context))
        data.write(
            json.dumps({"made_at": now.isoformat(), "person": str(self.person.uid)})[:-1] + ', "tables": {'
        )
        is_first = True
        for table in self.tables:
            data.write("" if is_first else ",\n")
            is_first = False
            self._write_table(table, page, data, progress)
        data.write("}}\n")
        page.write(render_to_string("me/copy/foot.html", context))

    def _write_table(self, table: Table, page: IO[str], data: IO[str], progress: Progress) -> None:
        name, heads = table_name(table.belonging.model), [column_name(one) for one in table.columns]
        data.write(f"{json.dumps(table.belonging.label)}: [")
        file_name = self._free_name("tables/", slugify(name) or table.belonging.label, ".csv")
        page_rows: list[list[str]] = []
        written = 0
        with tempfile.TemporaryFile() as content:
            text = io.TextIOWrapper(content, "utf-8-sig", newline="", write_through=True)
            lines = csv.writer(text)
            lines.writerow(map(harmless, heads))
            for block in table.blocks():
                lines.writerows(table.cells_for_spreadsheet(told) for told in block)
                data.write(_json_of(block, is_first=written == 0))
                page_rows += [told.cells for told in block][: max(0, ROWS_ON_PAGE - len(page_rows))]
                written += len(block)
                progress(len(block))
            text.detach().seek(0)
            if written:
                self._add(file_name, content)
        data.write("]")
        if written:
            context = {
                "name": name, "file": file_name, "rows": [list(zip(heads, row, strict=True)) for row in page_rows],
                "all": written, "is_cut": written > len(page_rows),
            }  # fmt: skip
            page.write(render_to_string("me/copy/table.html", context))

    def _write_files(self) -> None:
        """What she uploaded, each in the largest form that is kept."""
        own = next((table.belonging for table in self.tables if table.belonging.label == FILES), None)
        if own is None:
            return
        for stored in rows_of(own, self.whose).order_by("pk").iterator(chunk_size=100):
            rendition = Rendition.objects.filter(file=stored.pk).order_by("-size").first()
            if rendition is None:
                continue
            called = clean_name(stored.name)  # type: ignore[attr-defined]
            stem, dot, ending = called.rpartition(".")
            name = self._free_name("files/", stem if dot else ending, f".{ending}" if dot else "")
            with self.archive.open(self._entry(name), "w", force_zip64=True) as entry:
                for piece in blocks_of(rendition):
                    entry.write(piece)

    def _free_name(self, folder: str, stem: str, ending: str) -> str:
        name, number = f"{folder}{stem}{ending}", 1
        while name in self.names:
            number += 1
            name = f"{folder}{stem}-{number}{ending}"
        self.names.add(name)
        return name

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, timezone.localtime(self.began, zone(self.zone_name)).timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED
        return entry

    def _add(self, name: str, content: IO[bytes]) -> None:
        with self.archive.open(self._entry(name), "w", force_zip64=True) as entry:
            shutil.copyfileobj(content, entry)


def clean_name(name: str) -> str:
    """Without folders, and not hidden."""
    return name.replace("\\", "/").rpartition("/")[2].strip(". ") or "file"


def _json_of(block: list[Told], *, is_first: bool) -> str:
    lines = ",\n".join(json.dumps(told.record, cls=DjangoJSONEncoder, ensure_ascii=False) for told in block)
    return lines if is_first else ",\n" + lines


def archive_name(person: Person) -> str:
    """As she reads it in her folder of downloads."""
    return f"tequio-{slugify(_('my data')) or 'data'}-{timezone.now():%Y-%m-%d}.zip"


def read_archive(content: IO[bytes]) -> dict[str, Any]:
    """{name in the archive: bytes}; for checks."""
    with zipfile.ZipFile(content) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
