"""The settings: who is heard, what is refused, and what is shown of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revisor.config import Config, Home, RunSettings, ServiceSettings, WebSettings
from revisor.errors import ConfigError
from revisor.settings import SETTINGS
from revisor.sources import Explained, explain, load

TOKEN = "sixteen-or-more-letters"  # noqa: S105  # made up
NOWHERE = Path("/nowhere/at/all")
ALL = """
contact = "me@example.org"
[web]
host = "::1"
port = 1
token = "t"
hosts = ["a.example", "b.example"]
[run]
deadline_minutes = 2
grace_seconds = 3
memory_mb = 300
[service]
parallel = 4
portals = ["zhuhai"]
"""


def write(home: Path, text: str) -> Path:
    home.mkdir(exist_ok=True)
    (home / "revisor.toml").write_text(text, encoding="utf-8")
    return home


def wrong(home: Path, environ: dict[str, str] | None = None, *overrides: str) -> ConfigError:
    """The error that these end with, on loading and on explaining alike, in one line."""
    with pytest.raises(ConfigError) as caught:
        load(home, environ or {}, overrides)
    with pytest.raises(ConfigError) as explained:
        explain(home, environ or {}, overrides)
    assert str(explained.value) == str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def explained(key: str, home: Path, environ: dict[str, str] | None = None, *overrides: str) -> Explained:
    (found,) = [one for one in explain(home, environ or {}, overrides) if one.key == key]
    return found


# --- the table -----------------------------------------------------------------------


def test_the_table_holds_every_value_that_there_is() -> None:
    config = Config(Home(NOWHERE))
    fields = {"contact": config.contact}
    for name, table in (("web", config.web), ("run", config.run), ("service", config.service)):
        fields |= {f"{name}.{field.name}": getattr(table, field.name) for field in dataclasses.fields(table)}
    assert {setting.key: setting.default for setting in SETTINGS} == fields
    assert {field.name for field in dataclasses.fields(config)} == {
        "home",
        "contact",
        "web",
        "run",
        "service",
    }


def test_what_nobody_sets_is_the_default(tmp_path: Path) -> None:
    assert load(tmp_path, {}) == Config(Home(tmp_path))
    assert {one.origin for one in explain(tmp_path, {})} == {"default"}
    assert all(one.value == one.default and one.sentence for one in explain(tmp_path, {}))


# --- who is heard -----------------------------------------------------------------------


def test_the_file_sets_everything(tmp_path: Path) -> None:
    assert load(write(tmp_path, ALL), {}) == Config(
        Home(tmp_path),
        "me@example.org",
        WebSettings("::1", 1, "t", ("a.example", "b.example")),
        RunSettings(2, 3, 300),
        ServiceSettings(4, ("zhuhai",)),
    )
    assert {one.origin for one in explain(tmp_path, {})} == {str(tmp_path / "revisor.toml")}


def test_the_environment_and_the_command_line_can_say_all_that_the_file_can(tmp_path: Path) -> None:
    said = [(one.key, one.value) for one in explain(write(tmp_path / "a", ALL), {})]
    texts = {key: "t" if key == "web.token" else value or "" for key, value in said}
    environ = {setting.variable: texts[setting.key] for setting in SETTINGS}
    overrides = [f"{key}={value}" for key, value in texts.items()]
    expected = dataclasses.replace(load(tmp_path / "a", {}), home=Home(tmp_path))
    assert load(tmp_path, environ) == expected
    assert load(tmp_path, {}, overrides) == expected


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    write(tmp_path, "[web]\nport = 1")
    environ = {"REVISOR_WEB_PORT": "2"}
    assert load(tmp_path, environ, ["web.port=3", "web.port=4"]).web.port == 4
    assert load(tmp_path, environ).web.port == 2
    assert load(tmp_path, {"REVISOR_WEB_PORT": ""}).web.port == 1
    assert explained("web.port", tmp_path, environ, "web.port=4") == Explained(
        "web.port", "4", "8460", "--set", explained("web.port", tmp_path).sentence
    )
    assert explained("web.port", tmp_path, environ).origin == "REVISOR_WEB_PORT"
    assert explained("web.port", tmp_path).origin == str(tmp_path / "revisor.toml")


def test_what_the_file_says_can_be_taken_back(tmp_path: Path) -> None:
    write(tmp_path, ALL)
    config = load(tmp_path, {}, ["contact=", "web.token=", "web.hosts=", "service.portals= , "])
    assert (config.contact, config.web.token, config.web.hosts, config.service.portals) == (
        None,
        None,
        (),
        (),
    )
    assert load(write(tmp_path, 'contact = ""'), {}).contact is None


def test_a_list_stands_between_commas_and_a_value_may_hold_an_equals_sign(tmp_path: Path) -> None:
    config = load(tmp_path, {"REVISOR_WEB_HOSTS": " a.example, b.example ,"}, ["contact=https://e.org/?a=b"])
    assert config.web.hosts == ("a.example", "b.example")
    assert config.contact == "https://e.org/?a=b"


def test_a_home_below_a_file_has_no_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert load(tmp_path / "file" / "home", {}).contact is None


def test_other_variables_are_nobodys_business(tmp_path: Path) -> None:
    others = {"REVISOR_HOME": "x", "PATH": "x", "_REVISOR_COMPLETE": "x", "XREVISOR_Y": "x", "revisor_x": "x"}
    assert load(tmp_path, others) == Config(Home(tmp_path))


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "nearest"),
    [
        ('kontact = "x"', "kontact", "contact"),
        ("[web]\nprot = 1", "web.prot", "web.port"),
        ("port = 1", "port", "web.port"),
        ("[wbe]\nport = 1", "[wbe]", "[web]"),
        ("[wbe]", "[wbe]", "[web]"),
        ("[run]\nmemory = 1", "run.memory", "run.memory_mb"),
        ("[service]\nPortals = []", "service.Portals", "service.portals"),
    ],
)
def test_an_unknown_key_of_the_file_is_named_with_the_nearest(
    tmp_path: Path, text: str, name: str, nearest: str
) -> None:
    error = wrong(write(tmp_path, text))
    assert error.message == f'{tmp_path / "revisor.toml"}: unknown setting "{name}"'
    assert f'did you mean "{nearest}"?' in error.remedy


def test_an_unknown_variable_is_named_with_the_nearest(tmp_path: Path) -> None:
    error = wrong(tmp_path, {"REVISOR_WEB_PROT": "1"})
    assert error.message == 'environment: unknown setting "REVISOR_WEB_PROT"'
    assert 'did you mean "REVISOR_WEB_PORT"?' in error.remedy
    assert 'did you mean "REVISOR_HOME"?' in wrong(tmp_path, {"REVISOR_HOEM": ""}).remedy


def test_an_unknown_key_of_the_command_line_is_named_with_the_nearest(tmp_path: Path) -> None:
    error = wrong(tmp_path, None, "web.prot=1")
    assert error.message == '--set: unknown setting "web.prot"'
    assert 'did you mean "web.port"?' in error.remedy
    assert "revisor config" in wrong(tmp_path, None, "%=1").remedy
    assert "did you mean" not in wrong(tmp_path, None, "=1").remedy


def test_a_key_without_a_value_is_refused(tmp_path: Path) -> None:
    error = wrong(tmp_path, None, "web.port")
    assert error.message == "--set web.port has no value"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("contact = 3", "contact is not a printable text"),
        ('[contact]\nmail = "x"', "contact is not a printable text"),
        ('web = "x"', "web is no table"),
        ("[web]\nport = '1'", "web.port is not a whole number from 0 to 65535"),
        ("[web]\nport = true", "web.port is not a whole number"),
        ("[web]\nport = 1.0", "web.port is not a whole number"),
        ("[web]\nport = 65536", "web.port is not a whole number from 0 to 65535"),
        ("[web]\nport = -1", "web.port is not a whole number"),
        ("[web]\nhost = ''", "web.host is not a printable text"),
        ("[web]\nhosts = 'a'", "web.hosts is not a list"),
        ("[web]\nhosts = [1]", "web.hosts is not a list"),
        ("[web]\nhosts = ['']", "web.hosts is not a list"),
        (f"[web]\nhosts = {['a'] * 101}", "web.hosts is not a list of at most 100"),
        ("[run]\ndeadline_minutes = 0", "run.deadline_minutes is not a whole number from 1 to"),
        ("[run]\nmemory_mb = 255", "run.memory_mb is not a whole number from 256 to"),
        ("[service]\nparallel = 65", "service.parallel is not a whole number from 1 to 64"),
        ("contact = ", "cannot be read"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_file(tmp_path: Path, text: str, says: str) -> None:
    error = wrong(write(tmp_path, text))
    assert says in error.message
    assert str(tmp_path / "revisor.toml") in error.message


def test_the_remedy_shows_the_form_in_which_it_was_tried(tmp_path: Path) -> None:
    assert wrong(tmp_path, {"REVISOR_WEB_PORT": "x"}).remedy == "write it as REVISOR_WEB_PORT=8460"
    assert wrong(tmp_path, None, "web.port=x").remedy == "write it as --set web.port=8460"
    assert wrong(tmp_path, {"REVISOR_WEB_HOSTS": "a\tb"}).remedy == "write it as REVISOR_WEB_HOSTS=TEXT,TEXT"
    assert wrong(write(tmp_path, "[web]\nport = 'x'")).remedy == "write it as port = 8460 under [web]"
    assert wrong(write(tmp_path, "contact = 1")).remedy == 'write it as contact = "TEXT"'


@pytest.mark.parametrize("contact", ["a\nX-Header: b", "a\rb", "a\0b", "x" * 201, "\x1b[31m"])
def test_a_contact_that_would_break_the_header_is_refused(tmp_path: Path, contact: str) -> None:
    assert "contact" in wrong(tmp_path, {"REVISOR_CONTACT": contact}).message


def test_a_file_that_is_no_text_or_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "revisor.toml").write_bytes(b'contact = "caf\xe9"')
    assert "cannot be read" in wrong(tmp_path).message
    (tmp_path / "revisor.toml").unlink()
    (tmp_path / "revisor.toml").mkdir()
    assert "cannot be read" in wrong(tmp_path).message
    assert "cannot be read" in wrong(tmp_path / ("x" * 300)).message


NUMBERS = [(setting.key, setting.least, setting.most) for setting in SETTINGS if setting.most]


@pytest.mark.parametrize(("key", "least", "most"), NUMBERS)
def test_numbers_have_their_bounds(key: str, least: int, most: int) -> None:
    for number in (least, most, f"+{most}", f"0{least}"):
        assert explained(key, NOWHERE, None, f"{key}={number}").value == str(int(number))
    for number in (least - 1, most + 1, "", "1.5", "1e3", "0x10", "٣", "1_000", "9" * 5000):
        assert f"from {least} to {most}" in wrong(NOWHERE, None, f"{key}={number}").message


# --- who may see the page ---------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_an_address_of_this_machine_needs_no_token(tmp_path: Path, host: str) -> None:
    assert load(tmp_path, {}, [f"web.host={host}"]).web == WebSettings(host)


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.168.0.7", "desk.example.org", "localhost.example", "127.1", " "],  # noqa: S104  # refused
)
def test_any_other_address_needs_a_long_token(tmp_path: Path, host: str) -> None:
    for token in ("", "x" * 15):
        error = wrong(tmp_path, {"REVISOR_WEB_TOKEN": token}, f"web.host={host}")
        assert f"web.host {host} can be reached from elsewhere" in error.message
        assert "web.token of at least 16 characters" in error.message
        assert "xxx" not in str(error)
    config = load(tmp_path, {"REVISOR_WEB_TOKEN": "x" * 16}, [f"web.host={host}"])
    assert config.web == WebSettings(host, token="x" * 16)


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    assert explained("web.token", tmp_path, {"REVISOR_WEB_TOKEN": TOKEN}).value == "***"
    assert explained("web.token", tmp_path).value is None
    assert TOKEN not in repr(explain(tmp_path, {}, [f"web.token={TOKEN}"]))
    assert TOKEN not in str(wrong(tmp_path, {"REVISOR_WEB_TOKEN": TOKEN + "\n"}))
    assert TOKEN not in str(wrong(write(tmp_path, f"[web]\ntoken = ['{TOKEN}']")))


# --- whatever is said ----------------------------------------------------------------------------

WORDS = st.one_of(
    st.sampled_from(["", "0", "1", "300", "a,b", "::", "localhost", TOKEN]), st.text(max_size=20)
)
KEYS = st.sampled_from([setting.key for setting in SETTINGS])
VARIABLES = st.sampled_from([setting.variable for setting in SETTINGS])


@given(st.dictionaries(VARIABLES, WORDS), st.lists(st.builds("{}={}".format, KEYS, WORDS)))
def test_whatever_is_said_is_in_force_or_refused_by_name(
    environ: dict[str, str], overrides: list[str]
) -> None:
    try:
        config = load(NOWHERE, environ, overrides)
    except ConfigError:
        return
    for one in explain(NOWHERE, environ, overrides):
        table, _, name = one.key.rpartition(".")
        value = getattr(getattr(config, table) if table else config, name)
        shown = ", ".join(value) if isinstance(value, tuple) else value
        if one.key == "web.token" and value:
            shown = "***"
        assert one.value == (None if shown in {None, ""} else str(shown))
        if one.origin == "default":
            assert one.value == one.default
