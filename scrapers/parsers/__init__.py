"""From the bytes of a page to an article: pure functions that know neither crawler nor storage."""
