"""Two web machines, two worker machines and the proxy of docs/deploying.md: people do not notice that it is not one.

Each has a working folder and a data folder of its own; they share the database of DATABASE_URL and nothing else.
"""

from __future__ import annotations

import http.client
import re
import shutil
import ssl
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from installation import Host, wait_until
from ports import free_port
from source import ROOT

from .conftest import SEAL, Yard

NAME = "participa.example.org"
TOKEN = "u" * 32
pytestmark = [pytest.mark.full, pytest.mark.xdist_group("installation")]
REAL = {"TEQUIO_HOSTS": NAME, "TEQUIO_HTTPS": "1", "TEQUIO_KEPT_PAGE_SECONDS": "600"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Browser:
    """Keeps its cookies, whichever machine it is sent to."""

    ask_of: Callable[[str], http.client.HTTPConnection]
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": TOKEN})

    def ask(self, where: str, path: str, fields: dict[str, str] | None = None, key: str = "") -> Answer:
        headers = {
            "Host": NAME, "X-Forwarded-Proto": "https", "Origin": f"https://{NAME}", "Accept-Language": "en",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }  # fmt: skip
        body = None
        if fields is not None:
            body = urlencode({
                **fields, "csrfmiddlewaretoken": self.cookies["csrftoken"], "form_key": key or uuid.uuid4().hex,
            })  # fmt: skip
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self.ask_of(where)
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, text)


@dataclass
class Site:
    yard: Yard
    web: dict[str, Host]
    workers: list[Host]
    ports: dict[str, int]

    def open(self, where: str) -> http.client.HTTPConnection:
        if where == "proxy":
            context = ssl._create_unverified_context()
            return http.client.HTTPSConnection("127.0.0.1", self.ports["proxy"], timeout=30, context=context)
        return http.client.HTTPConnection("127.0.0.1", self.ports[where], timeout=30)

    def browser(self) -> Browser:
        return Browser(self.open)

    def path(self, name: str) -> str:
        return self.yard.paths["en"][name]

    def letters(self) -> list[str]:
        found = []
        for worker in self.workers:
            for file in sorted((worker.folder / "mail").glob("*.eml")):
                message = message_from_bytes(file.read_bytes(), policy=policy.default)
                part = message.get_body(("plain",))
                assert part
                found.append(f"To: {message['To']}\n{part.get_content()}")
        return found


def documented_nginx() -> str:
    found = re.search(r"```nginx\n(.*?)```", (ROOT / "docs" / "deploying.md").read_text(), re.DOTALL)
    assert found, "docs/deploying.md shows no nginx any more"
    return found[1]


def nginx_configuration(folder: Path, ports: dict[str, int]) -> str:
    """The server of the document, word for word but for addresses, ports and where the certificate lies."""
    said = documented_nginx()
    for old, new in (
        ("10.0.0.11:8000", f"127.0.0.1:{ports['a']}"),
        ("10.0.0.12:8000", f"127.0.0.1:{ports['b']}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{ports['proxy']} ssl"),
        ("listen 80", f"listen 127.0.0.1:{ports['plain']}"),
        ("/etc/ssl/participa", str(folder / "participa")),
    ):
        assert old in said, f"the document does not say {old}"
        said = said.replace(old, new)
    temporary = "\n".join(
        f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"daemon off; pid {folder / 'pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{said}\n}}\n"
    )


@pytest.fixture(scope="module")
def site(yard: Yard) -> Iterator[Site]:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin")
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("needs nginx and openssl: apt-get install nginx-light openssl")
    first = yard.furnished(**REAL)
    hosts = {
        name: yard.cluster.host(f"machine-{name}", first.database, **REAL)
        for name in ("b", "worker", "other-worker")
    }
    ports = {name: free_port() for name in ("a", "b", "proxy", "plain")}
    for name, host in (("a", first), ("b", hosts["b"])):
        host.serve(workers=1, port=ports[name])
    workers = [hosts["worker"], hosts["other-worker"]]
    for host in workers:
        host.start("worker")
    folder = yard.cluster.folder / "proxy"
    folder.mkdir()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-keyout", folder / "participa.key", "-out", folder / "participa.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    configuration = folder / "nginx.conf"
    configuration.write_text(nginx_configuration(folder, ports))
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen([nginx, "-p", folder, "-c", configuration], stdout=log, stderr=log)
    found = Site(yard, {"a": first, "b": hosts["b"]}, workers, ports)

    def answers() -> bool:
        assert process.poll() is None, (folder / "log.txt").read_text() + (folder / "error.log").read_text()
        try:
            return found.browser().ask("proxy", "/health/").status == 200
        except OSError:
            return False

    try:
        wait_until(answers, 20)
        yield found
    finally:
        process.terminate()
        process.wait(20)


def test_sign_in_begun_on_one_machine_ends_on_the_other(site: Site) -> None:
    browser = site.browser()
    address = "member.lome@example.org"
    assert browser.ask("a", "/en/sign-in/", {"address": address}).headers["location"] == "/en/sign-in/code/"

    def code() -> str:
        hers = "\n".join(letter for letter in site.letters() if letter.startswith(f"To: {address}"))
        found = re.search(r"^ {4}(\d{4}) (\d{4})\r?$", hers, re.MULTILINE)
        return found[1] + found[2] if found else ""

    wait_until(lambda: bool(code()), 30, site.workers[0].log())
    assert browser.ask("b", "/en/sign-in/code/", {"code": code()}).status == 302
    for where in ("a", "b", "proxy"):
        account = browser.ask(where, site.path("door:account"))
        assert account.status == 200
        assert "Mina" in account.body
    # Signed out on one, signed out on all.
    assert browser.ask("a", site.path("door:sign_out"), {}).status == 302
    assert browser.ask("b", site.path("door:account")).status == 302


def test_what_is_done_on_one_is_there_on_the_other(site: Site) -> None:
    browser = site.browser()
    answer = {"statement": str(site.yard.statement), "vote": "agree"}
    assert browser.ask("a", site.path("deliberation:answer"), answer).status == 302
    assert "A repair must take at most two days." in browser.ask("b", site.path("deliberation:mine")).body


def test_the_same_form_sent_to_both_acts_once(site: Site) -> None:
    browser = site.browser()
    browser.ask(
        "a", site.path("deliberation:answer"), {"statement": str(site.yard.statement), "vote": "pass"}
    )
    text = f"Masts on every school roof {uuid.uuid4().hex}"
    fields, key = {"text": text, "language": "en", "close_ones": "seen"}, uuid.uuid4().hex
    said = [
        browser.ask(where, site.path("deliberation:write"), fields, key) for where in ("a", "b", "proxy", "a")
    ]
    assert [one.status for one in said] == [302] * 4
    with site.yard.cluster.connect(site.web["a"].database) as connection:
        query = "SELECT count(*) FROM catalogue_item WHERE title -> 'en' ->> 'text' = %s"
        assert connection.execute(query, [text]).fetchone() == (1,)
    assert (
        browser.ask("b", site.path("deliberation:write"), {**fields, "text": text + "!"}, key).status == 409
    )


def test_kept_pages_of_all_machines_follow_within_seconds(site: Site) -> None:
    """Kept for ten minutes here: only the word from the other machine can bring the change."""
    visitors, page = site.browser(), site.path("deliberation:statement_list")
    text = f"Free line after hours {uuid.uuid4().hex}"
    guest = site.browser()
    guest.cookies["sessionid"] = site.yard.sessions["guest"]
    fields = {"text": text, "language": "en", "close_ones": "seen"}
    assert guest.ask("b", site.path("deliberation:write"), fields).status == 302
    for where in ("a", "b"):
        assert text not in visitors.ask(where, page).body
    with site.yard.cluster.connect(site.web["a"].database) as connection:
        query = "SELECT id FROM catalogue_item WHERE title -> 'en' ->> 'text' = %s"
        (item,) = connection.execute(query, [text]).fetchone() or (0,)
    moderator = site.browser()
    moderator.cookies["sessionid"] = site.yard.sessions["moderator"]
    decide = re.sub(r"/\d+/", f"/{item}/", site.path("deliberation:decide"), count=1)
    said = moderator.ask("b", decide, {"do": "publish"})
    assert said.status == 302, said.body[:500]
    began = time.monotonic()
    for where in ("a", "b"):
        wait_until(lambda at=where: text in visitors.ask(at, page).body, 15)
    assert time.monotonic() - began < 15


def test_pictures_and_static_files_come_from_both(site: Site) -> None:
    browser = site.browser()
    pages = [browser.ask(where, "/en/").body for where in ("a", "b")]
    sheets = [re.search(r'href="(/static/[^"]+\.css)"', page) for page in pages]
    assert sheets[0]
    assert sheets[1]
    assert sheets[0][1] == sheets[1][1]
    for path in (sheets[0][1], site.path("deliberation:picture")):
        answers = [browser.ask(where, path) for where in ("a", "b", "proxy")]
        assert [one.status for one in answers] == [200] * 3
        assert len({one.body for one in answers}) == 1
    assert "immutable" in browser.ask("proxy", sheets[0][1]).headers["cache-control"]


def test_every_letter_is_sent_once_by_one_of_two_workers(site: Site) -> None:
    words = (
        "import django; django.setup()\nfrom tequio.outbox.services import write_letter\n"
        "for n in range(40): write_letter(to=f'once{n}@example.org', subject='Once', text='One of forty.')"
    )
    site.web["a"].python("-c", words)

    def sent() -> list[str]:
        return [letter.splitlines()[0] for letter in site.letters() if "once" in letter.splitlines()[0]]

    wait_until(lambda: len(sent()) >= 40, 60)
    time.sleep(2)
    assert sorted(sent()) == sorted({f"To: once{number}@example.org" for number in range(40)})


def test_through_the_proxy_people_are_on_https_and_told_apart(site: Site) -> None:
    browser = site.browser()
    answer = browser.ask("proxy", "/en/sign-in/")
    assert answer.status == 200
    assert "max-age" in answer.headers["strict-transport-security"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    plain = http.client.HTTPConnection("127.0.0.1", site.ports["plain"], timeout=10)
    plain.request("GET", "/en/", headers={"Host": NAME})
    moved = plain.getresponse()
    assert (moved.status, moved.getheader("Location")) == (301, f"https://{NAME}/en/")
    plain.close()
    # A client that writes its own X-Forwarded-For is not believed: the proxy replaces it.
    strange = http.client.HTTPSConnection(
        "127.0.0.1", site.ports["proxy"], timeout=10, context=ssl._create_unverified_context()
    )
    strange.request("GET", "/en/", headers={"Host": "evil.example.com"})
    assert strange.getresponse().status == 400
    strange.close()


def test_one_machine_after_the_other_is_restarted_and_nobody_notices(site: Site) -> None:
    """The upgrade of docs/deploying.md: reading and writing through the proxy go on without one error."""
    browser, statuses = site.browser(), []
    browser.cookies["sessionid"] = site.yard.sessions["guest"]
    for name in ("a", "b"):
        host = site.web[name]
        host.processes[-1].terminate()
        end = time.monotonic() + 3
        while time.monotonic() < end:
            statuses.append(browser.ask("proxy", "/en/").status)
            vote = {"statement": str(site.yard.statement), "vote": ("agree", "disagree")[len(statuses) % 2]}
            statuses.append(browser.ask("proxy", site.path("deliberation:answer"), vote).status)
        host.processes[-1].wait(30)
        host.serve(workers=1, port=urlsplit(host.url).port or 0)
        time.sleep(3)  # until the proxy asks it again, as the page says
    assert len(statuses) > 20
    assert set(statuses) == {200, 302}


def test_the_books_balance(site: Site) -> None:
    site.web["a"].python("-c", SEAL)
    assert "nothing found" in site.web["b"].tequio("verify")
