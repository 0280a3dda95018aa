"""What is taken in, in which form, and what is refused before it costs anything."""

from __future__ import annotations

import io
import resource
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import bombs
from tequio.audit.models import Record
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.files.adapters import documents, pictures, shrink
from tequio.files.adapters.names import clean_name
from tequio.files.adapters.troubles import CannotTake
from tequio.files.enums import ENDINGS, Trouble
from tequio.files.models import StoredFile
from tequio.files.selectors import content_of, picture_of, rendition_of
from tequio.files.services import (
    GUEST_UPLOADS_A_DAY,
    NETWORK_UPLOADS_A_DAY,
    UPLOADS_A_DAY,
    store_document,
    store_picture,
)
from tequio.people.services import begin_guest

MOST_SECONDS = 1.0
MOST_MORE_MB = 100


def upload(data: bytes, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def cpu_seconds() -> float:
    """Spent by this process and by its children that have ended: a busy machine does not make it more."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def peak_mb() -> float:
    """The most memory this process and, apart, any of its children ever had."""
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_become_webp(kind):
    made = pictures.shrink(bombs.picture(1000, 500, kind=kind), (360, 720))
    assert [(one.width, one.height) for one in made] == [(720, 360), (360, 180)]
    for one in made:
        assert (opened(one.content).format, opened(one.content).size) == ("WEBP", (one.width, one.height))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_every_way_to_keep_points(mode):
    (only,) = pictures.shrink(bombs.picture(20, 10, mode=mode), (360, 720))
    assert (only.width, only.height) == (20, 10)


def test_print_colours_are_read():
    assert pictures.shrink(bombs.picture(20, 10, mode="CMYK", kind="JPEG"), (360,))[0].width == 20


def test_where_it_was_taken_stays_behind():
    data = bombs.with_place_and_turn()
    assert opened(data).getexif().get_ifd(0x8825)
    (small,) = pictures.shrink(data, (360,))
    assert (small.width, small.height) == (40, 60), "turned as the telephone was held"
    assert not opened(small.content).getexif()
    for word in (b"Ama", b"EXIF", b"Telephone", b"XMP"):
        assert word not in small.content


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(pictures.MOST_BYTES), "too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_a_picture"),
        (b"MZ" + bytes(100), "not_a_picture"),
        (bombs.picture(kind="BMP"), "not_a_picture"),
        (b"GIF89a", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\nand no more", "not_a_picture"),
        (bombs.picture()[:60], "broken_picture"),
        (bombs.picture(10, 60), "broken_picture"),
        (bombs.moving("GIF"), "animated"),
        (bombs.moving("WEBP"), "animated"),
        (bombs.moving("PNG"), "animated"),
        (bombs.gif_bomb(), "too_many_pixels"),
        (bombs.picture(5001, 5000, mode="1"), "too_many_pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_for_us(data, trouble):
    with pytest.raises(CannotTake) as refused:
        pictures.shrink(data, (360,))
    assert refused.value.trouble == trouble
    assert Trouble(trouble).label


@pytest.mark.parametrize(
    "bomb", [bombs.png_bomb, bombs.gif_bomb, bombs.png_with_a_long_text], ids=lambda bomb: bomb.__name__
)
def test_picture_bombs_are_refused_quickly_and_cheaply(bomb):
    data = bomb()
    pictures.shrink(bombs.picture(), (360,))  # so that what a child needs at all is counted before
    before, began = peak_mb(), cpu_seconds()
    with pytest.raises(CannotTake):
        pictures.shrink(data, (360,))
    assert cpu_seconds() - began < MOST_SECONDS
    assert peak_mb() - before < MOST_MORE_MB


def test_the_child_has_limits_and_no_secrets(monkeypatch, tmp_path):
    """A decoder that runs wild is ended by its own limits; it knows nothing of our environment."""
    for body, seconds, trouble in (
        ("bytes(2_000_000_000)", 60, "too_heavy"),
        ("sys.stdout.write(str(len(os.environ) > 2))", 60, None),
        ("time.sleep(60)", 1, "too_heavy"),
    ):
        script = tmp_path / "wild.py"
        limits = Path(shrink.__file__).read_text(encoding="utf-8").split("def open_header")[0]
        script.write_text(f"{limits}\nimport os, time\nlimit_this_process()\n{body}\n", encoding="utf-8")
        monkeypatch.setattr(pictures, "SCRIPT", script)
        monkeypatch.setattr(pictures, "SECONDS", seconds)
        if trouble:
            with pytest.raises(CannotTake) as refused:
                pictures.shrink(bombs.picture(), (360,))
            assert refused.value.trouble == trouble
        else:
            with pytest.raises(ValueError, match="Expecting value"):
                pictures.shrink(bombs.picture(), (360,))


def test_memory_that_runs_out_is_said(monkeypatch):
    def heavy(data: bytes, widths: list[int]) -> None:
        raise MemoryError

    monkeypatch.setattr(shrink, "shrink", heavy)
    assert shrink.answer(b"", [1]) == ({"trouble": "too_heavy"}, [])


def test_the_child_s_own_words(monkeypatch):
    """The steps of the child, in this process, where they are seen."""
    monkeypatch.setattr(shrink, "limit_this_process", lambda: None)
    out = io.BytesIO()
    shrink.main(["30", "10"], io.BytesIO(bombs.with_place_and_turn()), out)
    line, _newline, rest = out.getvalue().partition(b"\n")
    assert b'"width": 30' in line
    assert opened(rest).format == "WEBP"
    assert shrink.answer(bombs.picture(mode="RGBA"), [10])[0]["pictures"][0]["width"] == 10
    for data, trouble in (
        (bombs.moving("GIF"), "animated"), (bombs.gif_bomb(), "too_many_pixels"),
        (bombs.picture()[:60], "broken_picture"), (bombs.picture(10, 60), "broken_picture"),
    ):  # fmt: skip
        assert shrink.answer(data, [360])[0] == {"trouble": trouble}


def test_two_views_of_a_telephone_are_one_picture():
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    assert pictures.shrink(out.getvalue(), (360,))[0].width == 30


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"%PDF-1.7\n...", "plan.pdf", "application/pdf"),
        (b"%PDF-1.7\n...", "plan.exe", "application/pdf"),
        (b"name;age\nAma;27\n", "people.csv", "text/csv"),
        ("name,age\nAma,27\n".encode("utf-8-sig"), "people.CSV", "text/csv"),
        (b"just words", "words.csv", "text/plain"),
        ("Où est le marché ?\n1 < 2".encode(), "note", "text/plain"),
        (bombs.docx(), "a.docx", next(kind for kind, end in ENDINGS.items() if end == ".docx")),
        (bombs.odt(), "a.odt", "application/vnd.oasis.opendocument.text"),
    ],
)
def test_documents_are_what_they_hold(data, name, found):
    assert documents.type_of(data, name) == found


BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", "empty"),
        (b"%PDF-" + bytes(documents.MOST_BYTES), "too_large"),
        (BILLION, "markup"),
        (b"  <svg onload=alert(1)>", "markup"),
        (b"<!doctype html><p>", "markup"),
        (b"Hello <script>alert(1)</script>", "markup"),
        ("Où".encode("latin-1") + b" est", "not_utf8"),
        (bytes(range(1, 32)) * 9 + b"\xff\xfe\x9d", "unknown_type"),
        (b"MZ\x00\x00", "unknown_type"),
        (b"words" * 2000 + b"\x00", "unknown_type"),
        (bombs.picture(), "unknown_type"),
        (bombs.archive(("a.txt", b"a")), "unknown_type"),
        (bombs.odt(b"application/x-evil"), "unknown_type"),
        (bombs.docx(("word/vbaProject.bin", b"x")), "unknown_type"),
        (b"PK\x03\x04nothing", "broken_archive"),
        (bombs.docx()[:-30], "broken_archive"),
        (bombs.flagged(bombs.docx()), "broken_archive"),
        (bombs.docx(*((f"word/{n}.xml", b"") for n in range(1001))), "too_many_entries"),
        (bombs.overlapping(), "unpacks_too_large"),
        (bombs.docx(("word/zeros.xml", bytes(20_000_000))), "unpacks_too_large"),
        (bombs.docx(("../../etc/passwd", b"x")), "unsafe_names"),
        (bombs.docx(("/etc/passwd", b"x")), "unsafe_names"),
        (bombs.docx(("C:\\evil", b"x")), "unsafe_names"),
        (bombs.docx(("word/..\\..\\evil", b"x")), "unsafe_names"),
        (bombs.docx(("word/inner.zip", bombs.archive(("a", b"a")))), "nested"),
        (bombs.docx(("word/evil.xml", BILLION)), "markup"),
    ],
)
def test_documents_we_do_not_take(data, trouble):
    before, began = peak_mb(), cpu_seconds()
    with pytest.raises(CannotTake) as refused:
        documents.type_of(data, "a.csv")
    assert refused.value.trouble == trouble
    assert cpu_seconds() - began < MOST_SECONDS
    assert peak_mb() - before < MOST_MORE_MB


def test_a_large_directory_is_not_even_read():
    many = bombs.docx(*((f"word/{'n' * 200}{n}.xml", b"") for n in range(5000)))
    began = cpu_seconds()
    with pytest.raises(CannotTake, match="too_many_entries"):
        documents.type_of(many)
    assert cpu_seconds() - began < MOST_SECONDS


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.pdf"),
        ("a\x00b.exe", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("gpj.\u202eexe", "gpj.pdf"),
        ("report.pdf.exe", "report.pdf"),
        (" .. ", "file.pdf"),
        ("", "file.pdf"),
        ('a"b;c<d>.txt', "a_b_c_d_.pdf"),
        ("Análisis d'été.docx", "Análisis d_été.pdf"),
        ("line\r\nX-Evil: 1.pdf", "lineX-Evil_ 1.pdf"),
    ],
)
def test_names_are_made_harmless(name, clean):
    assert clean_name(name, ".pdf") == clean


@pytest.mark.django_db
class TestStoring:
    def test_a_picture(self, member):
        stored = store_picture(upload(bombs.picture(1000, 500), "../My well.PNG"), by=member)
        assert (stored.name, stored.kind, stored.by) == ("My well.webp", "picture", member)
        shown = picture_of(stored.pk)
        assert [(copy.width, copy.height) for copy in shown.copies] == [(360, 180), (720, 360)]
        assert shown.widest.kilobytes >= 1
        copy = rendition_of(stored.pk, width=720)
        assert opened(content_of(copy)).size == (720, 360)
        assert Record.objects.get(act="file.store").actor == member.audit_id
        assert str(copy).startswith("image/webp ")
        assert str(stored).startswith("picture ")

    def test_a_document_in_blocks(self, member):
        data = b"%PDF-1.7\n" + bytes(range(256)) * 3000
        stored = store_document(upload(data, "Plan 2026.pdf"), by=member)
        document = rendition_of(stored.pk)
        assert (document.type, document.size, document.width) == ("application/pdf", len(data), None)
        assert document.blocks.count() == 3
        assert content_of(document) == data
        assert str(document.blocks.first()).endswith("/0")

    def test_only_what_is_asked_for(self, member):
        with pytest.raises(Refused) as refused:
            store_document(upload(b"%PDF-1.7"), types=("text/csv",), by=member)
        assert refused.value.code == "unknown_type"

    @pytest.mark.parametrize(
        ("store", "code"), [(store_picture, "not_a_picture"), (store_document, "unknown_type")]
    )
    def test_a_refusal_says_why(self, member, store, code):
        with pytest.raises(Refused) as refused:
            store(upload(b"MZ\x00\x00"), by=member)
        assert (refused.value.code, str(refused.value.reason)) == (code, str(Trouble(code).label))
        assert not StoredFile.objects.exists()

    def test_too_large_is_refused_unread(self, member):
        class Vast(SimpleUploadedFile):
            def chunks(self, *arguments):
                raise AssertionError("it was read")

        vast = Vast("a.png", b"x")
        vast.size = pictures.MOST_BYTES + 1
        with pytest.raises(Refused) as refused:
            store_picture(vast, by=member)
        assert refused.value.code == "too_large"

    def test_guests_do_not_upload(self, guest):
        with pytest.raises(Refused, match="Only members"):
            store_picture(upload(bombs.picture()), by=guest)
        assert store_document(upload(b"words", "a.txt"), by=SYSTEM).by is None

    def test_guests_send_pictures_where_their_network_is_counted(self, guest):
        stored = store_picture(upload(bombs.picture()), network="10.0.0.1", by=guest)
        assert (stored.by, stored.kind) == (guest, "picture")
        guest.is_active = False
        with pytest.raises(Refused, match="Only members"):
            store_picture(upload(bombs.picture()), network="10.0.0.1", by=guest)

    def test_a_guest_has_few_tries_a_day(self, guest):
        for _ in range(GUEST_UPLOADS_A_DAY):
            with pytest.raises(Refused) as refused:
                store_picture(upload(b"MZ"), network="10.0.0.2", by=guest)
            assert refused.value.code == "not_a_picture"
        with pytest.raises(Refused) as refused:
            store_picture(upload(bombs.picture()), network="10.0.0.3", by=guest)
        assert refused.value.code == "too_often"

    def test_guests_of_one_network_are_counted_together(self):
        for number in range(NETWORK_UPLOADS_A_DAY + 1):
            with pytest.raises(Refused) as refused:
                store_picture(upload(b"MZ"), network="10.0.0.4", by=begin_guest(language="en"))
            is_last = number == NETWORK_UPLOADS_A_DAY
            assert refused.value.code == ("too_often" if is_last else "not_a_picture")
        with pytest.raises(Refused) as refused:
            store_picture(upload(b"MZ"), network="10.0.0.5", by=begin_guest(language="en"))
        assert refused.value.code == "not_a_picture"

    def test_tries_a_day_are_counted_whether_they_work_or_not(self, member):
        for _ in range(UPLOADS_A_DAY):
            with pytest.raises(Refused) as refused:
                store_document(upload(b"MZ\x00\x00"), by=member)
            assert refused.value.code == "unknown_type"
        with pytest.raises(Refused) as refused:
            store_document(upload(b"words", "a.txt"), by=member)
        assert refused.value.code == "too_often"
