"""Scripts where none should run."""
