"""The command line: builds, wires and prints; decides nothing."""
