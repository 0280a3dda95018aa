from django.db import models
from django.utils.translation import gettext_lazy as _


class FileKind(models.TextChoices):
    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")


class Trouble(models.TextChoices):
    """Why an upload was not taken; the sentence is for whoever sent it."""

    EMPTY = "empty", _("This file is empty.")
    TOO_LARGE = "too_large", _("This file is too large.")
    NOT_A_PICTURE = "not_a_picture", _("This is not a JPEG, PNG, WebP or GIF picture.")
    TOO_MANY_PIXELS = (
        "too_many_pixels",
        _("This picture has more than 25 million pixels. Please make it smaller."),
    )
    ANIMATED = "animated", _("Moving pictures are not taken. Please choose a still one.")
    BROKEN_PICTURE = "broken_picture", _("This picture could not be read. It may be damaged.")
    TOO_HEAVY = "too_heavy", _("This picture takes too much time or memory to read.")
    UNKNOWN_TYPE = (
        "unknown_type",
        _("Files of this type are not taken. PDF, CSV, plain text and office documents are."),
    )
    NOT_UTF8 = "not_utf8", _("This text is not in UTF-8. Please save it as “CSV UTF-8” or as UTF-8 text.")
    MARKUP = "markup", _("Drawings, web pages and XML are not taken, because they can carry programs.")
    BROKEN_ARCHIVE = "broken_archive", _("This file is damaged or protected by a password.")
    TOO_MANY_ENTRIES = "too_many_entries", _("This file has more than 1,000 files in it.")
    UNPACKS_TOO_LARGE = "unpacks_too_large", _("This file would become too large when it is opened.")
    UNSAFE_NAMES = "unsafe_names", _("This file has names in it that lead outside of it.")
    NESTED = "nested", _("This file has other archives in it.")


# What we take, by the type that its content shows, and the ending its name gets.
ENDINGS = {
    "application/pdf": ".pdf",
    "text/csv": ".csv",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "image/webp": ".webp",
}
