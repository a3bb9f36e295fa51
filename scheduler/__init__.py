"""When and how a portal is crawled, and what becomes of what was fetched."""
