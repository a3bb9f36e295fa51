"""The API against its own OpenAPI description: schemathesis with every check, in all its phases."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from reports.web.app import create_app
from revisor.config import WebSettings
from storage.database import open_database
from tests.web.filling import desk, fill


@dataclass(frozen=True, slots=True)
class Campaign:
    """How many requests were made in each phase, and what did not agree with the description."""

    requests: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def campaign(app: FastAPI, examples: int, seed: int, token: str | None = None) -> Campaign:
    """Ask `app` with `examples` questions an operation in each phase, valid and invalid ones."""
    shown = {"auth": {"openapi": {"bearer": {"bearer": token}}}} if token else {}
    config = SchemathesisConfig.from_dict(
        {"seed": seed, "generation": {"max-examples": examples, "database": "none"}, **shown}
    )
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, config=config, headers=headers)
    found = Campaign()
    for event in from_schema(schema).execute():
        match event:
            case events.ScenarioFinished():
                _add(found, event)
            case events.NonFatalError() | events.FatalError():
                found.failures.append(repr(event))
            case _:
                pass
    return found


def _add(found: Campaign, event: events.ScenarioFinished) -> None:
    recorder = event.recorder
    found.requests[event.phase.value] += len(recorder.interactions)
    for interaction in recorder.interactions.values():
        found.answers[interaction.response.status_code if interaction.response else 0] += 1
    for case_id, checks in recorder.checks.items():
        for check in checks:
            found.checks[check.name] += 1
            if check.status is not Status.SUCCESS:
                told = check.failure_info.failure if check.failure_info else ""
                curl = recorder.cases[case_id].value.as_curl_command()
                where = f"{event.phase.value}: {recorder.label}: {check.name}"
                found.failures.append(f"{where}: {told}\n    {curl}")


def _told(counts: Counter[str] | Counter[int]) -> str:
    return ", ".join(f"{name} x {count}" for name, count in counts.items())


def main() -> None:
    """Print the figures; exit 1 where an answer was not as described."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=500, help="an operation and phase")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failures = 0
    for name, token in (("open", None), ("with a token", "correct-horse")):
        with tempfile.TemporaryDirectory() as home:
            engine = open_database(Path(home) / "revisor.db")
            web = WebSettings(hosts=("testserver",), token=token)
            began = time.perf_counter()
            found = campaign(create_app(desk(fill(engine), web)), options.examples, options.seed, token)
            took = time.perf_counter() - began
            engine.dispose()
        print(f"{name}: {found.requests.total()} requests in {took:.0f} s, {_told(found.requests)}")
        print(f"  answers: {_told(found.answers)}")
        print(f"  {len(found.checks)} sorts of check, {found.checks.total()} made")
        print(f"  failures: {len(found.failures)}")
        for failure in dict.fromkeys(found.failures):
            print(f"    {failure}")
        failures += len(found.failures)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
