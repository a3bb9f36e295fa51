"""The thirty ways in which the portal as a whole fails: their names, and what a visitor is answered."""

from __future__ import annotations

from sample_portal.outages.answers import answer_outage
from sample_portal.outages.forms import Outage
from sample_portal.outages.visit import Kind, Visit

__all__ = ["Kind", "Outage", "Visit", "answer_outage"]
