"""The languages in which the sample portal writes: their words, phrases and labels, one module each."""

from __future__ import annotations

from collections.abc import Mapping

from sample_portal.languages.arabic import ARABIC
from sample_portal.languages.chinese import CHINESE
from sample_portal.languages.english import ENGLISH
from sample_portal.languages.japanese import JAPANESE
from sample_portal.languages.language import Labels, Language, Topic

__all__ = ["LANGUAGES", "Labels", "Language", "Topic"]

LANGUAGES: Mapping[str, Language] = {
    language.tag: language for language in (ENGLISH, CHINESE, JAPANESE, ARABIC)
}
"""By tag (BCP 47)."""
