"""DATABASE_URL as libpq reads it, and the limits that every connection gets."""

import pytest

from tequio.config.postgres import DatabaseProblem, database_settings, embedded_dsn
from tequio.config.postgres.address import connection_parameters, parse_database_url


def parts(url: str) -> tuple[str, str, str, str, str]:
    found = parse_database_url(url)
    return found["HOST"], found["PORT"], found["USER"], found["PASSWORD"], found["NAME"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://ana:secret@db.org:5433/city", ("db.org", "5433", "ana", "secret", "city")),
        ("postgres://ana@db/city", ("db", "", "ana", "", "city")),
        ("postgresql://ana:p%40ss%2Fw%3Ard@db/city", ("db", "", "ana", "p@ss/w:rd", "city")),
        ("postgresql://ana@db/ciudad%20de%20m%C3%A9xico", ("db", "", "ana", "", "ciudad de méxico")),
        ("postgresql://ana@[2001:db8::1]:5432/city", ("2001:db8::1", "5432", "ana", "", "city")),
        ("postgresql://ana@%2Frun%2Fpostgresql/city", ("/run/postgresql", "", "ana", "", "city")),
        ("postgresql:///city?host=/run/postgresql&user=ana", ("/run/postgresql", "", "ana", "", "city")),
        ("postgresql:///city", ("", "", "", "", "city")),
        ("postgresql://ana@one:5432,two:5433/city", ("one,two", "5432,5433", "ana", "", "city")),
    ],
)
def test_the_parts_of_a_url(url: str, expected: tuple[str, ...]) -> None:
    assert parts(url) == expected


def test_other_parameters_become_options() -> None:
    found = parse_database_url(
        "postgresql://ana@db/city?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&target_session_attrs=read-write"
    )
    assert found["OPTIONS"] == {
        "sslmode": "verify-full",
        "sslrootcert": "/etc/ca.pem",
        "target_session_attrs": "read-write",
    }


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://ana@db/city", "must begin with postgresql://"),
        ("city", "must begin with postgresql://"),
        ("postgresql://ana@db", "names no database"),
        ("postgresql://ana@db:http/city", "port 'http'"),
        ("postgresql://ana@db:70000/city", "port '70000'"),
        ("postgresql://ana@db/city?colour=blue", "colour"),
        ("postgresql://ana:100%@db/city", "percent"),
        ("postgresql://ana:secret@[::1/city", "cannot be read"),
    ],
)
def test_a_url_that_cannot_be_used(url: str, said: str) -> None:
    with pytest.raises(DatabaseProblem) as problem:
        database_settings({"DATABASE_URL": url})
    assert said in str(problem.value)
    assert "secret" not in str(problem.value)
    assert problem.value.code == 2


def test_every_connection_has_limits_and_the_operators_word_comes_last() -> None:
    settings = database_settings(
        {
            "DATABASE_URL": "postgresql://ana@db/city?options=-c%20lock_timeout%3D1s&connect_timeout=2",
            "TEQUIO_STATEMENT_TIMEOUT_MS": "0",
        }
    )
    assert settings["OPTIONS"] == {
        "connect_timeout": "2",
        "options": "-c statement_timeout=0 -c lock_timeout=5000 -c lock_timeout=1s",
    }
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["CONN_MAX_AGE"], settings["CONN_HEALTH_CHECKS"]) == (60, True)


def test_a_limit_that_is_no_number() -> None:
    with pytest.raises(DatabaseProblem, match="TEQUIO_LOCK_TIMEOUT_MS is 'soon'"):
        database_settings({"TEQUIO_LOCK_TIMEOUT_MS": "soon"})


def test_without_a_url_it_is_the_embedded_database() -> None:
    environ = {"DATABASE_URL": " ", "TEQUIO_TEST": "1"}
    settings = database_settings(environ)
    address = embedded_dsn(environ=environ)
    assert {key: settings[key] for key in address} == address
    assert settings["HOST"].startswith("/tmp/tequio-")


def test_psycopg_gets_the_same_address_without_empty_values() -> None:
    settings = database_settings({"DATABASE_URL": "postgresql://ana@db/city"})
    assert connection_parameters(settings) == {
        "host": "db",
        "user": "ana",
        "dbname": "city",
        "connect_timeout": 5,
        "options": "-c statement_timeout=15000 -c lock_timeout=5000",
    }
