from enum import StrEnum


class Channel(StrEnum):
    """The ways out."""

    MAIL = "mail"
    SMS = "sms"
    WEBHOOK = "webhook"


class Outcome(StrEnum):
    """What came of one try to deliver a row."""

    SENT = "sent"
    WAITS = "waits"
    GIVEN_UP = "given up"
    SERVER_AWAY = "server away"
    NOT_MINE = "not mine"
