"""The documentation names everything there is, and what it links to and shows is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
import typer

from commands.main import app
from revisor.errors import RevisorError
from revisor.model import Kind, Verdict
from revisor.settings import SETTINGS, Setting
from revisor.sources import HOME_VARIABLE, load
from sample_portal.events import Event, kinds_of
from sample_portal.outages import Outage
from sample_portal.skins import SKINS
from scrapers.portal import Portal
from scrapers.portal_files import load_portal

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PACKAGES = ("commands", "scheduler", "reports", "scrapers", "storage", "revisor")
_FRONT = (ROOT / "README.md", ROOT / "CHANGELOG.md")
PAGES = [path for path in (*_FRONT, *sorted(DOCS.rglob("*.md"))) if path.exists()]

_HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(page: Path, heading: str) -> str:
    """The text under the level-two heading that says exactly this."""
    parts = re.split(r"^## ", read(page), flags=re.MULTILINE)
    found = [part for part in parts if part.split("\n", 1)[0].strip() == heading]
    assert len(found) == 1, f"{page.name} has {len(found)} sections {heading!r}"
    return found[0]


def rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables in a text: each name in backticks of the first cell, with the other cells."""
    found: dict[str, list[str]] = {}
    for line in text.split("\n"):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            for name in re.findall(r"`([^`]+)`", cells[0]):
                found[name] = cells[1:]
    return found


def fences(page: Path, language: str) -> Iterator[str]:
    """The code blocks of a page in that language, without their indentation."""
    for indent, name, body in _FENCE.findall(read(page)):
        if name == language:
            yield re.sub(f"^{indent}", "", body, flags=re.MULTILINE)


# --- commands ----------------------------------------------------------------

GROUP = typer.main.get_command(app)
assert isinstance(GROUP, typer.core.TyperGroup)
COMMANDS = GROUP.commands
OF_GROUP = {spelling for param in GROUP.params for spelling in param.opts} | {"-h", "--help"}


def options(name: str) -> set[str]:
    """All spellings of a command's options."""
    named = (param for param in COMMANDS[name].params if isinstance(param, typer.core.TyperOption))
    return {spelling for param in named for spelling in (*param.opts, *param.secondary_opts)}


def arguments(name: str) -> set[str]:
    """The names of a command's arguments, as its help shows them."""
    named = (param for param in COMMANDS[name].params if isinstance(param, typer.core.TyperArgument))
    return {(param.metavar or param.name or "").upper() for param in named}


def test_the_reference_has_every_command_and_no_other() -> None:
    headings = re.findall(r"^## `revisor (\S+)`$", read(REFERENCE / "commands.md"), re.MULTILINE)
    assert headings == list(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_has_all_its_options_and_arguments_described(name: str) -> None:
    described = rows(section(REFERENCE / "commands.md", f"`revisor {name}`"))
    assert set(described) == options(name) | arguments(name)


def test_the_options_of_revisor_itself_are_described() -> None:
    described = rows(read(REFERENCE / "commands.md").split("\n## ")[0])
    assert set(described) == OF_GROUP


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_command_lines_that_are_shown_can_be_typed(page: Path) -> None:
    shown = [line for block in fences(page, "console") for line in block.split("\n")]
    for line in shown:
        words = line.removeprefix("$ ").split()
        if not line.startswith("$ ") or words[0] != "revisor":
            continue
        known = options(words[1]) if words[1] in COMMANDS else OF_GROUP
        assert words[1] in COMMANDS or words[1] in known, line
        assert {word for word in words[1:] if word.startswith("-")} <= known, line


def test_every_kind_and_verdict_is_explained() -> None:
    words = read(DOCS / "explanation" / "how-it-works.md")
    assert [word for word in (*Kind, *Verdict) if f"`{word}`" not in words] == []
    assert set(Kind) <= set(re.findall(r"`(\w+)`", read(REFERENCE / "commands.md")))
    assert set(rows(read(DOCS / "how-to" / "unhealthy-run.md"))) >= set(Verdict)


# --- portal files --------------------------------------------------------------


def structs(at: type[msgspec.Struct], heading: str) -> Iterator[tuple[str, type[msgspec.Struct]]]:
    """The tables of a portal file: the heading that describes each, and its struct."""
    yield heading, at
    for field in msgspec.structs.fields(at):
        kind = msgspec.inspect.type_info(field.type)
        if isinstance(kind, msgspec.inspect.StructType):
            yield from structs(kind.cls, f"`[{field.name}]`")
        elif isinstance(kind, msgspec.inspect.VarTupleType) and isinstance(
            kind.item_type, msgspec.inspect.StructType
        ):
            yield from structs(kind.item_type.cls, f"`[[{field.name}]]`")


def default(field: msgspec.structs.FieldInfo) -> str:
    """A field's default as the tables write it."""
    match field.default:
        case _ if field.required:
            return "required"
        case None:
            return "none"
        case bool() as value:
            return f"`{str(value).lower()}`"
        case str() as value:
            return f'`"{value}"`'
        case int() | float() as value:
            return f"`{value}`"
        case ():
            return "`[]`"
        case msgspec.Struct():
            return "see there"
    raise AssertionError(f"{field.name} has a default of an unknown kind")


@pytest.mark.parametrize(("heading", "struct"), list(structs(Portal, "Top level")))
def test_every_key_of_a_portal_file_is_described_with_its_default(
    heading: str, struct: type[msgspec.Struct]
) -> None:
    text = section(REFERENCE / "portal-file.md", heading)
    described = {name: cells for name, cells in rows(text).items() if len(cells) == 3}
    expected = {field.name: default(field) for field in msgspec.structs.fields(struct)}
    assert {name: cells[1] for name, cells in described.items()} == expected


def test_the_named_groups_are_described() -> None:
    groups = rows(section(REFERENCE / "portal-file.md", "`[urls]`"))
    assert {"id", "date", "section"} <= set(groups)


TOML = [pytest.param(text, id=page.name) for page in PAGES for text in fences(page, "toml")]


@pytest.mark.parametrize("text", TOML)
def test_toml_that_is_shown_is_sound(text: str, tmp_path: Path) -> None:
    table = tomllib.loads(text)
    if "base" in table:
        path = tmp_path / f"{table['name']}.toml"
        path.write_text(text, encoding="utf-8")
        load_portal(path)
        return
    portal = {field.name for field in msgspec.structs.fields(Portal)}
    settings = {setting.key.split(".")[0] for setting in SETTINGS}
    assert set(table) <= portal or set(table) <= settings


def test_the_whole_example_has_every_table() -> None:
    example = next(fences(REFERENCE / "portal-file.md", "toml"))
    assert set(tomllib.loads(example)) == {field.name for field in msgspec.structs.fields(Portal)}
    assert tomllib.loads(example)["scope"]["since"] == date(2015, 1, 1)


# --- errors --------------------------------------------------------------------


def errors(root: type[RevisorError] = RevisorError) -> Iterator[type[RevisorError]]:
    """Every error class of the tree."""
    yield root
    for child in root.__subclasses__():
        if child.__module__ == RevisorError.__module__:
            yield from errors(child)


@pytest.mark.parametrize("error", [found for found in errors() if found is not RevisorError])
def test_every_error_is_described_with_its_exit_code(error: type[RevisorError]) -> None:
    described = rows(section(REFERENCE / "errors.md", "The tree"))
    assert described[error.__name__][0] == str(error.exit_code)


def test_no_error_is_described_that_is_not_there() -> None:
    described = rows(section(REFERENCE / "errors.md", "The tree"))
    assert set(described) == {error.__name__ for error in errors()} - {"RevisorError"}


def test_every_exit_code_is_listed() -> None:
    text = section(REFERENCE / "errors.md", "Exit codes")
    listed = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert listed == {error.exit_code for error in errors()} | {0, 1, 2, 130}


# --- settings ------------------------------------------------------------------


def test_every_setting_is_described() -> None:
    found = {HOME_VARIABLE, "NO_COLOR"}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            found |= set(re.findall(r"\bREVISOR_[A-Z_]+\b", read(path)))
    for command in COMMANDS.values():
        for param in command.params:
            variables = param.envvar or ()
            found |= {variables} if isinstance(variables, str) else set(variables)
    described = rows(read(REFERENCE / "settings.md"))
    assert found <= set(described)


def shown_default(setting: Setting) -> str:
    """A setting's default as the table writes it."""
    match setting.default:
        case None:
            return "none"
        case str() as text:
            return f'`"{text}"`'
        case int() as number:
            return f"`{number}`"
        case _:
            return "`[]`"


def test_the_table_of_settings_is_the_products_own() -> None:
    described = rows(section(REFERENCE / "settings.md", "All settings"))
    assert set(described) == {name for setting in SETTINGS for name in (setting.key, setting.variable)}
    for setting in SETTINGS:
        kind, default, _ = described[setting.key]
        assert described[setting.variable] == described[setting.key]
        assert default == shown_default(setting)
        assert ("secret" in kind) == setting.secret
        if isinstance(setting.default, int):
            assert kind == f"number, {setting.least} to {setting.most}"


def test_the_example_of_settings_names_all_and_is_sound(tmp_path: Path) -> None:
    example = next(fences(REFERENCE / "settings.md", "toml"))
    (tmp_path / "revisor.toml").write_text(example, encoding="utf-8")
    assert load(tmp_path, {}).service.portals == ("zhuhai",)
    table = tomllib.loads(example)
    keys = {name for name in table if not isinstance(table[name], dict)}
    keys |= {f"{name}.{key}" for name in table if isinstance(table[name], dict) for key in table[name]}
    assert keys == {setting.key for setting in SETTINGS}


# --- the pages themselves --------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """What a link into a page may name: its headings, as Markdown viewers spell them."""
    headings = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(read(page)))
    return {heading.strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", read(page))
    for target in _LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), f"{page.name} links to {target}"
        assert path.is_relative_to(ROOT), f"{page.name} links out of the project: {target}"
        if anchor:
            assert anchor in anchors(path), f"{page.name} links to {target}"


def test_the_index_leads_to_every_page() -> None:
    linked = {(DOCS / target.split("#")[0]).resolve() for target in _LINK.findall(read(DOCS / "index.md"))}
    assert {path for path in DOCS.rglob("*.md") if path.name != "index.md"} <= linked


# --- what must not be in the project ----------------------------------------------

_REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|-{2}(?:extra-)?index-url|-{2}trusted-host"
)
_LOCAL = re.compile(r"(?<![\w.:~*/])/(?:home|root|Users|work|mnt/c)/[\w.-]")


def kept_files() -> list[Path]:
    """The text files of the project that version control keeps, or would keep."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and the project's repository")
    command = [git, "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True).stdout.decode()  # noqa: S603  # our own
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8000]]


def test_no_download_address_and_no_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in kept_files()
        for pattern in (_REGISTRY, _LOCAL)
        if (hit := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


def test_the_sample_portal_is_described_event_by_event() -> None:
    page = REFERENCE / "sample-portal.md"
    assert {*SKINS} <= set(rows(section(page, "What is on it")))
    events, outages = map(rows, section(page, "What happens on it").split("**Outages.**"))
    assert set(events) >= {event.value for event in Event}
    for event in Event:
        assert all(kind in events[event.value][-1] for kind in kinds_of(event))
    assert outages == {outage.value: [outage.label] for outage in Outage}
