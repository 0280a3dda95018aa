"""What a word of the `tequio` command line looks like, so that every flat can bring its own.

A command is a module with three names:

    HELP = "one line in plain words"
    def add_arguments(parser: argparse.ArgumentParser) -> None: ...
    def run(options: argparse.Namespace) -> int: ...

`NEEDS_DATABASE = False` at module level says that Django need not be set up. Exit codes: 0 done,
1 the thing asked is not so, 2 it cannot be done or the input is bad.
"""

NOT_SO = 1
CANNOT = 2


class CommandFailed(Exception):
    """Ends a command with one clear line on stderr and the given exit code."""

    def __init__(self, message: str, code: int = CANNOT):
        super().__init__(message)
        self.code = code
