"""The data home and the settings in it: `load(path, environ)` gives frozen values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from revisor.errors import ConfigError

HOME_VARIABLE = "REVISOR_HOME"
CONTACT_VARIABLE = "REVISOR_CONTACT"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything of one installation."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "revisor.db"

    @property
    def portals(self) -> Path:
        return self.path / "portals"

    @property
    def locks(self) -> Path:
        return self.path / "locks"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    def make(self) -> None:
        """Create the folders. Raises ConfigError."""
        try:
            for folder in (self.path, self.portals, self.locks, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(
                f"the data home {self.path} cannot be made: {error.strerror}",
                "choose another folder with --home or REVISOR_HOME",
            ) from error


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where the review page listens and who may see it.

    token: what a visitor must show; None lets everybody in, which only a loopback address allows.
    hosts: further host names under which the page may be asked for, beside loopback and `host`.
    """

    host: str = "127.0.0.1"
    port: int = 8460
    token: str | None = None
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The bounds of one run's process: minutes until it is told to end, seconds that it has then, memory."""

    deadline_minutes: int = 180
    grace_seconds: int = 60
    memory_mb: int = 3072


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """parallel: so many portals are crawled at once. portals: only these, all enabled ones when empty."""

    parallel: int = 2
    portals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """What an installation is told. `contact` (address or mail) goes into the User-Agent."""

    home: Home
    contact: str | None = None
    web: WebSettings = field(default_factory=WebSettings)
    run: RunSettings = field(default_factory=RunSettings)
    service: ServiceSettings = field(default_factory=ServiceSettings)


def load(home: Path | None, environ: Mapping[str, str]) -> Config:
    """The settings: home from the argument, REVISOR_HOME or the platform's user data folder.

    HOME/revisor.toml may set `contact`; REVISOR_CONTACT overrules it. Raises ConfigError.
    """
    chosen = home or (Path(environ[HOME_VARIABLE]) if environ.get(HOME_VARIABLE) else None)
    place = Home((chosen or Path(platformdirs.user_data_dir("revisor", appauthor=False))).absolute())
    settings = _read(place.path / "revisor.toml")
    contact = environ.get(CONTACT_VARIABLE) or settings.get("contact")
    if contact and (len(contact) > 200 or not contact.isprintable()):
        raise ConfigError("contact is not one printable line", "set it to a web address or a mail address")
    return Config(place, contact)


def _read(path: Path) -> dict[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", "correct the line it names") from error
    for key, value in table.items():
        if key != "contact":
            raise ConfigError(f'{path}: unknown key "{key}"', 'the one key is "contact"')
        if not isinstance(value, str):
            raise ConfigError(f"{path}: {key} is no text", f'write it as {key} = "..."')
    return table
