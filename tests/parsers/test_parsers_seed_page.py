"""The first portal's shape: everything of the article, exactly, and nothing else."""

from __future__ import annotations

import importlib.util
import random
import re
import sys
from pathlib import Path

import pytest

from revisor.digest import digests
from revisor.model import BlockKind, Rules
from scrapers.parsers.article import EXTRACTOR, extract

RULES = Rules("test", EXTRACTOR)
HEADERS = (("Content-Type", "text/html"),)

_spec = importlib.util.spec_from_file_location("seed_page", Path(__file__).with_name("seed_page.py"))
assert _spec is not None
assert _spec.loader is not None
seed_page = importlib.util.module_from_spec(_spec)
sys.modules["seed_page"] = seed_page
_spec.loader.exec_module(seed_page)
