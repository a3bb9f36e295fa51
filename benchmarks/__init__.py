"""Figures beside a yardstick of the same run: `./run bench NAME`."""
