"""Damaged uploads, sent to a service by several clients."""

import threading
from collections import Counter

import httpx
from web.faults.mutants import mutants
from web.faults.watch import reasoned
from web.service import ended, post

_TO = ("docx", "pdf", "epub", "txt", "json", "html,md")
_JOBS = 10
"""Every so many-th upload is a job."""


def send_all(address, count, *, seed=1, clients=4):
    """How many answers had each status, and those that are not allowed, as name, status and words."""
    waiting, lock = enumerate(mutants(count, seed)), threading.Lock()
    came, strange = Counter(), []

    def send():
        with httpx.Client(base_url=address, timeout=90, trust_env=False) as client:
            while True:
                with lock:
                    number, (name, data) = next(waiting, (0, (None, b"")))
                if name is None:
                    return
                answer = answered(client, number, name, data)
                with lock:
                    came[answer.status_code] += 1
                    if not reasoned(answer) or answer.status_code == 503:
                        strange.append((name, answer.status_code, answer.text[:300]))

    threads = [threading.Thread(target=send) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came, strange


def answered(client, number, name, data):
    """What comes of one upload, whether it is asked for at once or as a job."""
    to = _TO[number % len(_TO)]
    if number % _JOBS:
        return post(client, "/v1/convert", (name, data), to=to)
    taken = post(client, "/v1/jobs", (name, data), to=to)
    if taken.status_code != 202:
        return taken
    ended(client, taken.headers["location"])
    answer = client.get(f"{taken.headers['location']}/result")
    client.delete(taken.headers["location"])
    return answer
