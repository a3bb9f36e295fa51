"""The review page over a full store."""
