"""The settings in force, as terminal text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reports.safe import safe
from reports.shapes import encode
from revisor.sources import Explained

if TYPE_CHECKING:
    from rich.console import Console


@dataclass(frozen=True, slots=True)
class SettingList:
    """`revisor.config/1`"""

    format: str
    home: str
    settings: tuple[Explained, ...]


def settings_json(home: Path, settings: Sequence[Explained]) -> str:
    """The data home, and every setting with its value, default, origin and sentence."""
    return encode(SettingList("revisor.config/1", str(home), tuple(settings)))


def print_settings(console: Console, home: Path, settings: Sequence[Explained]) -> None:
    """Two lines a setting: its value and who set it, then what it is for."""
    console.print(f"data home {safe(str(home))}")
    width = max(len(setting.key) for setting in settings)
    for setting in settings:
        value = "(none)" if setting.value is None else safe(setting.value)
        console.print(f"\n{setting.key:<{width}}  {value}  [{safe(setting.origin)}]", style="bold")
        console.print(f"{'':<{width}}  {setting.sentence}")
