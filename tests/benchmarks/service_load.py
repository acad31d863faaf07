"""The service under load, and beside `pandoc server` and unoserver: `service_load.py [SECONDS] [REQUESTS]`.

- load: 32 clients for SECONDS (60) ask for the five seeds as DOCX, PDF and EPUB, of a service with `--queue-time 1`. There
  may be no error but 429, and the slowest of a hundred accepted requests takes less than three seconds.
- memory: REQUESTS (10000) small ones, one after another; what all processes of the service hold (PSS) stays level.
- peers: in turns of a few seconds, four clients each: DOCX and EPUB beside `pandoc server`, which has Markdown with the
  same headings and paragraphs as it reads no plain text; PDF beside unoserver, which has our Word files. It works on
  one document at a time. What is compared is documents a second, and processor time a document.

The peers are installed from PyPI into a folder of their own (PEERS in the environment, or a temporary one). LibreOffice
and its Python module (Debian: python3-uno) must be there for unoserver.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import xmlrpc.client
from collections import Counter
from pathlib import Path

from process import SEEDS

from converter.pipeline import convert, read, write

CLIENTS, SLOWEST, WAIT, TURNS, TURN = 32, 3.0, 1.0, 3, 8.0
BUSY = 0.2
"""Of the processors, taken by others: above it the time that passes says nothing, and only processor time does."""
BOUNDS = {"docx": 1.0, "epub": 1.0, "pdf": 10.0}
TICK = os.sysconf("SC_CLK_TCK")
SMALL = "关于工作的报告\n\n一、总体要求\n坚持学习制度，做好工作。\n".encode()


def free_port() -> int:
    """A port that nobody has now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def family(number: int) -> list[int]:
    """A process and all that it has started, directly or not."""
    found = [number]
    for one in found:
        for file in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in file.read_text().split()]
    return found


def processor(number: int) -> float:
    """Seconds of a processor that a process and its family have used; those that have ended are with their parents."""
    used = 0
    for one in family(number):
        with contextlib.suppress(OSError):
            used += sum(int(n) for n in Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:15])
    return used / TICK


def everybody() -> float:
    """Seconds of all processors that anything on this machine has used."""
    user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:8])
    return (user + nice + system + sum(rest)) / TICK


def memory(number: int) -> float:
    """MB that a process and its family hold, what they share counted once."""
    held = 0
    for one in family(number):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            held += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return held / 1024


@contextlib.contextmanager
def started(command: list[object], port: int, **environment: str):
    """A server, once it listens."""
    process = subprocess.Popen(
        list(map(str, command)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):  # unoserver waits for a LibreOffice that it has not stopped
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, number)
                process.wait(30)


def form(name: str, data: bytes, to: str) -> bytes:
    """The body of a request to /v1/convert, with x as its boundary."""
    return (
        f'--x\r\nContent-Disposition: form-data; name="to"\r\n\r\n{to}\r\n'
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    ).encode() + (data + b"\r\n--x--\r\n")


def post(connection: http.client.HTTPConnection, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """Status and body of the answer."""
    connection.request("POST", path, body, {"Content-Type": kind, "Accept": "*/*"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def ours(port: int, sources: list[tuple[str, bytes]], to: str):
    """A client of the service: each call is a document."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    bodies = [form(name, data, to) for name, data in sources]

    def work(number: int) -> bool:
        body = bodies[number % len(bodies)]
        return post(connection, "/v1/convert", body, "multipart/form-data; boundary=x")[0] == 200

    return work


def pandoc(port: int, sources: list[str], to: str):
    """A client of `pandoc server`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    bodies = [json.dumps({"text": text, "from": "markdown", "to": to, "standalone": True}).encode() for text in sources]

    def work(number: int) -> bool:
        status, data = post(connection, "/", bodies[number % len(bodies)], "application/json")
        return status == 200 and data[:2] == b"PK"

    return work


def unoserver(port: int, sources: list[bytes]):
    """A client of unoserver: Word files in, PDFs out."""

    def work(number: int) -> bool:
        with xmlrpc.client.ServerProxy(f"http://127.0.0.1:{port}", allow_none=True) as proxy:
            data = xmlrpc.client.Binary(sources[number % len(sources)])
            made = proxy.convert(None, data, None, "pdf", None, [], True, None)
            return made.data[:4] == b"%PDF"

    return work


def turn(make, clients: int, process: subprocess.Popen, seconds: float = TURN) -> tuple[float, float]:
    """Documents a second, and seconds of a processor a document."""
    until, used, done = time.monotonic() + seconds, processor(process.pid), []

    def run(work, number: int) -> None:
        while time.monotonic() < until:
            assert work(number)
            done.append(time.monotonic())
            number += 1

    threads = [threading.Thread(target=run, args=(make(), n)) for n in range(clients)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / (max(done) - begun), (processor(process.pid) - used) / len(done)


def load(port: int, process: subprocess.Popen, seconds: float) -> None:
    """Prints how 32 clients fare."""
    kinds = [form(path.name, path.read_bytes(), to) for path in SEEDS for to in ("docx", "pdf", "epub")]
    until, taken, came = time.monotonic() + seconds, [], Counter()
    used, all_used, own = processor(process.pid), everybody(), time.process_time()

    def run(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < until:
            begun = time.monotonic()
            status, _ = post(connection, "/v1/convert", kinds[number % len(kinds)], "multipart/form-data; boundary=x")
            came[status] += 1
            if status == 200:
                taken.append(time.monotonic() - begun)
            else:
                time.sleep(1)
            number += 1

    threads = [threading.Thread(target=run, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    median, *_, p99 = (statistics.quantiles(taken, n=100)[i] for i in (49, 98))
    print(f"load      {CLIENTS} clients, {seconds:g} s: {dict(came)}, {len(taken) / seconds:.1f} documents a second,")
    cost = (processor(process.pid) - used) / len(taken)
    others = everybody() - all_used - cost * len(taken) - (time.process_time() - own)
    share = others / (os.cpu_count() or 1) / seconds
    print(
        f"          median {median:.2f} s, p99 {p99:.2f} s (bound {SLOWEST}), processor {cost * 1000:.0f} ms a document;"
    )
    print(f"          other programs took {share:.0%} of the processors", flush=True)
    assert set(came) <= {200, 429}
    assert p99 < SLOWEST or share > BUSY


def level(port: int, process: subprocess.Popen, requests: int) -> None:
    """Prints what the service holds while it does many small requests."""
    held = []
    done = threading.Semaphore(0)

    def run(to: str) -> None:
        work = ours(port, [("小.txt", SMALL)], to)
        for number in range(requests // 4):
            assert work(number)
            done.release()

    threads = [threading.Thread(target=run, args=(to,)) for to in ("docx", "epub", "txt", "pdf")]
    for thread in threads:
        thread.start()
    for number in range(requests // 4 * 4):
        done.acquire()
        if number % (requests // 20) == requests // 20 - 1:
            held.append(memory(process.pid))
    for thread in threads:
        thread.join()
    first, last = statistics.mean(held[5:10]), statistics.mean(held[-5:])
    said = " ".join(f"{mb:.0f}" for mb in held)
    print(f"memory    {requests} requests: {said} MB; {last / first:.2f} of the 2nd quarter", flush=True)
    assert last < 1.1 * first


def peers(port: int, service: subprocess.Popen) -> None:
    """Prints documents a second and processor time beside the peers', in turns."""
    texts = [(path.name, path.read_bytes()) for path in SEEDS]
    marked = [write(read(path).value, "md").value.decode() for path in SEEDS]
    words = [convert(path, "docx").value for path in SEEDS]
    folder = Path(os.environ.get("PEERS") or tempfile.mkdtemp(prefix="peers-"))
    if not (folder / "bin/unoserver").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        # The pandoc of later wheels (3.9) has no threads, without which its server does not answer.
        subprocess.run([folder / "bin/pip", "install", "-q", "pypandoc_binary==1.16.2", "unoserver"], check=True)
    program = next(folder.rglob("pypandoc/files/pandoc"))
    theirs = free_port()
    with started([program, "server", "--port", theirs, "--timeout", 60], theirs) as process:
        for to in ("docx", "epub"):
            beside(
                to,
                "pandoc server",
                lambda to=to: turn(lambda: ours(port, texts, to), 4, service),
                lambda to=to: turn(lambda: pandoc(theirs, marked, to), 4, process),
            )
    python = shutil.which("python3", path="/usr/bin")
    if not python or subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        print("pdf       LibreOffice's Python module is not there (python3-uno): not compared with unoserver")
        return
    theirs, module = free_port(), str(next(folder.rglob("unoserver/server.py")).parents[1])
    command = [python, "-m", "unoserver.server", "--port", theirs, "--uno-port", free_port()]
    with started(command, theirs, PYTHONPATH=module) as process:
        beside(
            "pdf",
            "unoserver",
            lambda: turn(lambda: ours(port, texts, "pdf"), 4, service),
            lambda: turn(lambda: unoserver(theirs, words), 1, process),
        )


def beside(to: str, name: str, us, them) -> None:
    """Prints both, in turns."""
    us(), them()  # nothing is loaded for the first time below
    pairs = [(us(), them()) for _ in range(TURNS)]
    rate, rates = (statistics.median(pair[n][0] for pair in pairs) for n in (0, 1))
    cost, costs = (statistics.median(pair[n][1] for pair in pairs) for n in (0, 1))
    print(
        f"{to:9} {rate:6.1f} documents a second / {name} {rates:6.1f} = {rate / rates:.2f} (bound {BOUNDS[to]}); "
        f"processor {cost * 1000:.0f} ms / {costs * 1000:.0f} ms a document",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    requests = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "converter",
        "serve",
        "--port",
        port,
        "--rate",
        0,
        "--workers",
        2,
        "--queue-time",
        WAIT,
    ]
    with started(command, port) as service:
        if seconds:
            load(port, service, seconds)
        if requests:
            level(port, service, requests)
        peers(port, service)


if __name__ == "__main__":
    main()
