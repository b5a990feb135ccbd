"""Nothing that is sent brings the town down: schemathesis over the API description, and raw nonsense."""

import os
import random
import socket
import subprocess
import sys

from town import Checks, Town

check = Checks("fuzz")
NONSENSE = int(os.environ.get("POLITY_NONSENSE", "10000"))
town = Town(demo=True, env={"POLITY_LIMITS_ACTS_PER_MINUTE": "1000000", "POLITY_LIMITS_MAILS_PER_HOUR": "1000000"})
town.start()


def described():
    # oEmbed (2.3.4) answers a format it does not speak with 501, which schemathesis takes for a fault; `nonsense` asks it.
    tool = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    checks = "not_a_server_error,content_type_conformance,response_schema_conformance"
    command = [tool, "run", f"{town.url}/api/openapi.json", "--url", town.url, "--checks", checks, "--max-examples", "15", "--exclude-path", "/record/feed", "--exclude-path", "/oembed", "--seed", "7", "--no-color", "--request-timeout", "20", "--phases", "examples,coverage,fuzzing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    check.holds("schemathesis finds nothing", done.returncode == 0, "\n" + done.stdout[-3500:] + done.stderr[-800:])


def raw(data):
    """Sends bytes as they are; the status of the answer, 0 for none."""
    try:
        with socket.create_connection(("127.0.0.1", town.port), timeout=5) as wire:
            wire.sendall(data)
            wire.settimeout(5)
            answer = wire.recv(64)
            return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/1.1 ") else 0
    except (OSError, IndexError, ValueError):
        return 0


def nonsense():
    chance = random.Random(7)
    paths = ["/requests", "/requests.json", "/report", "/open311/v2/requests.json", "/open311/v2/servicerequestupdates.xml", "/search?q=", "/record/tile/", "/requests?after=", "/files/", "/districts/pin-map.svg?lat=", "/follow", "/comments", "/sign-in", "/language/", "/record/", "/requests.geojson?limit=", "/oembed?url="]
    kinds = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", ""]
    pieces = [b"\x00", b"\xff\xfe", b"%00", b"%ff", b"{", b"[", b'"', b"a[b][", b"--x\r\n", b"\r\n\r\n", b"=&=", b"9" * 40, b"-1", b"1e309", b"NaN", "ظλ🎈".encode(), b"<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", b"' or 1=1 --", b"../../", b"Content-Disposition: form-data; name=", b"category", b"lat", b"api_key"]
    statuses = {}
    for _ in range(NONSENSE):
        body = b"".join(chance.choice(pieces) for _ in range(chance.randrange(1, 14)))
        tail = "".join(chance.choice(["%00", "%F0", "'", "x", "9999999999999999999", "-1", "NaN", "%2e%2e%2f", ".json", ".xml", "&"]) for _ in range(chance.randrange(0, 5)))
        method = chance.choice(["GET", "POST", "POST", "PUT", "DELETE", "PATCH"])
        head = f"{method} {chance.choice(paths)}{tail} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: {chance.choice(kinds)}\r\ncontent-length: {len(body)}\r\n\r\n"
        status = raw(head.encode() + body)
        statuses[status] = statuses.get(status, 0) + 1
    bad = {status: count for status, count in statuses.items() if status >= 500}
    check.holds(f"{NONSENSE} malformed requests, no answer of 5xx", not bad, str(statuses))
    check.equal("the town is well", town.ask("/health")[0], 200)
    check.holds("and had no fault", "fault" not in town.printed() and "panic" not in town.printed(), town.printed()[-1500:])


try:
    nonsense()
    described()
finally:
    town.throw_away()
check.finish()
