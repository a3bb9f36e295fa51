"""The figures below which our own extraction must not fall, in a file beside this one."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from benchmarks.extraction.marks import DATED, Tally

FLOORS = Path(__file__).with_name("floors.toml")

Figures = dict[str, float]

_AT_LEAST = (
    "f1", "titles exact", "published right", "updated right", "date right", "captions tied",
    "attachments right",
)  # fmt: skip
_AT_MOST = ("failed", "published false", "updated false", "date false", "captions false", "attachments false")
_HEAD = """# What `./run bench extraction` found when it was last run with --set-floors; it fails below.
# At most: failed and everything false (a date that is wrong or invented). At least: all else.
"""


def figures(tally: Tally, asked: Mapping[str, int]) -> Figures:
    """The figures of a set that are pinned; those of which the set knows nothing are left out."""
    counts = tally.counts
    found: Figures = {
        "pages": tally.pages,
        "f1": math.floor(tally.f1 * 10_000) / 10_000,
        "failed": counts["failed"],
    }
    for name in _AT_LEAST[1:]:
        if asked[name]:
            found[name] = counts[name]
    for name in DATED:
        if asked[f"{name} right"]:
            found[f"{name} false"] = counts[f"{name} wrong"] + counts[f"{name} invented"]
    for name, due in (("captions false", "captions tied"), ("attachments false", "attachments right")):
        if asked[due]:
            found[name] = counts[name]
    return found


def below(name: str, found: Figures, floors: Mapping[str, Figures]) -> list[str]:
    """A line for each figure of the set that is worse than its floor; a floor that is missing is none."""
    pinned = floors.get(name)
    if pinned is None:
        return [f"{name}: no floors are pinned; --set-floors pins these figures"]
    lines = []
    if found["pages"] != pinned["pages"]:
        lines.append(
            f"{name}: {found['pages']:g} pages, floors are of {pinned['pages']:g}; --set-floors pins anew"
        )
    for figure, floor in pinned.items():
        value = found.get(figure, 0.0)
        if figure in _AT_LEAST and value < floor:
            lines.append(f"{name}: {figure} {value:g}, floor {floor:g}")
        elif figure in _AT_MOST and value > floor:
            lines.append(f"{name}: {figure} {value:g}, at most {floor:g}")
    return lines


def read_floors(path: Path = FLOORS) -> dict[str, Figures]:
    """The pinned figures of each set; none where there is no such file."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_floors(floors: Mapping[str, Figures], path: Path = FLOORS) -> None:
    """Pin those figures, set by set."""
    tables = [
        f"[{name}]\n" + "".join(f'"{figure}" = {value:g}\n' for figure, value in pinned.items())
        for name, pinned in sorted(floors.items())
    ]
    path.write_text(_HEAD + "\n" + "\n".join(tables), encoding="utf-8")
