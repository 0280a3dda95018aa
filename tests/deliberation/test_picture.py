"""The picture of a conversation: chosen by who looks after it, handed out to who may see it, kept from the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import bombs
from forms import send
from people import words
from tequio.base.errors import Refused
from tequio.files.invariants import every_file_has_a_form, every_file_is_what_was_stored
from tequio.files.models import Block, Rendition, StoredFile
from tequio.files.services import prune_orphans, store_document, store_picture
from tequio.files.tasks import prune
from tequio.ideas.deliberation.services.conversations import withdraw_conversation
from tequio.ideas.deliberation.services.pictures import set_picture, take_picture_away

pytestmark = pytest.mark.django_db


def upload(data: bytes | None = None, name: str = "well.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data if data is not None else bombs.picture(1000, 500))


@pytest.fixture
def shown(conversation, alice):
    set_picture(conversation, store_picture(upload(), by=alice), words("A well."), by=alice)
    conversation.item.refresh_from_db()
    return conversation


def path(conversation, width=720):
    return f"/en/conversations/{conversation.pk}/picture/{width}.webp"


def test_the_organiser_chooses_one(conversation, alice, browser_of, client):
    browser, address = browser_of(alice), f"/en/conversations/{conversation.pk}/picture/"
    assert address in browser.get(f"/en/conversations/{conversation.pk}/edit/").content.decode()
    page = browser.get(address).content.decode()
    assert "What it shows, in English" in page
    assert 'enctype="multipart/form-data"' in page
    assert send(browser, address, {"picture": upload(), "says": "A well under trees."}).status_code == 302
    page = client.get(f"/en/conversations/{conversation.pk}/").content.decode()
    assert f'src="{path(conversation)}"' in page
    assert 'width="720" height="360" alt="A well under trees." lang="en" loading="lazy"' in page
    assert f"{path(conversation, 360)} 360w" in page
    answer = client.get(path(conversation))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "A well under trees." in browser.get(address).content.decode()


def test_lite_mode_asks_first(shown, client):
    page = client.get(f"/en/conversations/{shown.pk}/", HTTP_SAVE_DATA="on").content.decode()
    assert "<img" not in page
    assert f'href="{path(shown)}"' in page
    assert "kB)" in page


def test_another_picture_has_other_words(shown, alice, browser_of):
    says = words("A well.", "Un pozo.")
    set_picture(shown, None, says, by=alice)
    address = f"/en/conversations/{shown.pk}/picture/"
    send(browser_of(alice), address, {"says": "An old well."})
    shown.item.refresh_from_db()
    assert set(shown.item.picture_says) == {"en", "es"}
    send(browser_of(alice), address, {"says": "A mast.", "picture": upload()})
    shown.item.refresh_from_db()
    assert set(shown.item.picture_says) == {"en"}


def test_other_words_keep_the_picture(shown, alice, browser_of):
    before = shown.item.picture_id
    address = f"/en/conversations/{shown.pk}/picture/"
    assert send(browser_of(alice), address, {"says": "Another word."}).status_code == 302
    shown.item.refresh_from_db()
    assert (shown.item.picture_id, shown.item.picture_says["en"]["text"]) == (before, "Another word.")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"says": "A well."}, "Choose a picture."),
        ({"picture": upload()}, "This field is required."),
        ({"picture": upload(b"MZ\x00"), "says": "A well."}, "This is not a JPEG, PNG, WebP or GIF picture."),
        ({"picture": upload(bombs.png_bomb()), "says": "A well."}, "more than 25 million pixels"),
        ({"picture": upload(b""), "says": "A well."}, "empty"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_wrong(conversation, alice, browser_of, form, said):
    for value in form.values():
        if not isinstance(value, str):
            value.seek(0)
    answer = send(browser_of(alice), f"/en/conversations/{conversation.pk}/picture/", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    conversation.item.refresh_from_db()
    assert conversation.item.picture_id is None


def test_the_day_s_limit_is_said(conversation, alice, browser_of, monkeypatch):
    monkeypatch.setattr("tequio.files.services.UPLOADS_A_DAY", 0)
    form = {"picture": upload(), "says": "A well."}
    assert send(browser_of(alice), f"/en/conversations/{conversation.pk}/picture/", form).status_code == 429


def test_taken_away_it_is_gone(shown, alice, browser_of, client):
    address = f"/en/conversations/{shown.pk}/picture/"
    assert send(browser_of(alice), address, {"do": "remove"}).status_code == 302
    assert client.get(path(shown)).status_code == 404
    assert "<img" not in client.get(f"/en/conversations/{shown.pk}/").content.decode()
    assert send(browser_of(alice), address, {"do": "remove"}).status_code == 422


def test_who_may_see_the_conversation_sees_it(shown, alice, bob, charlie, guest, browser_of):
    for person in (alice, bob, charlie, guest, None):
        assert browser_of(person).get(path(shown)).status_code == 200
    withdraw_conversation(shown, by=alice)
    for person, status in ((alice, 200), (bob, 200), (charlie, 404), (guest, 404), (None, 404)):
        assert browser_of(person).get(path(shown)).status_code == status
    assert browser_of(alice).get(path(shown, 719)).status_code == 404


def test_it_is_sent_so_that_nothing_can_run(shown, client):
    answer = client.get(path(shown))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'inline; filename="well.webp"'
    assert (answer["Cache-Control"], answer["Accept-Ranges"]) == ("private, no-cache", "none")
    assert not answer.cookies
    again = client.get(path(shown), HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path(shown), HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_access_that_ended_has_ended(shown, alice, client):
    etag = client.get(path(shown))["ETag"]
    withdraw_conversation(shown, by=alice)
    assert client.get(path(shown), HTTP_IF_NONE_MATCH=etag).status_code == 404


def test_a_large_document_goes_out_in_blocks(rf, member):
    from tequio.files.selectors import rendition_of
    from tequio.files.views import serve

    data = b"%PDF-1.7\n" + bytes(600_000)
    document = rendition_of(store_document(upload(data, "Plan, été.pdf"), by=member).pk)
    answer = serve(document, rf.get("/"))
    assert answer.streaming
    assert (b"".join(answer), answer["Content-Length"]) == (data, str(len(data)))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Plan%2C%20%C3%A9t%C3%A9.pdf"


def test_services_refuse_others_and_half_things(conversation, alice, charlie):
    stored = store_picture(upload(), by=alice)
    for act in (
        lambda: set_picture(conversation, stored, words("A well."), by=charlie),
        lambda: take_picture_away(conversation, by=charlie),
        lambda: set_picture(conversation, stored, {}, by=alice),
        lambda: set_picture(conversation, None, words("A well."), by=alice),
    ):
        with pytest.raises(Refused):
            act()


def test_what_nobody_points_at_goes_after_a_day(shown, alice):
    old, fresh = store_picture(upload(), by=alice), store_picture(upload(), by=alice)
    StoredFile.objects.exclude(pk=fresh.pk).update(at=timezone.now() - timedelta(days=2))
    assert prune_orphans() == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {shown.item.picture_id, fresh.pk}
    assert not Rendition.objects.filter(file=old.pk).exists()
    StoredFile.objects.update(at=timezone.now() - timedelta(days=2))
    prune(0)
    assert StoredFile.objects.get().pk == shown.item.picture_id


def test_verify_names_bytes_that_changed(shown):
    assert not [*every_file_has_a_form(), *every_file_is_what_was_stored()]
    Block.objects.filter(rendition__width=360).update(content=b"other")
    assert f"file {shown.item.picture_id}" in next(every_file_is_what_was_stored())
    Rendition.objects.all().delete()
    assert "has no content" in next(every_file_has_a_form())
