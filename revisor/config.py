"""What an installation is told, as frozen values; `revisor.settings` reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from revisor.errors import ConfigError


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
