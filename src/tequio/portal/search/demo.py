"""What invented people looked for in vain in the four places of the demonstration, in their languages."""

from __future__ import annotations

from tequio.territories.selectors import named

from .services import note_missing

# Place, language, words, how many of them looked for it this week.
LOOKED_FOR = (
    ("TG-M-lome", "fr", "crèche", 7),
    ("TG-M-lome", "fr", "toilettes publiques", 4),
    ("TG-M-lome", "en", "solar lamps", 3),
    ("MX-CMX", "es", "huerto urbano", 8),
    ("MX-CMX", "es", "bicicletas", 5),
    ("MX-CMX", "fr", "cours espagnol", 3),
    ("ES-BI-bilbao", "es", "cuidado de mayores", 6),
    ("ES-BI-bilbao", "eu", "liburutegia", 4),
    ("CA-QC-quebec", "fr", "cuisine collective", 6),
    ("CA-QC-quebec", "en", "tool library", 3),
    ("CA-QC-quebec", "fr", "déneigement", 2),  # too few: it is kept, and nobody is shown it
)


def load_gaps() -> int:
    """Let them search, each from a network of her own. Returns for how many words."""
    places = named({code for code, _language, _words, _number in LOOKED_FOR})
    for line, (code, language, words, number) in enumerate(LOOKED_FOR):
        for asker in range(number):
            note_missing(
                words, territory=places[code], language=language, network=f"demonstration {line}.{asker}"
            )
    return len(LOOKED_FOR)
