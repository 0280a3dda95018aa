"""What the other side may do to us; every adapter says it in these words."""


class Undeliverable(Exception):
    """The other side did not take this one; later it may."""


class ServerAway(Undeliverable):
    """The other side is not there, or takes nothing at all now; the next one would fare no better."""


class NeverDeliverable(Exception):
    """This one can not be delivered, however often it is tried."""
