"""The review page and its API: server-rendered HTML that works without scripts."""
