"""Drawing cards: each once, one at a time, the last few hundred kept by what they say."""

from __future__ import annotations

from collections import OrderedDict
from threading import BoundedSemaphore, Lock

from django.utils.translation import gettext as _

from tequio.base.errors import Refused

from .adapters.card_picture import Card, draw_card

MOST_KEPT = 400
WAIT_SECONDS = 3.0


class Drawer:
    """The pictures one process has drawn, the least recently asked for dropped first.

    A card is kept by its words, so that a query stuck to the address draws nothing anew; and one is drawn at a
    time, so that however many are asked for they take no more than a part of one processor.
    """

    def __init__(self) -> None:
        self.kept: OrderedDict[Card, bytes] = OrderedDict()
        self.lock = Lock()
        self.pen = BoundedSemaphore(1)

    def picture(self, card: Card) -> bytes:
        """PNG. Refused("too_often") where others wait already."""
        found = self._find(card)
        if found is not None:
            return found
        if not self.pen.acquire(timeout=WAIT_SECONDS):
            raise Refused(_("Too many pictures are asked for at once."), code="too_often")
        try:
            return self._find(card) or self._keep(card, draw_card(card))
        finally:
            self.pen.release()

    def _find(self, card: Card) -> bytes | None:
        with self.lock:
            if card in self.kept:
                self.kept.move_to_end(card)
            return self.kept.get(card)

    def _keep(self, card: Card, picture: bytes) -> bytes:
        with self.lock:
            self.kept[card] = picture
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return picture


DRAWER = Drawer()
