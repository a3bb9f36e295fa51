"""A seeded sample news portal: pages, events, a server on loopback, and the truth of what changed.

It judges the product, so it imports nothing of it, and its truth comes from its generator alone.
"""
