"""Mixed load on the desk, with writes, while its servers are killed: no decision may be lost, doubled or half made.

bench_kill.py PROGRAM FOLDER MINUTES KILLS [DATABASE]: the program, a folder to work in, how long, how often a server is
killed with SIGKILL; with the address of a PostgreSQL database, or `postgres` for the one in CROSSBEARING_POSTGRES, two
servers serve one casebook in it, else one serves a casebook in a folder. Prints what was asked and decided; ends with status 1 where anything is wrong."""

import collections
import http.client
import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS, WRITERS = 8, 4


class Server:
    """A desk that comes back at the same port after it is killed."""

    def __init__(self, program, book, folder):
        self.program, self.book, self.folder, self.port = program, book, folder, 0
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", str(self.port), "--casebook", self.book, "--who", "Ana"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=self.folder)
        line = self.process.stdout.readline()
        found = re.search(r":(\d+)/", line)
        if not found:
            raise RuntimeError(f"a server did not come back: {line!r}")
        self.port = int(found.group(1))

    def kill(self):
        self.process.kill()
        self.process.wait()


class Client:
    """One connection; what breaks is opened anew."""

    def __init__(self, servers, tally):
        self.servers, self.tally, self.connection = servers, tally, None

    def ask(self, method, path, body=None):
        """Status, headers and body; None where the server is gone."""
        try:
            if self.connection is None:
                server = random.choice(self.servers)
                self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            head = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            self.connection.request(method, path, body=body, headers=head)
            answer = self.connection.getresponse()
            out = answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, http.client.HTTPException):
            self.tally["broken"] += 1
            self.connection = None
            time.sleep(0.05)
            return None
        self.tally[f"{method} {out[0]}"] += 1
        return out

    def surely(self, path):
        """The JSON of a page, whenever a server is there."""
        while True:
            answer = self.ask("GET", path)
            if answer and answer[0] == 200:
                return json.loads(answer[2])


def reader(client, paths, end):
    while time.time() < end:
        client.ask("GET", random.choice(paths))


def writer(client, number, claims, end, taken, unsure):
    """Decides on claims as somebody does who looks whether it came through before they decide again."""
    n = 0
    while time.time() < end:
        claim, reason = random.choice(claims), f"load {number}-{n}"
        n += 1
        while True:
            page = client.ask("GET", f"/claims/{claim}")
            if not page or page[0] != 200:
                continue
            text = page[2].decode()
            if f"<bdi>{reason}</bdi>" in text:
                break
            field = lambda name: re.search(f'name="{name}" value="([^"]*)"', text).group(1)
            form = {"token": field("token"), "seen": field("seen"), "claim": claim, "reason": reason, "to": "/review"}
            form |= random.choice([{"kind": "accept"}, {"kind": "reject"},
                                   {"kind": "correct", "field": "value", "value": str(random.randint(1, 99))}])
            answer = client.ask("POST", "/decide", urllib.parse.urlencode(form))
            if answer and answer[0] == 303:
                taken[reason] = re.search("taken=(j:[0-9a-f]+)", answer[1]["location"]).group(1)
                break
            if answer and answer[0] not in (403, 409, 503):
                # What the claim cannot say is not decided; anything else is looked at again.
                break
            if not answer:
                unsure.add(reason)


def main(program, folder, minutes, kills, database=None):
    program, folder = os.path.abspath(program), Path(folder).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    database = os.environ["CROSSBEARING_POSTGRES"] if database == "postgres" else database
    book = database or str(folder / "book")

    def call(*words):
        done = subprocess.run([program, *words, "--casebook", book], capture_output=True, text=True, cwd=folder)
        if done.returncode:
            sys.exit(f"error: {words[0]}: {done.stderr.strip()}")
        return done.stdout

    subprocess.run([program, "init", book], capture_output=True, check=True)
    call("add", str(ROOT / "samples"), str(ROOT / "data" / "events"))
    call("run")
    servers = [Server(program, book, folder) for _ in range(2 if database else 1)]
    tally, taken, unsure = collections.Counter(), {}, set()
    first = Client(servers, tally)
    cases = [it["case_id"] for it in first.surely("/incidents.json")["incidents"]]
    dossiers = [first.surely(f"/incidents/{case}.json")["dossier"] for case in cases[:30]]
    claims = sorted({it["id"] for one in dossiers for it in one["claims"] if it["value"].get("low") is not None
                     or "count" in json.dumps(it["value"])[:12]})
    claims = claims or sorted({it["id"] for one in dossiers for it in one["claims"]})
    paths = [f"/incidents/{case}" for case in cases] + [f"/incidents/{case}.json" for case in cases]
    paths += [it["href"] for it in [{"href": f"/reports/{r['report']['id']}"} for d in dossiers for r in d["reports"]]]
    paths += ["/incidents", "/review", "/search?q=killed", "/sources", "/audit", "/decisions"]
    seconds = float(minutes) * 60
    end = time.time() + seconds
    threads = [threading.Thread(target=reader, args=(Client(servers, tally), paths, end)) for _ in range(READERS)]
    threads += [threading.Thread(target=writer, args=(Client(servers, tally), n, claims, end, taken, unsure))
                for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for n in range(int(kills)):
        time.sleep(max(0, end - seconds + seconds * (n + 0.5) / int(kills) - time.time()))
        server = random.choice(servers)
        server.kill()
        server.start()
    for thread in threads:
        thread.join()
    # What waits is worked in, by whichever server is told.
    page = None
    while not page or page[0] != 200:
        page = first.ask("GET", "/review?decided=1")
    token = re.search('name="token" value="([^"]*)"', page[2].decode())
    if token:
        first.ask("POST", "/settle", urllib.parse.urlencode({"token": token.group(1)}))
    begun = time.time()
    while (queue := first.surely("/review.json"))["waiting"] or queue["under_way"]:
        if time.time() - begun > 300:
            break
        time.sleep(0.5)
    for server in servers:
        server.kill()
    faults = []
    if queue["waiting"] or queue["failed"]:
        faults.append(f"{queue['waiting']} decisions wait still: {queue['failed']}")
    kept = json.loads(call("review", "log", "--json"))
    reasons = collections.Counter(it["reason"] for it in kept if it["reason"].startswith("load "))
    ids = {it["id"] for it in kept}
    faults += [f"lost: {reason}" for reason, id in taken.items() if id not in ids]
    faults += [f"decided {n} times: {reason}" for reason, n in reasons.items() if n > 1]
    faults += [f"{name}: {n} times" for name, n in tally.items() if name.split()[-1] in ("500", "501", "502")]
    audit = subprocess.run([program, "audit", "verify", "--casebook", book], capture_output=True, text=True, cwd=folder)
    if audit.returncode:
        faults.append("audit: " + (audit.stdout + audit.stderr).strip())
    where = "PostgreSQL, two servers" if database else "SQLite, one server"
    print(f"{where}: {float(minutes):g} minutes, {kills} kills; {sum(tally.values()):,} requests, {len(taken):,} decisions "
          f"told as taken down, {len(unsure):,} broken off under way, {sum(reasons.values()):,} kept; "
          + ", ".join(f"{name} {n:,}" for name, n in sorted(tally.items())))
    print("\n".join(faults[:20]) or "none lost, none doubled, audit intact, all worked into the dossiers")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
