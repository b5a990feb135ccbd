"""The whole life of service requests over HTTP: filed by a resident, taken and resolved by an officer, found by a search.

`lifecycles.py PORT [CLIENTS] [SECONDS]` prints lifecycles per second of a served demo town, and milliseconds at the 50th and the 99th
percentile of each step. Each client does one lifecycle after another on a connection of its own; the officer is the demo's.
"""

import asyncio
import http.client
import json
import statistics
import sys
import time
from urllib.parse import urlencode

STEPS = ("file", "take", "resolve", "search")


class Client:
    """One kept connection, one request at a time."""

    def __init__(self, port, cookie):
        self.port, self.cookie = port, cookie

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        return self

    async def ask(self, method, path, form=None, as_officer=False):
        body = urlencode(form or {}).encode()
        lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", "accept: application/json"]
        if as_officer:
            lines += [f"cookie: {self.cookie}", "sec-fetch-site: same-origin"]
        if form is not None:
            lines += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}"]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + (body if form is not None else b""))
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        if "transfer-encoding: chunked" in head:
            content = b""
            while size := int((await self.reader.readline()).split(b";")[0], 16):
                content += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        else:
            length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:"))
            content = await self.reader.readexactly(length)
        return status, content


async def live(client, number, until, took, failed):
    """Lifecycles until the time is over; a step that is refused ends its lifecycle and is counted."""
    while time.perf_counter() < until:
        word = f"post{number}x{len(took['file'])}"
        report = {"category": "dead-animal", "attribute[animal]": "dog", "lat": "34.0522", "long": "-118.2437", "description": f"A dead dog lies beside the road at {word}"}
        steps = [
            ("file", lambda: client.ask("POST", "/requests", report)),
            ("take", lambda: client.ask("POST", f"/desk/{code}/take", {}, True)),
            ("resolve", lambda: client.ask("POST", f"/desk/{code}/resolve", {"text": "It was taken away."}, True)),
            ("search", lambda: client.ask("GET", f"/requests?q={code}")),
        ]
        code = None
        for name, step in steps:
            begun = time.perf_counter()
            status, content = await step()
            if status >= 300:
                failed.append((name, status, content[:200]))
                break
            took[name].append(time.perf_counter() - begun)
            if name == "file":
                code = json.loads(content)["code"]


def officer(port):
    """The cookie of the demo's officer, who answers for everything."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/demo/be/officer", headers={"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    return next(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie" and "session" in value)


async def run(port, clients, seconds):
    took, failed, cookie = {name: [] for name in STEPS}, [], officer(port)
    opened = [await Client(port, cookie).open() for _ in range(clients)]
    begun = time.perf_counter()
    await asyncio.gather(*(live(client, number, begun + seconds, took, failed) for number, client in enumerate(opened)))
    return took, failed, time.perf_counter() - begun


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000 if values else float("nan")


def main():
    port, clients, seconds = int(sys.argv[1]), int((sys.argv[2:] or [64])[0]), float((sys.argv[3:] or [10])[0])
    took, failed, lasted = asyncio.run(run(port, clients, seconds))
    if failed:
        print(f"{len(failed)} steps refused, first: {failed[0]}", file=sys.stderr)
    print(json.dumps({
        "per_second": len(took["search"]) / lasted,
        "failed": len(failed),
        "steps": {name: {"p50": statistics.median(values) * 1000 if values else None, "p99": percentile(values, 0.99)} for name, values in took.items()},
    }))


if __name__ == "__main__":
    main()
