"""Skins: how a portal draws its pages. Each is a folder of templates; names and choices come from the seed.

A skin's folder has `article.html`, `list.html`, `home.html` and `missing.html`, most often on a `base.html`
of its own, and may use the macros of `common/`. What a template can call is documented in `drawing.py`.
"""

from __future__ import annotations

from sample_portal.skins.skin import JUDGING_SKINS, SKINS, WORKING_SKINS, Skin

__all__ = ["JUDGING_SKINS", "SKINS", "WORKING_SKINS", "Skin"]
