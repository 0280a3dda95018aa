"""`tequio territories load MX ES …`"""

from __future__ import annotations

import argparse

from tequio.base.actor import SYSTEM
from tequio.base.command_line import CommandFailed

HELP = "load countries, their ISO 3166-2 subdivisions and cities"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    sub = parser.add_subparsers(dest="what", metavar="load", required=True)
    load = sub.add_parser("load", help=HELP)
    load.add_argument("countries", nargs="+", metavar="CODE", help="ISO 3166-1 code of two letters, as MX")


def run(options: argparse.Namespace) -> int:
    from tequio.territories.importers import UnknownCountry, load_country

    for code in options.countries:
        try:
            count = load_country(code, by=SYSTEM)
        except UnknownCountry as unknown:
            raise CommandFailed(
                f"“{code}” is not a country code. Two letters are expected, as in MX or TG."
            ) from unknown
        print(f"{code.upper()}: {count} places")
    return 0
