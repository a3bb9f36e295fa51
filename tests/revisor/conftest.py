"""No deadlines: a test never asserts a time. No example database: what fails is printed to be pasted."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("revisor", deadline=None, database=None, print_blob=True)
settings.load_profile("revisor")
