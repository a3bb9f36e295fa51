"""Where the values of the settings come from, and what is in force.

`--set` wins over the environment, the environment over HOME/revisor.toml, that over the default. A setting
that is not in the table is an error, whoever names it.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs
from rapidfuzz import fuzz, process

from revisor.config import Config, Home, WebSettings
from revisor.errors import ConfigError
from revisor.settings import PREFIX, SETTINGS, Setting, Value

HOME_VARIABLE = "REVISOR_HOME"
FILE = "revisor.toml"
SHORTEST_TOKEN = 16
"""Characters of a token that guards the review page where others can reach it."""

_BY_KEY = {setting.key: setting for setting in SETTINGS}
_BY_VARIABLE = {setting.variable: setting for setting in SETTINGS}
_TABLES = tuple(dict.fromkeys(key.split(".")[0] for key in _BY_KEY if "." in key))


@dataclass(frozen=True, slots=True)
class Explained:
    """A setting in force. value, default: as text, None where there is none; a secret is shown as `***`.

    origin: `default`, the path of revisor.toml, the variable's name, or `--set`.
    """

    key: str
    value: str | None
    default: str | None
    origin: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A value, and who says so."""

    setting: Setting
    value: Value
    origin: str


def find_home(home: Path | None, environ: Mapping[str, str]) -> Home:
    """The data home: the argument, else REVISOR_HOME, else the platform's user data folder."""
    chosen = home or (Path(environ[HOME_VARIABLE]) if environ.get(HOME_VARIABLE) else None)
    return Home((chosen or Path(platformdirs.user_data_dir("revisor", appauthor=False))).absolute())


def load(home: Path | None, environ: Mapping[str, str], overrides: Sequence[str] = ()) -> Config:
    """The settings in force. overrides: `KEY=VALUE` each, the last of a key holds. Raises ConfigError."""
    place = find_home(home, environ)
    return _config(place, _in_force(place, environ, overrides))


def explain(
    home: Path | None, environ: Mapping[str, str], overrides: Sequence[str] = ()
) -> tuple[Explained, ...]:
    """Every setting with its value and who set it, in the order of the table. Raises ConfigError."""
    place = find_home(home, environ)
    told = _in_force(place, environ, overrides)
    _config(place, told)  # what `load` refuses is not explained as if it held
    return tuple(
        Explained(
            key=one.setting.key,
            value="***" if one.setting.secret and one.value else _text(one.value),
            default=_text(one.setting.default),
            origin=one.origin,
            sentence=one.setting.sentence,
        )
        for one in told
    )


def _text(value: Value) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(value) or None
    return None if value is None else str(value)


def _config(home: Home, told: Iterable[_Told]) -> Config:
    tables: dict[str, dict[str, Value]] = {}
    for one in told:
        table, _, name = one.setting.key.rpartition(".")
        tables.setdefault(table, {})[name] = one.value
    top = tables.pop("")
    config = msgspec.convert({"home": home, **top, **tables}, Config)
    _check_exposure(config.web)
    return config


def _check_exposure(web: WebSettings) -> None:
    """The page shows unpublished work and takes notes: beyond this machine only with a token."""
    if not _is_loopback(web.host) and len(web.token or "") < SHORTEST_TOKEN:
        raise ConfigError(
            f"web.host {web.host} can be reached from elsewhere, which needs a web.token of at least "
            f"{SHORTEST_TOKEN} characters",
            "set web.token to a long random text, or web.host to 127.0.0.1",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_force(home: Home, environ: Mapping[str, str], overrides: Sequence[str]) -> list[_Told]:
    """Each setting of the table with the value of whoever is heard last."""
    heard = {setting.key: _Told(setting, setting.default, "default") for setting in SETTINGS}
    for source in (_of_file(home.path / FILE), _of_environment(environ), _of_command_line(overrides)):
        heard |= {told.setting.key: told for told in source}
    return list(heard.values())


def _of_file(path: Path) -> Iterator[_Told]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "correct the line it names") from error
    for name, value in content.items():
        if name in _TABLES and isinstance(value, dict):
            for inner, its_value in value.items():
                yield _checked(f"{name}.{inner}", its_value, path)
        elif name in _TABLES:
            raise ConfigError(f"{path}: {name} is no table", f"write [{name}], and its keys below")
        elif isinstance(value, dict) and name not in _BY_KEY:
            raise _unknown(f"[{name}]", str(path), [f"[{table}]" for table in _TABLES])
        else:
            yield _checked(name, value, path)


def _checked(key: str, value: object, path: Path) -> _Told:
    if key not in _BY_KEY:
        raise _unknown(key, str(path), list(_BY_KEY))
    setting = _BY_KEY[key]
    return _Told(setting, setting.check(value, str(path)), str(path))


def _of_environment(environ: Mapping[str, str]) -> Iterator[_Told]:
    for name, text in sorted(environ.items()):
        if name in _BY_VARIABLE:
            if text:  # an empty variable is one that is not set
                setting = _BY_VARIABLE[name]
                yield _Told(setting, setting.parse(text, name), name)
        elif name.startswith(PREFIX) and name != HOME_VARIABLE:
            raise _unknown(name, "environment", [*_BY_VARIABLE, HOME_VARIABLE])


def _of_command_line(overrides: Sequence[str]) -> Iterator[_Told]:
    for override in overrides:
        key, equals, text = override.partition("=")
        if key not in _BY_KEY:
            raise _unknown(key, "--set", list(_BY_KEY))
        if not equals:
            raise ConfigError(f"--set {key} has no value", f"write it as --set {key}=VALUE")
        setting = _BY_KEY[key]
        yield _Told(setting, setting.parse(text, f"--set {key}"), "--set")


def _unknown(name: str, origin: str, names: Sequence[str]) -> ConfigError:
    """The error of a setting that is none, with the nearest that is one."""
    near = process.extractOne(name, names, scorer=fuzz.WRatio, score_cutoff=60)
    remedy = f'did you mean "{near[0]}"? ' if near else ""
    return ConfigError(f'{origin}: unknown setting "{name}"', f"{remedy}`revisor config` lists all settings")
