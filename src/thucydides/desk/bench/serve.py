"""What the workbench's server takes to answer over an archive of very many incidents, and whether it holds out under many requests.

The server runs as a program of its own, as a user starts it; every request is another one, so that nothing is answered from memory. Times
are of the whole request as its client sees it, on one connection that stays open. Memory is the resident size of the server's process.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from thucydides.desk.bench.benches import Measured
from thucydides.desk.bench.many import COUNTRIES, OUTLETS, make_archive
from thucydides.desk.console import progress
from thucydides.errors import ThucydidesError

REQUESTS = 60  # of each sort
CLIENTS = 50
START_SECONDS = 900.0
SEED = 5


def measure(incidents: int, minutes: float, file: Path | None = None) -> Measured:
    """Serves an archive of so many incidents, times requests of every sort one by one, then sends many at once for so long."""
    with TemporaryDirectory() as folder:
        file = file or Path(folder) / "archive.db"
        make_archive(file, incidents)
        began = time.perf_counter()
        with _served(file) as server:
            ready = time.perf_counter() - began
            times = _timed(server)
            before = server.memory_mb()
            soaking = _soaked(server, minutes * 60) if minutes else None
        began = time.perf_counter()
        with _served(file):
            again = time.perf_counter() - began
    figures: dict[str, float] = {"start_seconds": ready, "start_again_seconds": again, "memory_mb": before}
    lines = [f"{incidents:,} incidents: ready after {ready:.1f} s, when started again after {again:.1f} s; {before:.0f} MB"]
    for sort, seconds in times.items():
        p50, p95 = (_share(seconds, share) * 1000 for share in (0.5, 0.95))
        figures |= {f"{sort}_p50_ms": p50, f"{sort}_p95_ms": p95}
        lines.append(f"  {sort:12} p50 {p50:7.1f} ms   p95 {p95:7.1f} ms   of {len(seconds)}")
    if soaking is not None:
        soaked, memory = soaking
        figures |= soaked
        lines.append(
            f"  {CLIENTS} at once for {minutes:g} minutes: {soaked['soak_requests']:,.0f} requests, "
            f"{soaked['soak_faults']:.0f} answered 5xx or not at all, "
            f"p95 {soaked['soak_p95_ms']:.0f} ms, memory {soaked['soak_memory_growth']:+.1%}"
        )
        lines.append(f"  memory, by tenths of the time: {' '.join(f'{one:.0f}' for one in memory)} MB")
    return Measured(figures=figures, lines=tuple(lines), of={"incidents": incidents, "minutes": minutes})


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self._process = process
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80

    def connection(self) -> http.client.HTTPConnection:
        """A connection of one client."""
        return http.client.HTTPConnection(self.host, self.port, timeout=60)

    def memory_mb(self) -> float:
        """Its resident memory; 0 where the system does not tell."""
        try:
            lines = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii").splitlines()
        except OSError:
            return 0.0
        return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def _served(file: Path) -> Iterator[Server]:
    """A server over an archive, once it answers."""
    environ = os.environ | {"THUCYDIDES_ARCHIVE": str(file), "THUCYDIDES_DATA": str(file.parent), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "thucydides", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = next((word for word in line.split() if word.startswith("http")), None)
            if address is None:
                raise ThucydidesError("the server did not start", remedy="Run 'thuc serve' and see what it says.")
            server = Server(process, address)
            _wait(server)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(server: Server) -> None:
    """Waits until the columns are filled."""
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        connection = server.connection()
        try:
            connection.request("GET", "/api/facets")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.5)
        finally:
            connection.close()
    raise ThucydidesError("the server is not ready in time", remedy="Measure with fewer --incidents.")


# ── requests ─────────────────────────────────────────────────────────────────────────────────────


class Asking:
    """Requests made up by chance, every one another."""

    def __init__(self, facets: dict[str, list[dict[str, str]]], seed: int) -> None:
        self._chance = random.Random(seed)
        self._facets = facets

    def filter(self) -> dict[str, str]:
        """One to three things that may be asked for together."""
        chance = self._chance
        year = chance.randint(2012, 2024)
        kinds = {
            "actor": self._one("actor"),
            "type": self._one("type"),
            "country": chance.choice(COUNTRIES),
            "place": self._one("place"),
            "source": chance.choice(OUTLETS),
            "from": f"{year}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
            "grade": chance.choice(("weak", "fair", "contested")),
            "box": f"{chance.randint(-20, 30)},{chance.randint(-10, 20)},{chance.randint(31, 60)},{chance.randint(21, 60)}",
            "q": f"number {chance.randint(1, 999)}",
            "least": f"{chance.random():.3f}",
        }
        return {name: kinds[name] for name in chance.sample(list(kinds), chance.randint(1, 3))}

    def path(self, sort: str) -> str:
        """The address of a request of a sort."""
        query = self.filter()
        if sort == "list":
            query |= {"order": self._chance.choice(("day", "-day", "killed", "witnesses")), "limit": "50"}
            return f"/api/incidents?{urlencode(query)}"
        if sort in ("histogram", "facets"):
            return f"/api/{sort}?{urlencode(query)}"
        z = self._chance.randint(0, 10)
        lon, lat = self._chance.uniform(-5, 60), self._chance.uniform(0, 50)
        x, y = int((lon + 180) / 360 * 2**z), int((0.5 - lat / 170) * 2**z)
        return f"/api/tiles/{z}/{x}/{max(0, y)}.mvt?{urlencode(query)}"

    def _one(self, field: str) -> str:
        return self._chance.choice(self._facets[field])["value"]


SORTS = ("list", "histogram", "facets", "tiles")


def _facets(server: Server) -> dict[str, list[dict[str, str]]]:
    connection = server.connection()
    connection.request("GET", "/api/facets")
    found: dict[str, list[dict[str, str]]] = json.loads(connection.getresponse().read())
    connection.close()
    return found


def _timed(server: Server) -> dict[str, list[float]]:
    """Seconds of requests one by one, by sort."""
    asking = Asking(_facets(server), SEED)
    times: dict[str, list[float]] = {}
    connection = server.connection()
    with progress("asking", REQUESTS * len(SORTS)) as bar:
        for sort in SORTS:
            for number in range(REQUESTS + 1):
                path = asking.path(sort)
                began = time.perf_counter()
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    raise ThucydidesError(f"{path} was answered {answer.status}", remedy="Ask the server for it and see what it says.")
                if number:  # the first of a sort also makes what all share
                    times.setdefault(sort, []).append(time.perf_counter() - began)
                bar.advance(bar.task_ids[0])
    connection.close()
    return times


def _soaked(server: Server, seconds: float) -> tuple[dict[str, float], list[float]]:
    """What comes of many clients that ask at once, without a pause, for so long. Memory is compared with that after a tenth of the time."""
    facets = _facets(server)
    ends = time.monotonic() + seconds
    statuses: Counter[int] = Counter()
    times: dict[int, list[float]] = defaultdict(list)

    def ask(number: int) -> None:
        asking = Asking(facets, SEED + 1 + number)
        chance = random.Random(number)
        connection = server.connection()
        while time.monotonic() < ends:
            began = time.perf_counter()
            try:
                connection.request("GET", asking.path(chance.choice(SORTS)), headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                statuses[answer.status] += 1
            except (OSError, http.client.HTTPException):
                statuses[0] += 1
                connection.close()
            times[number].append(time.perf_counter() - began)
        connection.close()

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    memory = []
    for _ in range(9):
        time.sleep(seconds / 10)
        memory.append(server.memory_mb())
    for client in clients:
        client.join()
    memory.append(server.memory_mb())
    before, after = memory[0], memory[-1]
    everything = [one for many in times.values() for one in many]
    faults = sum(n for status, n in statuses.items() if status == 0 or status >= 500)
    return {
        "soak_requests": float(len(everything)),
        "soak_faults": float(faults),
        "soak_p95_ms": _share(everything, 0.95) * 1000,
        "soak_memory_mb": after,
        "soak_memory_growth": after / before - 1 if before else 0.0,
    }, memory


def _share(values: list[float], share: float) -> float:
    """The value that so large a share of all is below."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
