"""The one table of all settings: what each is called, is at first, may be, and is for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from revisor.config import RunSettings, ServiceSettings, WebSettings
from revisor.errors import ConfigError

PREFIX = "REVISOR_"
LONGEST = 200
"""Characters of a text."""

MOST_TEXTS = 100
"""Texts of a list."""

Value = str | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table. Its default tells its type: a number, a list of texts, else a text.

    least, most: the bounds of a number. secret: its value is shown to nobody.
    """

    key: str
    default: Value
    sentence: str
    least: int = 0
    most: int = 0
    secret: bool = False

    @property
    def variable(self) -> str:
        """Its name in the environment: `web.port` is REVISOR_WEB_PORT."""
        return PREFIX + self.key.upper().replace(".", "_")

    @property
    def expected(self) -> str:
        """What its value must be, in words."""
        if isinstance(self.default, int):
            return f"a whole number from {self.least} to {self.most}"
        if isinstance(self.default, tuple):
            return f"a list of at most {MOST_TEXTS} printable texts"
        return f"a printable text of at most {LONGEST} characters"

    def parse(self, text: str, origin: str) -> Value:
        """The value of a text from the environment or the command line; a list's parts stand between commas.

        origin: the variable or option that says so. Raises ConfigError.
        """
        value: object = text
        if isinstance(self.default, int) and re.fullmatch(r"[+-]?[0-9]{1,15}", text):
            value = int(text)
        elif isinstance(self.default, tuple):
            value = [part.strip() for part in text.split(",") if part.strip()]
        example = self.default if isinstance(self.default, int) else "TEXT,TEXT" if value != text else "TEXT"
        return self._checked(value, origin, f"{origin}={example}")

    def check(self, value: object, origin: str) -> Value:
        """The value of a TOML file. origin: the file. Raises ConfigError."""
        table, _, name = self.key.rpartition(".")
        texts = '["TEXT", "TEXT"]' if isinstance(self.default, tuple) else '"TEXT"'
        example = f"{name} = {self.default if isinstance(self.default, int) else texts}"
        return self._checked(value, origin, example + (f" under [{table}]" if table else ""))

    def _checked(self, value: object, origin: str, example: str) -> Value:
        match value:
            case bool():
                pass  # in Python a number, in TOML none
            case int() if isinstance(self.default, int) and self.least <= value <= self.most:
                return value
            case str() if not isinstance(self.default, (int, tuple)) and _sound(value):
                if value or self.default is None:
                    return value or None
            case list() if isinstance(self.default, tuple) and len(value) <= MOST_TEXTS:
                if all(isinstance(part, str) and part and _sound(part) for part in value):
                    return tuple(value)
            case _:
                pass
        raise ConfigError(f"{origin}: {self.key} is not {self.expected}", f"write it as {example}")


def _sound(text: str) -> bool:
    return len(text) <= LONGEST and text.isprintable()


_WEB, _RUN, _SERVICE = WebSettings(), RunSettings(), ServiceSettings()

SETTINGS = (
    Setting("contact", None, "A web or mail address at which portals can reach you; part of the User-Agent."),
    Setting("web.host", _WEB.host, "The address on which the review page listens."),
    Setting("web.port", _WEB.port, "The port of the review page; 0 takes any that is free.", 0, 65535),
    Setting("web.token", _WEB.token, "What visitors of the review page must show.", secret=True),
    Setting("web.hosts", _WEB.hosts, "Further host names under which the review page may be asked for."),
    Setting(
        "run.deadline_minutes", _RUN.deadline_minutes, "Minutes after which a run is told to end.", 1, 10_080
    ),
    Setting(
        "run.grace_seconds", _RUN.grace_seconds, "Seconds that it has then before it is killed.", 1, 3600
    ),
    Setting("run.memory_mb", _RUN.memory_mb, "Megabytes of memory that a run may take.", 256, 1_048_576),
    Setting("service.parallel", _SERVICE.parallel, "How many portals are crawled at once.", 1, 64),
    Setting("service.portals", _SERVICE.portals, "Crawl only these portals; empty for all that are enabled."),
)
