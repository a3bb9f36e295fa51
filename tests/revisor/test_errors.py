"""The error tree: names, exit codes, and what a user is told."""

from __future__ import annotations

import pickle
import re

import pytest

from revisor import errors
from revisor.errors import ConfigError, FetchError, HttpError, NotFound, RevisorError, RobotsRefused, by_name


def classes() -> list[type[RevisorError]]:
    found = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, RevisorError)
    ]
    assert len(found) > 30
    return found


def documented() -> dict[str, int]:
    """Class to depth, as the tree in the module's docstring draws it."""
    lines = (errors.__doc__ or "").splitlines()
    drawn = [re.match(r"([│├└─ ]*)(\w+)", line) for line in lines[lines.index("RevisorError") :]]
    return {match[2]: len(match[1]) // 4 for match in drawn if match}


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    assert documented() == {one.__name__: one.__mro__.index(RevisorError) for one in classes()}


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_every_error_says_what_and_what_to_try(kind: type[RevisorError]) -> None:
    error = kind("it broke at http://x/1")
    assert str(error) == f"{kind.__name__}: it broke at http://x/1. Try: {kind.remedy}."
    assert "\n" not in str(error)
    assert not kind.remedy.endswith(".")
    assert by_name(error.name) is kind


@pytest.mark.parametrize("kind", classes(), ids=lambda kind: kind.__name__)
def test_errors_cross_processes_whole(kind: type[RevisorError]) -> None:
    error = pickle.loads(pickle.dumps(kind("what", remedy="this")))  # noqa: S301 - made in this line
    assert type(error) is kind
    assert (error.message, error.remedy, str(error)) == ("what", "this", f"{kind.__name__}: what. Try: this.")


def test_a_remedy_of_its_own_leaves_the_class_alone() -> None:
    default = HttpError.remedy
    assert HttpError("status 500", remedy="wait").remedy == "wait"
    assert HttpError("status 500").remedy == default


def test_exit_codes_go_with_the_branches() -> None:
    branches = RevisorError.__subclasses__()
    codes = [branch.exit_code for branch in branches]
    assert codes == list(range(3, 3 + len(branches)))
    assert all(one.exit_code == branch.exit_code for branch in branches for one in branch.__subclasses__())
    assert (ConfigError.exit_code, NotFound.exit_code, RobotsRefused.exit_code) == (
        3,
        4,
        FetchError.exit_code,
    )


def test_an_unknown_name_is_the_root() -> None:
    assert by_name("NoSuchError") is RevisorError
