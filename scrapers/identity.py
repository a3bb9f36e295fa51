"""Who we say we are."""

from __future__ import annotations

from revisor import __version__

PRODUCT = "Revisor"
"""The product token that robots.txt rules are looked up for (RFC 9309 §2.2.1)."""


def user_agent(contact: str | None) -> str:
    """An honest name: product, version, and how to reach its operator, as far as that is set."""
    return f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else "")
