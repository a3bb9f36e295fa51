"""The table of `./run bench peers`: a row for each tool and settings, and what each found of every event."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sample_portal.judge import Report, judge, share
from sample_portal.site import Site
from sample_portal.truth import TrueChange


@dataclass(frozen=True, slots=True)
class Cost:
    """What the checks of one site took. checks: of all addresses on all days. cpu: seconds in all."""

    checks: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Lists:
    """The section pages of one site: how often one was checked after day 0, and how often reported."""

    checks: int
    reports: int


@dataclass(frozen=True, slots=True)
class Result:
    """The reports of one site, judged. A change counts once, whatever its kinds.

    quiet: how many of the `false` reports came on days on which only furniture moved. watched: the keys of
    the articles of day 0, which are those that can have a watch.
    """

    found: tuple[TrueChange, ...]
    missed: tuple[TrueChange, ...]
    false: int
    quiet: int
    watched: frozenset[str]
    cost: Cost | None = None
    lists: Lists | None = None

    @classmethod
    def of(
        cls, site: Site, reports: Iterable[Report], cost: Cost | None = None, lists: Lists | None = None
    ) -> Result:
        """Hold the reports of days 1 on against the truth of the site."""
        verdict = judge(site.truth(), reports, site.days - 1)
        found = dict.fromkeys(change for change, _ in verdict.found)
        missed = dict.fromkeys(change for change, _ in verdict.missed if change not in found)
        told = [change for change in site.truth() if change.kinds]
        eventful = {day for change in told for day in (change.day, change.due_day)}
        quiet = sum(false.report.day not in eventful for false in verdict.false)
        watched = frozenset(article.key for article in site.articles_on(0))
        return cls(tuple(found), tuple(missed), len(verdict.false), quiet, watched, cost, lists)


@dataclass(frozen=True, slots=True)
class Row:
    """A tool with its settings, over all sites."""

    tool: str
    version: str
    settings: str
    results: tuple[Result, ...]

    @property
    def found(self) -> Counter[str]:
        """How many changes were found, by event."""
        return Counter(change.event for result in self.results for change in result.found)

    @property
    def due(self) -> Counter[str]:
        """How many changes there were to be found, by event."""
        return self.found + Counter(change.event for result in self.results for change in result.missed)

    @property
    def false(self) -> int:
        return sum(result.false for result in self.results)

    @property
    def quiet(self) -> int:
        """False reports on days on which only furniture moved."""
        return sum(result.quiet for result in self.results)

    @property
    def precision(self) -> float:
        return share(self.found.total(), self.false)

    @property
    def recall(self) -> float:
        return share(self.found.total(), self.due.total() - self.found.total())

    @property
    def recall_watched(self) -> float:
        """Recall among the articles of day 0."""
        found = sum(change.key in r.watched for r in self.results for change in r.found)
        return share(found, sum(change.key in r.watched for r in self.results for change in r.missed))

    @property
    def cpu(self) -> float | None:
        """Seconds for one check of one address; None where it was not measured."""
        costs = [result.cost for result in self.results if result.cost]
        return sum(c.cpu for c in costs) / sum(c.checks for c in costs) if costs else None

    @property
    def lists(self) -> tuple[int, int] | None:
        """How often section pages were reported, and checked; None for a tool that reads them itself."""
        lists = [result.lists for result in self.results if result.lists]
        return (sum(x.reports for x in lists), sum(x.checks for x in lists)) if lists else None


_LEGEND = """\
of day 0: recall among the articles that there were on day 0, the only ones that the other tools can watch
furniture: false reports on days without any change; lists: how many checks of a section page reported it
ms: of CPU, for one check of one page"""


def show(rows: Sequence[Row]) -> None:
    """Print the rows, then what each found of each event."""
    print(
        f"{'':<2} {'tool':<26} {'settings':<12} {'found':>9} {'recall':>7} {'of day 0':>9} {'false':>6}"
        f" {'precision':>10} {'furniture':>10} {'lists':>9} {'ms':>6}"
    )
    for number, row in enumerate(rows, start=1):
        lists = f"{row.lists[0]}/{row.lists[1]}" if row.lists else "-"
        cpu = "-" if row.cpu is None else f"{row.cpu * 1000:.1f}"
        print(
            f"{number:<2} {f'{row.tool} {row.version}':<26} {row.settings:<12}"
            f" {f'{row.found.total()}/{row.due.total()}':>9} {row.recall:>7.3f} {row.recall_watched:>9.3f}"
            f" {row.false:>6} {row.precision:>10.3f} {row.quiet:>10} {lists:>9} {cpu:>6}"
        )
    print(_LEGEND)
    print(f"\n{'found of':<18} {'due':>5} " + " ".join(f"{number:>5}" for number in range(1, len(rows) + 1)))
    due: Counter[str] = Counter()
    for row in rows:
        due |= row.due
    for event in sorted(due):
        print(f"{event:<18} {due[event]:>5} " + " ".join(f"{row.found[event]:>5}" for row in rows))


def as_json(rows: Sequence[Row]) -> str:
    """The rows as one line of JSON; by event: [found, due]; lists: [reported, checked]; cpu: seconds."""
    told = [
        {
            "tool": row.tool,
            "version": row.version,
            "settings": row.settings,
            "events": {event: [row.found[event], due] for event, due in sorted(row.due.items())},
            "found": row.found.total(),
            "due": row.due.total(),
            "recall": row.recall,
            "recall_of_day_0": row.recall_watched,
            "false": row.false,
            "precision": row.precision,
            "furniture": row.quiet,
            "lists": row.lists,
            "cpu": row.cpu,
        }
        for row in rows
    ]
    return json.dumps({"format": "revisor.bench.peers/1", "rows": told})
