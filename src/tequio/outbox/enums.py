from enum import StrEnum


class Outcome(StrEnum):
    """What came of one try to deliver a letter."""

    SENT = "sent"
    WAITS = "waits"
    GIVEN_UP = "given up"
    SERVER_AWAY = "server away"
    NOT_MINE = "not mine"
