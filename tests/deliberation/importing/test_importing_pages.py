"""The upload and the page that says how far it is."""

from __future__ import annotations

import io
import re
import struct
import time
import tracemalloc
import uuid
import zipfile

import pytest
from django.utils import timezone

from exports import COMMENTS, VOTES, uploads, zipped
from forms import key_of, send
from tequio.base.errors import Refused
from tequio.ideas.deliberation.models import Conversation, ConversationImport, ImportFile
from tequio.ideas.deliberation.services import importing

pytestmark = pytest.mark.django_db
URL = "/en/conversations/import/"


def test_whose_page_it_is(browser_of, alice, mora, member, guest, charlie):
    people = [alice, charlie, mora, member, guest, None]
    assert [browser_of(one).get(URL).status_code for one in people] == [200, 200, 404, 404, 302, 302]


def test_only_who_asked_sees_the_import(browser_of, bring, folder, alice, bob, charlie, guest):
    path = f"{URL}{bring(folder).uid}/"
    people = [alice, bob, charlie, guest, None]
    assert [browser_of(one).get(path).status_code for one in people] == [200, 404, 404, 302, 302]
    assert browser_of(alice).get(f"{URL}{uuid.uuid4()}/").status_code == 404
    assert send(browser_of(bob), path, {"do": "drop"}).status_code == 404


def test_nobody_imports_into_a_place_that_is_not_hers(browser_of, charlie, lome, folder):
    data = {"territory": lome.pk, "language": "en", "folder": uploads(folder)}
    assert send(browser_of(charlie), URL, data).status_code == 422
    assert not ConversationImport.objects.exists()
    with pytest.raises(Refused):
        importing.ask_for_import(list(folder.items()), territory=lome, language="en", by=charlie)


def test_it_waits_for_the_worker_and_says_so(browser_of, alice, lome, folder):
    from procrastinate.contrib.django.models import ProcrastinateJob

    client = browser_of(alice)
    data = {"territory": lome.pk, "language": "en", "folder": uploads(folder)}
    path = send(client, URL, data)["Location"]
    page = client.get(path).content.decode()
    assert "<progress" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "hx-get" in page
    part = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section")
    row = ConversationImport.objects.get()
    assert ProcrastinateJob.objects.filter(
        task_name="deliberation.import_conversation", args={"pk": row.pk}
    ).exists()
    importing.run_import(row.pk)
    done = client.get(path).content.decode()
    assert "4 answers were saved" in done
    assert f"/en/conversations/{Conversation.objects.get().pk}/" in done
    assert "hx-get" not in done
    assert "refresh" not in done


def test_progress_is_a_share_of_all_answers(browser_of, bring, folder, alice):
    row = bring(folder)
    ConversationImport.objects.filter(pk=row.pk).update(state="saving", done=1, total=4)
    page = browser_of(alice).get(f"{URL}{row.uid}/").content.decode()
    assert 'value="25"' in page
    assert "1 of 4 answers are saved." in page


def test_the_same_files_again_are_told_and_can_go_on(browser_of, bring, folder, alice):
    first = bring(folder)
    again = bring(folder)
    assert again.state == "waiting"
    path = f"{URL}{again.uid}/"
    page = browser_of(alice).get(path)
    assert "These files are here already" in page.content.decode()
    assert f"/en/conversations/{first.conversation_id}/" in page.content.decode()
    assert send(browser_of(alice), path, {"do": "again"})["Location"] == path
    importing.run_import(again.pk)
    assert Conversation.objects.count() == 2


def test_the_same_files_again_can_be_left(browser_of, bring, folder, alice):
    bring(folder)
    again = bring(folder)
    send(browser_of(alice), f"{URL}{again.uid}/", {"do": "drop"})
    assert not ConversationImport.objects.filter(pk=again.pk).exists()
    assert not ImportFile.objects.exists()


def test_a_running_import_cannot_be_dropped(browser_of, bring, folder, alice):
    row = bring(folder)
    send(browser_of(alice), f"{URL}{row.uid}/", {"do": "drop"})
    assert ConversationImport.objects.filter(pk=row.pk).exists()


def test_sent_twice_it_is_asked_once(browser_of, alice, lome, folder):
    client = browser_of(alice)
    key = key_of(client.get(URL))
    data = {"territory": lome.pk, "language": "en", "form_key": key}
    answers = [client.post(URL, {**data, "folder": uploads(folder)}) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ConversationImport.objects.count() == 1


def test_what_was_typed_is_kept(bring, folder):
    page = bring({"votes.csv": folder["votes.csv"]}, question="Kept?", licence="Mine")
    assert page.status_code == 422
    assert 'value="Kept?"' in page.content.decode()
    assert 'value="Mine"' in page.content.decode()
    assert "expected a comments.csv, found none." in page.content.decode()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "Choose the files of the export folder"),
        ({"notes.txt": b"hello"}, "expected a votes.csv or participants-votes.csv, found neither."),
        ({"votes.csv": b"", "comments.csv": b"x"}, "The submitted file is empty."),
        ({"x.zip": b"PK", "votes.csv": b"x"}, "expected one ZIP alone, or the files themselves"),
        ({"x.zip": b"not a zip"}, "expected a whole ZIP file, found something else."),
        ({"x.zip": b"PK\x05\x06" + bytes(18)}, "expected a votes.csv"),
        ({"a-votes.csv": b"x", "b-votes.csv": b"x", "comments.csv": b"x"}, "expected one votes.csv"),
        ({f"{index}.csv": b"x" for index in range(21)}, "more than 20 files"),
    ],
)
def test_odd_uploads_are_refused(bring, files, message):
    page = bring(files)
    assert page.status_code == 422
    assert message in page.content.decode().replace("&quot;", '"')
    assert not ConversationImport.objects.exists()


def entry(name: str, content: bytes = b"x", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def many(number: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for index in range(number):
            archive.writestr(f"{index}", b"")
    return out.getvalue()


def lying() -> bytes:
    """A ZIP that names one entry and brings a directory of ten megabytes."""
    return bytes(11 << 20) + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, 10 << 20, 0, 0)


def huge_gz() -> bytes:
    """A gzip file whose end says that a gigabyte comes out of it."""
    return b"\x1f\x8b\x08" + bytes(1000) + struct.pack("<L", 1 << 30)


BOMBS = {
    "ratio": lambda: {"x.zip": entry("votes.csv", bytes(200 << 20))},
    "entries": lambda: {"x.zip": many(1_001)},
    "directory": lambda: {"x.zip": lying()},
    "up": lambda: {"x.zip": entry("../votes.csv")},
    "root": lambda: {"x.zip": entry("/etc/votes.csv")},
    "drive": lambda: {"x.zip": entry("C:votes.csv")},
    "backslash": lambda: {"x.zip": entry("a\\..\\votes.csv")},
    "method": lambda: {"x.zip": entry("votes.csv", b"x" * 99, zipfile.ZIP_BZIP2)},
    "gzip": lambda: {"votes.csv.gz": huge_gz(), "comments.csv": b"x"},
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_quickly_and_cheaply(bring, name):
    files = BOMBS[name]()
    bring({})  # so that what the first page of all costs is not counted
    tracemalloc.start()
    begun = time.process_time()
    page = bring(files)
    seconds = time.process_time() - begun
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert page.status_code == 422
    assert not ConversationImport.objects.exists()
    assert seconds < 5, "of the processor; tracing slows it, and yet each takes some tenths of one"
    assert peak < 100 << 20


def test_a_gzip_bomb_that_lies_is_cut_off_in_the_worker(bring, folder, monkeypatch):
    import gzip

    monkeypatch.setattr(importing, "LARGEST_TEXT", 1 << 16)
    lie = gzip.compress(folder["votes.csv"] + b"\n" * (1 << 20))[:-4] + struct.pack("<L", 10)
    row = bring({"votes.csv.gz": lie, "comments.csv": folder["comments.csv"]})
    assert row.state == "failed"
    assert not Conversation.objects.exists()


def test_names_do_not_reach_a_disk_or_a_page_raw(bring, browser_of, alice):
    name = "<script>alert(1)</script>-votes.csv"
    files = {name: VOTES.replace("vote\n", "veto\n", 1).encode(), "comments.csv": COMMENTS.encode()}
    row = bring(zipped(files, inside=""), question="Q?")
    page = browser_of(alice).get(f"{URL}{row.uid}/").content.decode()
    assert row.state == "failed"
    assert "<script>alert" not in page


def test_who_lost_the_role_meanwhile_reads_why_nothing_was_taken_in(browser_of, alice, lome, folder):
    data = {"territory": lome.pk, "language": "en", "folder": uploads(folder)}
    client = browser_of(alice)
    path = send(client, URL, data)["Location"]
    alice.roles.update(ended_at=timezone.now())
    importing.run_import(ConversationImport.objects.get().pk)
    page = client.get(path).content.decode()
    assert "Only facilitators and stewards of this place can open a conversation." in page
    assert not Conversation.objects.exists()


def test_what_breaks_on_our_side_is_not_blamed_on_the_files(bring, folder, browser_of, alice, monkeypatch):
    def breaks(*arguments: object, **values: object) -> None:
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr(importing, "take_in", breaks)
    with pytest.raises(RuntimeError):
        bring(folder)
    row = ConversationImport.objects.get()
    page = browser_of(alice).get(f"{URL}{row.uid}/").content.decode()
    assert (row.state, "The files may be fine." in page) == ("failed", True)
    assert "no room on the disk" not in page


def test_twenty_a_day(bring, folder, monkeypatch):
    monkeypatch.setattr(importing, "UPLOADS_A_DAY", 1)
    bring(folder)
    assert bring(folder).status_code == 429


def test_every_expectation_of_the_readers_has_its_translation():
    """The readers' own words, taken from their source, are all in the table."""
    from pathlib import Path

    import tequio.formats
    from tequio.ideas.deliberation.selectors.import_troubles import EXPECTED

    patterns = [re.compile(pattern) for pattern, _message in EXPECTED]
    root = Path(tequio.formats.__file__).parent
    said = set()
    for path in root.glob("polis*.py"):
        said |= set(re.findall(r'(?:fault\(|expected=)\s*"([^"]+)"', path.read_text()))
    own = Path(importing.__file__).with_name("taking_in.py").read_text()
    said |= set(re.findall(r'(?:fault\("[^"]+",|expected=)\s*"([^"]+)"', own))
    assert len(said) > 25
    assert {words for words in said if not any(pattern.fullmatch(words) for pattern in patterns)} == set()
