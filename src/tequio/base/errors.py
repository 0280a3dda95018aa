"""What a service says when it will not do what was asked."""


class Refused(Exception):
    """The request was understood and is not allowed now.

    `reason` is a sentence for the person, in her language; `code` a short word for scripts and tests.
    """

    def __init__(self, reason: object, code: str = "refused"):
        super().__init__(reason)
        self.reason = reason
        self.code = code
