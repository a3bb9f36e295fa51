"""Scripts in everything that a portal or a person can write: none runs in page, report or feed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from benchmarks.xss.campaign import VECTORS, campaign, vectors_of

OWN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'\"><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "]]><script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    "[x](javascript:alert(1))",
    "{{ 7*7 }}<details open ontoggle=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
)


def test_none_of_the_usual_runs_and_the_detector_hears_them_elsewhere(browser: Browser) -> None:
    outcome = campaign(browser, OWN)
    assert outcome.heard == []
    assert outcome.control >= 6


@pytest.mark.skipif(not VECTORS.exists(), reason="the collection of vectors is not beside this checkout")
def test_none_of_a_sample_of_public_vectors_runs(browser: Browser) -> None:
    outcome = campaign(browser, vectors_of(VECTORS)[::100])
    assert outcome.heard == []
    assert outcome.control
