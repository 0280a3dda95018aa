"""The settings an operator may give, by the environment: one typed table, read early, failing early."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tequio.base.command_line import CommandFailed

from .postgres.places import make_open_directory, project_directory


class BadSetting(CommandFailed):
    """A setting cannot be read; the message names it and what was expected."""


def _flag(text: str) -> bool:
    if text.lower() in ("1", "true", "yes", "on"):
        return True
    if text.lower() in ("", "0", "false", "no", "off"):
        return False
    raise ValueError("expected 1 or 0")


def _hosts(text: str) -> list[str]:
    hosts = [part.strip() for part in text.split(",") if part.strip()]
    if any("/" in host or ":" in host for host in hosts):
        raise ValueError("expected host names with commas between them, without http:// and port")
    return hosts


def _networks(text: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(part.strip()) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise ValueError(f"expected addresses or networks with commas between them; {error}") from error


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError("expected a number from 1 to 65535")
    return number


def _seconds(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("expected a number of seconds, 0 or more")
    return number


def _jobs(text: str) -> int:
    number = int(text)
    if not 0 < number <= 32:
        raise ValueError("expected a number from 1 to 32")
    return number


def _requests(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise ValueError("expected a number, 1 or more")
    return int(text)


def _milliseconds(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("expected a number of milliseconds, 0 or more")
    return int(text)


def _addresses(text: str) -> list[str]:
    addresses = [part.strip() for part in text.split(",") if part.strip()]
    if not all(re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address) for address in addresses):
        raise ValueError("expected e-mail addresses with commas between them, without names")
    return addresses


def _sms_gateway(text: str) -> str:
    """Read again by outbox.adapters.sms; here it fails early."""
    parts = urlsplit(text)
    schemes = ("rapidpro+https", "rapidpro+http", "kannel+https", "kannel+http")
    if text and (parts.scheme not in schemes or not parts.hostname or not parts.username):
        raise ValueError("expected rapidpro+https://TOKEN@host or kannel+http://user:password@host:13013")
    if text:
        _ = parts.port  # raises ValueError where it is none
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if text and (
        parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
    ):
        raise ValueError("expected an address as https://host or http://host:5000")
    if text:
        _ = parts.port  # raises ValueError where it is none
    return text


@dataclass(frozen=True)
class Setting:
    name: str
    read: Callable[[str], Any]
    default: str
    what: str


TABLE = (
    Setting("DATABASE_URL", str, "", "PostgreSQL 15 or newer, as postgresql://user:password@host/name. Empty: the embedded one."),
    Setting("TEQUIO_DATA", str, "", "Folder of the embedded database and of files. Empty: var/ beside the code."),
    Setting("TEQUIO_SECRET_KEY", str, "", "Signs cookies and links. Must be set with DATABASE_URL; else one is made and kept."),
    Setting("TEQUIO_HOSTS", _hosts, "", "Public host names, with commas between them. The first one is used in letters."),
    Setting("TEQUIO_HTTPS", _flag, "", "1 when people reach the site by https (behind a proxy that sets X-Forwarded-Proto)."),
    Setting("TEQUIO_PROXIES", _networks, "127.0.0.0/8,::1/128", "Addresses or networks of the proxies in front: only their X-Forwarded-For is believed."),
    Setting("TEQUIO_DEBUG", _flag, "", "1 only on a developer's own machine: shows errors in full."),
    Setting("TEQUIO_MAIL_URL", str, "", "SMTP server for letters, as smtp://user:password@host:587 (STARTTLS) or smtps://…:465."),
    Setting("TEQUIO_MAIL_FROM", str, "Tequio <tequio@localhost>", "Sender of letters."),
    Setting("TEQUIO_MAIL_FOLDER", str, "", "Write letters as files into this folder instead of sending them."),
    Setting("TEQUIO_SMS_URL", _sms_gateway, "", "SMS gateway, as rapidpro+https://TOKEN@host or kannel+http://user:password@host:13013. Empty: no SMS."),
    Setting("TEQUIO_SMS_FROM", str, "", "Sender of SMS, where the gateway lets us choose it."),
    Setting("TEQUIO_SMS_FOLDER", str, "", "Write SMS as files into this folder instead of sending them."),
    Setting("TEQUIO_TRANSLATE_URL", _web_address, "", "A translating machine that speaks as LibreTranslate, as https://host. It is sent what translators ask for. Empty: none."),
    Setting("TEQUIO_TRANSLATE_KEY", str, "", "Key of the translating machine, where it asks for one."),
    Setting("TEQUIO_ANCHOR_MAIL", _addresses, "", "Who gets the daily seal of what happened: addresses of stewards and others, not only of operators."),
    Setting("TEQUIO_KEPT_PAGE_SECONDS", _seconds, "45", "How long a page for visitors may be handed out again; 0 switches that off."),
    Setting("TEQUIO_WORKER_SHORT", _jobs, "2", "Short jobs of one worker at the same time: letters, seals, maps."),
    Setting("TEQUIO_WORKER_LONG", _jobs, "1", "Long jobs of one worker at the same time, beside the short ones: imports, exports."),
    Setting("TEQUIO_API_LIMIT_PUBLIC", _requests, "600", "Requests to the API from one network without a key within five minutes."),
    Setting("TEQUIO_API_LIMIT_KEY", _requests, "1500", "Requests to the API with one key within five minutes."),
    Setting("PORT", _port, "8000", "Port of the web server."),
    Setting("TEQUIO_HOST", str, "127.0.0.1", "Address the web server listens at; 0.0.0.0 for all of the machine's."),
    Setting("TEQUIO_PG_BIN", str, "", "Folder of the programs of a PostgreSQL to be used as the embedded one."),
    Setting("TEQUIO_STATEMENT_TIMEOUT_MS", _milliseconds, "15000", "Longest a page may wait for one query; 0: no limit."),
    Setting("TEQUIO_LOCK_TIMEOUT_MS", _milliseconds, "5000", "Longest a query may wait for a lock; 0: no limit."),
)  # fmt: skip


def read_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """All settings, typed. Raises BadSetting with the name, what was given and what was expected."""
    values: dict[str, Any] = {}
    for setting in TABLE:
        given = environment.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(given)
        except ValueError as error:
            raise BadSetting(f"{setting.name}={given!r}: {error}") from error
    if values["DATABASE_URL"] and not values["TEQUIO_SECRET_KEY"]:
        raise BadSetting("TEQUIO_SECRET_KEY must be set when DATABASE_URL is (50 random characters).")
    if values["TEQUIO_SECRET_KEY"] and len(values["TEQUIO_SECRET_KEY"]) < 32:
        raise BadSetting("TEQUIO_SECRET_KEY is too short: at least 32 characters are expected.")
    return values


def data_folder(values: Mapping[str, Any]) -> Path:
    return Path(values["TEQUIO_DATA"] or project_directory() / "var").resolve()


def kept_secret(folder: Path) -> str:
    """The secret of an installation that was not given one: made once, readable by its owner only."""
    path = folder / "secret_key"
    make_open_directory(folder)  # the account that runs the embedded database walks through it
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(50)
        file.write(secret)
    return secret
