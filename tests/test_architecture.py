"""The rules of the house that no tool holds: relations, rooms, ceilings, jobs, forms, public pages."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from procrastinate.contrib.django import app as jobs

from addresses import named_urls
from source import PACKAGE, ROOT, calls, contract, layers, modules, name_of_call, where
from tequio.base.privacy import Rule

LINES_A_FILE = 400
LINES_A_FUNCTION = 60
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("tequio.")]


def floor_of(model: type[Model]) -> tuple[int, int]:
    """(floor, floor inside the flat) of a model; outside packages stand below everything."""
    parts = model.__module__.split(".")
    if parts[0] != "tequio":
        return (-1, 0)
    inner = "importlinter:contract:" + parts[1]
    inside = layers(inner).get(parts[2], 0) if contract().has_section(inner) else 0
    return (layers("importlinter:contract:floors")[parts[1]], inside)


def test_relations_point_down():
    """Foreign keys by string hide from import-linter."""
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and isinstance(field.related_model, type)
        and floor_of(field.related_model) > floor_of(model)
    ]  # fmt: skip
    assert not upward


def test_neighbours_have_no_relations():
    """On one floor nobody looks at another flat, by key neither."""
    across = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and isinstance(field.related_model, type)
        and field.related_model._meta.app_label != model._meta.app_label
        and floor_of(field.related_model) == floor_of(model)
    ]  # fmt: skip
    assert not across


def test_every_app_on_disk_is_guarded_by_the_contract():
    on_disk = {
        ".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.rglob("apps.py")
    } - {"tequio.base"}
    containers = [
        line.strip() for line in contract()["importlinter:contract:rooms"]["containers"].splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]  # fmt: skip
    unguarded = {
        name
        for name in on_disk
        if name not in containers and f"{name.rpartition('.')[0]}.*" not in containers
    }
    assert not unguarded
    for container in containers:
        folder = PACKAGE.parent / Path(*container.removesuffix(".*").split("."))
        assert (folder / "__init__.py").is_file(), f"{container} is guarded but not there"
    assert {f"tequio.{part}" for part in ("audit", "guards", "people")} <= on_disk


def test_every_app_on_disk_is_installed():
    installed = {config.name for config in apps.get_app_configs()}
    on_disk = {".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in PACKAGE.rglob("apps.py")}
    assert on_disk <= installed


def test_views_reach_objects_only_through_querysets_that_ask_who():
    wrong = []
    for name, (path, tree) in modules().items():
        if ".views" not in name:
            continue
        for call in calls(tree):
            source = ast.unparse(call.func)
            if re.search(r"\.objects\.(get|create|get_or_create|update_or_create|bulk_create)$", source):
                wrong.append(f"{where(path, call)} {source}")
    assert not wrong


def test_no_raw_sql_in_querysets_and_no_safe_marks():
    wrong = []
    for name, (path, tree) in modules().items():
        for call in calls(tree):
            called = name_of_call(call)
            is_method = isinstance(call.func, ast.Attribute)
            if called == "RawSQL" or (is_method and called in ("raw", "extra")):
                wrong.append(f"{where(path, call)} {called}")
            if called in ("mark_safe", "SafeString") and not name.startswith("tequio.base."):
                wrong.append(f"{where(path, call)} {called}")
            if called == "format_html" and not isinstance(call.args[0], ast.Constant):
                wrong.append(f"{where(path, call)} {called} of something that is not a literal")
    assert not wrong


def test_templates_mark_nothing_safe():
    wrong = [
        str(path.relative_to(ROOT)) for path in TEMPLATES
        if re.search(r"\|\s*safe\b|\{%\s*autoescape\s+off|\|\s*safeseq\b", path.read_text(encoding="utf-8"))
    ]  # fmt: skip
    assert not wrong


def test_templates_carry_no_script_and_no_style():
    wrong = []
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)", text):
            wrong.append(f"{path.name}: inline script")
        if re.search(r"<[a-z][^>]*\s(style|on[a-z]+)=", text):
            wrong.append(f"{path.name}: style or handler attribute")
    assert not wrong


def test_ceilings():
    wrong = []
    for path in [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        if "migrations" in path.parts:
            continue
        if text.count("\n") > LINES_A_FILE:
            wrong.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > LINES_A_FUNCTION:
                    wrong.append(f"{where(path, node)} {node.name}: {lines} lines")
    assert not wrong


def asked_jobs() -> list[tuple[str, str, list[str]]]:
    """(where, name, names of the job's arguments) of every `later(…)` in the house."""
    found = []
    for path, tree in modules().values():
        for call in calls(tree):
            if name_of_call(call) == "later" and path.name != "jobs.py":
                given = [word.arg or "**" for word in call.keywords]
                own = [name for name in given if name not in ("once", "alone", "in_seconds")]
                assert isinstance(call.args[0], ast.Constant), (
                    f"{where(path, call)}: a job's name is a literal"
                )
                found.append((where(path, call), str(call.args[0].value), own))
    return found


def test_every_job_that_is_asked_for_exists():
    jobs.perform_import_paths()
    asked = asked_jobs()
    assert asked
    assert [(at, name) for at, name, _given in asked if name not in jobs.tasks] == []


def test_jobs_are_given_identifiers_only():
    """Nothing that is kept for the worker holds a name or a free text."""
    wrong = [
        (at, name, given) for at, name, given in asked_jobs()
        if not all(re.fullmatch(r"pk|uid|(.+_)?(pk|id|ids|uid|code)", word) for word in given)
    ]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_says_what_is_personal(model):
    rule = getattr(model, "privacy", None)
    assert isinstance(rule, Rule)
    if rule.person:
        model._meta.get_field(rule.person)
    else:
        pointing = [
            field.name for field in model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model._meta.label == "people.Person"
        ]  # fmt: skip
        assert not pointing, f"{model._meta.label} names people by {pointing} and says it is not personal"


def test_public_pages_are_those_on_the_list():
    listed = [
        line for line in (ROOT / "tests/public_pages.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]  # fmt: skip
    public = {name for name, entry in named_urls() if not getattr(entry.callback, "login_required", True)}
    assert sorted(public) == listed


def test_names_of_urls_are_unique():
    names = [name for name, _entry in named_urls()]
    assert len(names) == len(set(names))


def test_every_view_that_reads_a_post_acts_once():
    """By its source; who is not marked gets no POST at all (guards.middleware)."""
    wrong = []
    for name, entry in named_urls():
        view = entry.callback
        tree = modules()[view.__module__][1] if view.__module__ in modules() else None
        assert tree, f"{name}: a view of another package: {view.__module__}"
        function = next(
            (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == view.__name__),
            None,
        )
        assert function, f"{name}: {view.__name__} is not a function of its module"
        text = ast.unparse(function)
        reads = re.search(r"request\.(POST|FILES|body)|\.method (==|!=) 'POST'", text)
        acts = getattr(view, "acts_once", False) or getattr(view, "acts_by_token", False)
        if reads and not acts:
            wrong.append(name)
    assert not wrong


def test_a_token_alone_ends_letters_and_nothing_else():
    """Without cookie and form key; who adds another such view does it here on purpose."""
    by_token = [name for name, entry in named_urls() if getattr(entry.callback, "acts_by_token", False)]
    exempt = [name for name, entry in named_urls() if getattr(entry.callback, "csrf_exempt", False)]
    assert by_token == exempt == ["one_click_stop"]


FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)


def test_every_post_form_has_its_key():
    forms = [
        (path, form) for path in TEMPLATES for form in FORM.findall(path.read_text(encoding="utf-8"))
        if re.search(r"method\s*=\s*[\"']?post", form, re.IGNORECASE)
    ]  # fmt: skip
    assert forms
    assert [str(path.relative_to(ROOT)) for path, form in forms if "{% form_key %}" not in form] == []
    assert [str(path) for path in TEMPLATES if "{% csrf_token %}" in path.read_text(encoding="utf-8")] == []


def test_every_form_in_a_template_says_its_method():
    wrong = [
        str(path.relative_to(ROOT)) for path in TEMPLATES
        for form in FORM.findall(path.read_text(encoding="utf-8"))
        if not re.search(r"<form[^>]*\bmethod=\"(get|post)\"", form, re.IGNORECASE)
    ]  # fmt: skip
    assert not wrong


def test_ready_for_production(tmp_path):
    """Django's own checks on the settings of a public site."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "TEQUIO_SECRET_KEY": "a-secret-of-some-length-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ-xyz",
        "TEQUIO_HOSTS": "tequio.example.org",
        "TEQUIO_HTTPS": "1",
        "TEQUIO_DATA": str(tmp_path),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment, capture_output=True, text=True, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
