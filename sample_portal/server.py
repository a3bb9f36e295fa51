"""Serves a sample site on loopback: a port for each of its addresses, one thread, one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from random import Random
from threading import Thread
from types import TracebackType
from typing import Self

from sample_portal.connection import Connection
from sample_portal.door import ADDRESS, Door
from sample_portal.hosts import TREE, Host, Hosts
from sample_portal.outages import Outage
from sample_portal.response import Response
from sample_portal.site import Site


class Server:
    """A running server of the site on 127.0.0.1; leave the context to stop it.

    port: of the main address, 0 takes a free one; the other addresses take free ones. noise: the generator
    of what differs per request; seeded, the same requests in the same order get the same bytes. hosts: all
    addresses, url: the main one. requests: how many came in. Raises OSError if the port is taken.
    """

    def __init__(self, site: Site, port: int = 0, day: int = 0, noise: Random | None = None) -> None:
        self.site = site
        self.requests = 0
        self._noise = noise or Random()
        self._day = _known(site, day)
        self._connections: set[Connection] = set()
        self._doors = self._build(port)
        self.hosts = _hosts({host: door.port for host, door in self._doors.items()})
        self.url = self.hosts.main
        self._loop = asyncio.SelectorEventLoop()  # doors wait for their sockets themselves
        self._stop = asyncio.Event()
        self._thread = Thread(target=self._run, name="sample-portal", daemon=True)
        self._thread.start()
        self.day = day

    @property
    def day(self) -> int:
        """The day that is served; may be set from any thread. Raises ValueError for an unknown day.

        On a day on which the portal refuses connections all ports are shut, and open again on others.
        """
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        asyncio.run_coroutine_threadsafe(self._turn_to(_known(self.site, day)), self._loop).result()

    def close(self) -> None:
        """Stop, and wait until the thread has ended and every socket is closed; may be called twice."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _build(self, port: int) -> dict[Host, Door]:
        doors: dict[Host, Door] = {}
        try:
            for host in (Host.MAIN, Host.MIRROR, Host.REGIONAL):
                doors[host] = Door(port if host is Host.MAIN else 0, partial(self._greet, host))
            if Outage.CERTIFICATE in self.site.outages.values():
                from sample_portal.certificate import bad_tls  # noqa: PLC0415  0.1 s, and few sites need it

                doors[Host.SECURE] = Door(0, partial(self._greet, Host.SECURE), bad_tls())
        except OSError:
            for door in doors.values():
                door.give_up()
            raise
        return doors

    def _greet(self, host: Host) -> Connection:
        return Connection(partial(self._answer, host), self._connections)

    def _answer(self, host: Host, target: str, headers: Mapping[str, str]) -> Response:
        self.requests += 1
        return self.site.respond(self._day, target, headers, self._noise, host, self.hosts)

    async def _turn_to(self, day: int) -> None:
        self._day = day
        if self.site.outages.get(day) is Outage.REFUSED:
            for door in self._doors.values():
                await door.shut()
            await self._hang_up()
        else:
            for door in self._doors.values():
                door.open()

    async def _hang_up(self) -> None:
        while self._connections:
            await asyncio.gather(*(connection.abort() for connection in self._connections))

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        await self._stop.wait()
        for door in self._doors.values():
            await door.close()
        await self._hang_up()


def _known(site: Site, day: int) -> int:
    if not 0 <= day < site.days:
        raise ValueError(f"day {day} is not among the site's days 0 to {site.days - 1}")
    return day


def _hosts(ports: Mapping[Host, int]) -> Hosts:
    def at(host: Host, scheme: str = "http", tree: str = "") -> str:
        return f"{scheme}://{ADDRESS}:{ports[host]}{tree}/"

    return Hosts(
        main=at(Host.MAIN),
        mirror=at(Host.MIRROR, tree=TREE),
        regional=at(Host.REGIONAL, tree=TREE),
        secure=at(Host.SECURE, "https") if Host.SECURE in ports else "",
    )
