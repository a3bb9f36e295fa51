"""`truth.jsonl`: the truth of a site as a file, one JSON object a line, told apart by `type`.

    {"type": "site", "format": "sample-portal-truth/1", "seed": 1, "skin": "subsite", "start": "2026-03-02",
     "days": 10, "articles": 40}
    {"type": "change", "day": 1, "due_day": 1, "key": "923118", "path": "/2026-02/11/c_923118.htm",
     "event": "number", "kinds": ["edited", "redated"], "detail": "block 3: ...", "optional": false}
    {"type": "incident", "day": 4, "until": 5, "form": "waf"}
    {"type": "page", "day": 0, "standing": "live", "listed": true, "former": [], "alias": false, "markup": 0,
     "refreshed": 0, "article": {"key": "923118", "path": "/2026-02/11/c_923118.htm", "title": "...", ...}}

The site comes first, then the changes by day and key, the incidents by day, and the pages by day and key: all
of day 0, then each page on every day on which it differs from the day before. So the state of any day is that
of the last line of each page up to it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TextIO

from sample_portal.site import Site

FORMAT = "sample-portal-truth/1"


def write_truth(site: Site, out: TextIO) -> None:
    """Write the truth of all days of the site."""
    first = {"type": "site", "format": FORMAT, "seed": site.seed, "skin": site.skin_on(0).name}
    size = {"start": site.start.isoformat(), "days": site.days, "articles": len(site.pages_on(0))}
    _write_line(first | size, out)
    for change in site.truth():
        _write_line({"type": "change"} | asdict(change), out)
    for incident in site.incidents():
        _write_line({"type": "incident"} | asdict(incident), out)
    for day in range(site.days):
        before = site.pages_on(day - 1) if day else {}
        for key, page in site.pages_on(day).items():
            if before.get(key) != page:
                _write_line({"type": "page", "day": day} | asdict(page), out)


def _write_line(record: dict[str, object], out: TextIO) -> None:
    out.write(json.dumps(record, ensure_ascii=False) + "\n")
