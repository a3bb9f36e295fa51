"""The worst misses of `./run bench truth`, with their pages, for a developer to look at."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random

from benchmarks.shared.sample_run import Game
from sample_portal.site import Site

EACH = 3
"""So many examples are shown of each event that was missed or told wrongly."""


def show_worst(games: Sequence[Game], folder: Path) -> None:
    """Write a folder for each example: the page before and after, the truth, and what was reported.

    `index.txt` lists them, the events with the most misses first.
    """
    shown: Counter[str] = Counter()
    total: Counter[str] = Counter()
    lines: dict[str, list[str]] = {}
    seen: set[tuple[int, str, str]] = set()  # one page, once
    for game in games:
        verdict = game.verdict
        cases = [(c.event, "missed", c.day, c.key) for c, _ in verdict.missed]
        cases += [(f.event or "nothing", "false", f.report.day, f.report.key) for f in verdict.false]
        for event, what, day, key in cases:
            name = f"{event}-{what}"
            total[name] += 1
            if shown[name] < EACH and (id(game), name, key) not in seen:
                seen.add((id(game), name, key))
                shown[name] += 1
                place = folder / f"{name}-{shown[name]}"
                _write_case(game, day, key, place)
                site = f"seed {game.site.seed}, {game.site.skin_on(day).name}, day {day}"
                lines.setdefault(name, []).append(f"  {place.name}: {site}, page {key}")
    folder.mkdir(parents=True, exist_ok=True)
    index = [line for name, n in total.most_common() for line in (f"{name}: {n}", *lines[name])]
    (folder / "index.txt").write_text("\n".join(index) + "\n", encoding="utf-8")


def _write_case(game: Game, day: int, key: str, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    site = game.site
    for name, when in (("before", max(0, day - 1)), ("after", day)):
        (place / f"{name}.html").write_bytes(_body(site, when, key))
    truth = [asdict(change) for change in site.truth() if change.key == key]
    page = site.pages_on(day).get(key)
    told = [text for at, of, text in game.played.told if of == key and at <= day + 1]
    whole = {"changes": truth, "page": asdict(page) if page else None, "reported": told}
    (place / "truth.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")


def _body(site: Site, day: int, key: str) -> bytes:
    page = site.pages_on(day).get(key)
    return site.respond(day, page.article.path if page else key, {}, Random(1)).body
