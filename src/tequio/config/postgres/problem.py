"""The one way in which anything about the database fails: a clear line and exit code 2."""

from tequio.base.command_line import CommandFailed


class DatabaseProblem(CommandFailed):
    """The database cannot be reached, started or used; the message says what to do."""
