"""The vocabulary that every room of Revisor speaks."""

__version__ = "0.1.0"
