"""The same settings give the same bytes in any process, whatever its hash seed, locale and time zone."""

from __future__ import annotations

import subprocess
import sys

DIGEST = """
import hashlib
from random import Random
from sample_portal.sections import SECTIONS, list_path
from sample_portal.site import Site
from sample_portal.skins import SKINS

for skin in SKINS:
    site = Site(seed=3, articles=12, days=3, skin=skin, everything=True)
    whole = hashlib.sha256()
    for day in range(site.days):
        paths = ["/", "/nowhere", *(list_path(section, 1) for section in SECTIONS)]
        for article in site.articles_on(day):
            paths.append(article.path)
            paths += [figure.image for figure in article.figures]
            paths += [file.path for file in article.attachments]
        for path in paths:
            answer = site.respond(day, path, {}, Random(1))
            whole.update(repr((path, answer.status, answer.headers)).encode() + answer.body)
    print(skin, whole.hexdigest())
"""


def digests(**environment: str) -> str:
    here = {"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603  our own
        [sys.executable, "-c", DIGEST], env=here | environment, capture_output=True, check=True, text=True
    )
    return done.stdout


def test_the_same_bytes_in_every_process() -> None:
    one = digests(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    other = digests(PYTHONHASHSEED="2", TZ="Asia/Kathmandu", LC_ALL="C.UTF-8")
    assert one == other
    values = [line.split()[1] for line in one.splitlines()]
    assert len(set(values)) == len(values) == 20
