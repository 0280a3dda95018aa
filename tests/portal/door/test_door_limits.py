"""T25: letters, tries and networks are counted, also where the answer is a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client, RequestFactory

from door_steps import CODE, ask, newest_code, signed_in, wrong_code
from forms import send
from tequio.config.environment import BadSetting, read_environment
from tequio.guards.models import RateCounter
from tequio.guards.views import network_of
from tequio.outbox.models import Letter
from tequio.people.models import Person
from tequio.portal.door import services
from tequio.portal.door.services import codes

pytestmark = pytest.mark.django_db


def counted(act: str) -> int:
    """In all its steps: a tenth of its window may end between two of them."""
    return sum(RateCounter.objects.filter(act=act).values_list("count", flat=True))


def addresses() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"p{number}@example.org"


def test_six_letters_an_hour_to_an_address_known_or_not(member: Person) -> None:
    for email in ("mina@example.org", "none@example.org"):
        answers = [ask(Client(), email) for _ in range(8)]
        assert [answer.status_code for answer in answers] == [302] * 6 + [429] * 2
        assert Letter.objects.filter(to=email).count() == 6
        assert b"Please wait a little" in answers[7].content
        assert answers[7]["Retry-After"]
        assert email.encode() not in answers[7].content


def test_a_letter_refused_for_its_address_is_counted_for_its_network() -> None:
    """For the network: a refusal that rolled its counter back would never come to its limit."""
    for _ in range(9):
        ask(Client(), "mina@example.org")
    assert (counted("sign-in.address"), counted("sign-in.network")) == (6, 9)


def test_a_full_room_signs_in_and_then_it_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes.LETTERS_AN_HOUR_FROM_NETWORK == 60
    email = addresses()
    statuses = [ask(Client(), next(email)).status_code for _ in range(62)]
    assert statuses == [302] * 60 + [429] * 2
    other = ask(Client(REMOTE_ADDR="198.51.100.7"), next(email))
    assert other.status_code == 302


def test_ten_tries_in_a_quarter_of_an_hour_then_even_the_right_code_waits(member: Person) -> None:
    statuses = []
    for _ in range(4):
        client = Client()
        ask(client, "mina@example.org")
        wrong = wrong_code("mina@example.org")
        statuses += [send(client, CODE, {"code": wrong}).status_code for _ in range(3)]
    assert statuses == [422, 422, 410] * 3 + [422, 429, 429]
    client = Client()
    ask(client, "mina@example.org")
    answer = send(client, CODE, {"code": newest_code("mina@example.org")})
    assert answer.status_code == 429
    assert signed_in(client) is None
    assert counted("sign-in.try") == 10


def test_tries_elsewhere_do_not_lock_her_out(member: Person) -> None:
    """Somebody guesses from his network; she signs in from hers."""
    for _ in range(4):
        stranger = Client(REMOTE_ADDR="198.51.100.7")
        ask(stranger, "mina@example.org")
        for _ in range(3):
            send(stranger, CODE, {"code": "00000000"})
    client = Client()
    ask(client, "mina@example.org")
    send(client, CODE, {"code": newest_code("mina@example.org")})
    assert signed_in(client) == str(member.pk)


def test_what_an_hour_of_guessing_is_worth() -> None:
    """Six letters with three tries each, of a hundred million codes: less than one in five million."""
    chance = codes.LETTERS_AN_HOUR_TO_ADDRESS * services.TRIES / 10**services.DIGITS
    assert chance < 1 / 5_000_000


def test_codes_are_spread_over_all_digits(client: Client) -> None:
    seen = []
    for number in range(40):
        services.send_code(f"p{number}@example.org", language="en")
        seen.append(newest_code(f"p{number}@example.org"))
    assert len(set(seen)) >= 39  # two are alike once in 128,000 runs
    # 320 digits: that one of the ten is missing happens once in 10¹³ runs.
    assert set("".join(seen)) == set("0123456789")
    assert all(len(code) == 8 for code in seen)


def test_a_small_number_keeps_its_zeros(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes.secrets, "randbelow", lambda most: 7)
    services.send_code("zeros@example.org", language="en")
    assert newest_code("zeros@example.org") == "00000007"


class TestNetwork:
    def of(self, address: str, forwarded: str | None = None) -> str:
        extra: dict[str, Any] = {"REMOTE_ADDR": address}
        if forwarded is not None:
            extra["HTTP_X_FORWARDED_FOR"] = forwarded
        return network_of(RequestFactory().get("/", **extra))

    @pytest.mark.parametrize(
        ("address", "forwarded", "network"),
        [
            ("203.0.113.5", None, "203.0.113.5"),
            ("203.0.113.5", "198.51.100.7", "203.0.113.5"),  # nobody we know says so
            ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("127.0.0.1", "10.9.9.9, 198.51.100.7", "198.51.100.7"),  # what the client made up stands left
            ("127.0.0.1", "198.51.100.7, 127.0.0.2", "198.51.100.7"),  # two proxies of ours
            ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("::ffff:203.0.113.5", None, "203.0.113.5"),
            ("127.0.0.1", None, "127.0.0.1"),
            ("127.0.0.1", " ,", "127.0.0.1"),
            ("127.0.0.1", "<script>", "unknown"),
            ("", None, "unknown"),
        ],
    )
    def test_who_is_believed(self, address: str, forwarded: str | None, network: str) -> None:
        assert self.of(address, forwarded) == network

    def test_proxies_are_declared(self, settings: Any) -> None:
        settings.PROXIES = [ip_network("10.0.0.0/8")]
        assert self.of("10.1.2.3", "198.51.100.7") == "198.51.100.7"
        assert self.of("127.0.0.1", "198.51.100.7") == "127.0.0.1"

    def test_a_setting_that_cannot_be_read_says_so(self) -> None:
        given = {"TEQUIO_PROXIES": "10.0.0.0/8, ::1"}
        assert read_environment(given)["TEQUIO_PROXIES"] == [ip_network("10.0.0.0/8"), ip_network("::1/128")]
        with pytest.raises(BadSetting, match="TEQUIO_PROXIES"):
            read_environment({"TEQUIO_PROXIES": "the proxy"})

    def test_a_made_up_header_does_not_buy_more_letters(self) -> None:
        email = addresses()
        statuses = []
        for number in range(62):
            client = Client(REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
            statuses.append(ask(client, next(email)).status_code)
        assert statuses[-2:] == [429, 429]
