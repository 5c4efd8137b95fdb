"""The desk's API held to its description by Schemathesis: test.py PROGRAM.

A desk on a casebook of the samples with accounts is asked what the description allows and much that it does not, with a
token of each kind. Every answer must be one that the description names, of the kind and shape that it names.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PASSWORD = "river table seven owl"
CONFIG = str(Path(__file__).with_name("schemathesis.toml"))
# Whoever may not is told so, whatever else is asked: that is no refusal of good data.
MAY_NOT = "positive_data_acceptance"
# Pages are fetched from where an address leads: nothing is asked that could be one.
FETCHES = "/api/v1/addresses"


class Desk:
    """`crossbearing serve` on a casebook of its own."""

    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="crossbearing-api-"))
        self.book = str(self.folder / "book")
        self.server = None
        self.call("init", self.book)
        self.call("add", str(ROOT / "samples"), "--casebook", self.book)
        self.call("run", "--casebook", self.book)
        for name, role in (("ana", "admin"), ("rob", "reviewer"), ("lea", "reader")):
            self.call("people", "add", name, "--role", role, "--casebook", self.book, given=PASSWORD + "\n")
        self.server = subprocess.Popen([program, "serve", "--port", "0", "--casebook", self.book],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=self.folder)
        line = self.server.stdout.readline()
        self.address = "http://127.0.0.1:" + re.search(r":(\d+)/", line).group(1)

    def call(self, *words, given=None):
        """Runs the program; gives what it printed."""
        done = subprocess.run([self.program, *words], input=given, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stderr}")
        return done.stdout

    def token(self, person, scopes):
        return self.call("tokens", "add", "a test", "--person", person, "--scope", scopes,
                         "--casebook", self.book).strip()

    def get(self, path, token):
        request = urllib.request.Request(self.address + path, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def close(self):
        if self.server:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def description(desk, token):
    """The description, with ids of the casebook as examples, so that more is met than what is not there."""
    whole = desk.get("/api/v1/openapi.json", token)
    case = desk.get("/api/v1/incidents?limit=1", token)["incidents"][0]["case_id"]
    incident = desk.get(f"/api/v1/incidents/{case}", token)
    claim = incident["dossier"]["claims"][0]["id"]
    known = {"incidents": case, "reports": incident["incident"]["reports"][0]["id"], "claims": claim}
    for path, methods in whole["paths"].items():
        for one in methods.values():
            for it in one["parameters"]:
                example = known.get(path.split("/")[3] if path.count("/") > 2 else "")
                if it["in"] == "path" and example:
                    it["example"] = example
    kinds = whole["paths"]["/api/v1/judgements"]["post"]
    content = kinds["requestBody"]["content"]["application/json"]
    content["example"] = {"kind": "accept", "claim": claim, "reason": "it stands there so"}
    next(it for it in kinds["parameters"] if it["name"] == "If-Match")["example"] = "*"
    path = desk.folder / "openapi.json"
    path.write_text(json.dumps(whole))
    return str(path)


def asked(desk, schema, token, *words):
    # The same is asked each time: what fails here fails for whoever looks for it.
    command = [str(Path(sys.executable).parent / "schemathesis"), "--config-file", CONFIG, "run", schema,
               "--url", desk.address, "--checks", "all", "--header", f"Authorization: Bearer {token}",
               "--generation-deterministic", "--no-color", "--max-redirects", "0", "--request-timeout", "30",
               "--warnings", "off", "--continue-on-failure", *words]
    return subprocess.run(command, cwd=desk.folder).returncode


def main():
    desk = Desk(str(Path(sys.argv[1]).resolve()))
    begun = time.monotonic()
    try:
        whole = desk.token("ana", "read,add,review")
        schema = description(desk, whole)
        runs = [
            ("an admin with every scope", whole, ["--max-examples", "60", "--exclude-path", FETCHES]),
            ("what is refused before anything is fetched", whole,
             ["--max-examples", "20", "--include-path", FETCHES, "--mode", "negative"]),
        ]
        for person, scope in (("lea", "read"), ("rob", "add"), ("rob", "review")):
            runs.append((f"{person} with {scope} alone", desk.token(person, scope),
                         ["--max-examples", "10", "--exclude-path", FETCHES, "--exclude-checks", MAY_NOT,
                          "--phases", "examples,fuzzing"]))
        failed = []
        for name, token, words in runs:
            print(f"== {name}", flush=True)
            if asked(desk, schema, token, *words):
                failed.append(name)
        if desk.server.poll() is not None:
            failed.append("the desk ended")
        print(f"asked for {time.monotonic() - begun:.0f} s; failed: {', '.join(failed) or 'none'}")
        return 1 if failed else 0
    finally:
        desk.close()


if __name__ == "__main__":
    sys.exit(main())
