"""`tequio audit`: the chain of what happened, for operators and for those who keep its seals."""

from __future__ import annotations

import argparse

from tequio.base.command_line import NOT_SO

HELP = "the chain of what happened: its head, a seal that was sent by letter, sealing now"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="WORD", required=True)
    words.add_parser("head", help="the number and the seal of the last link")
    check = words.add_parser("check", help="whether the seal of a letter is still the one stored here")
    check.add_argument("number", type=int, help="the number of the seal, as in the letter")
    check.add_argument("seal", help="the 64 letters and digits of the seal")
    words.add_parser("seal", help="seal at once what is not sealed yet")


def run(options: argparse.Namespace) -> int:
    from .selectors import head, link_of
    from .services import sealing

    if options.word == "seal":
        print(f"{sealing.seal()} sealed.")
        return 0
    if options.word == "head":
        last = head()
        print(f"{last.seq} {last.hash}" if last else "Nothing is sealed yet.")
        return 0
    link = link_of(options.number)
    if link is None:
        print(f"There is no seal of number {options.number} here: the chain was cut or written anew.")
        return NOT_SO
    if link.hash != options.seal.strip().lower():
        print(f"The seal of number {options.number} is another one here: what lies before it was changed.")
        return NOT_SO
    print("The seal is the same. Now `tequio verify` tells whether everything before it fits.")
    return 0
