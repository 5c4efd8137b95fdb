"""Times the desk on a large casebook, and Datasette serving rows of the same file. See bench_casebook.sh.

bench_desk.py PROGRAM ASK FOLDER: the program, the example `ask`, the folder of the casebook."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request

CONNECTIONS, SECONDS = "32", "6"
# Milliseconds at the 95th percentile, incident pages a second, megabytes.
LIMIT, FLOOR, MEMORY = 100, 500, 500


def memory(process):
    """Largest resident memory of a process so far, in MB."""
    status = open(f"/proc/{process.pid}/status").read()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def main(program, ask, folder):
    server = subprocess.Popen([program, "serve", "--port", "0", "--casebook", folder], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    at = re.search(r"//(.+)/", server.stdout.readline()).group(1)

    def get(path):
        with urllib.request.urlopen(f"http://{at}{path}") as answer:
            return json.load(answer)

    def timed(name, paths, where=at):
        listed = os.path.join(folder, "paths.txt")
        open(listed, "w").write("\n".join(paths))
        done = subprocess.run([ask, where, listed, SECONDS, CONNECTIONS], capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        if not told["requests"]:
            sys.exit(f"error: {name}: nothing at {where} answered\n  hint: start it by hand and see what it says")
        print(f"{name}: {told['a_second']:,.0f} a second, {told['p50']:.1f} ms, 95 of 100 within {told['p95']:.1f} ms, "
              f"{told['bytes'] / 1000:.1f} kB" + (f", {told['other']} FAILED" if told["other"] else ""))
        return told

    try:
        cases, reports = [], []
        for page in range(1, 11):
            cases += [it["case_id"] for it in get(f"/incidents.json?page={page}")["incidents"]]
        for case in cases[:60]:
            reports += [it["href"] for it in get(f"/incidents/{case}.json")["incident"]["reports"]]
        incidents = [f"/incidents/{case}" for case in cases]
        told = {
            "list of incidents": [f"/incidents?page={n}" for n in range(1, 41)],
            "list, narrowed": ["/incidents?disputed=1", "/incidents?sort=killed", "/incidents?q=police",
                               "/incidents?from=2014-01-01&to=2014-12-31"],
            "incident": incidents,
            "incident as JSON": [path + ".json" for path in incidents],
            "report": reports,
            "report as JSON": [path + ".json" for path in reports],
            "search": ["/search?q=police+shooting", "/search?q=%22shot+dead%22", "/search?q=killed&within=claims"],
            "review": ["/review"] + [f"/review?page={n}" for n in range(2, 21)],
            "sources": ["/sources"],
            "audit": ["/audit"],
            "methodology": ["/methodology"],
        }
        found = {name: timed(name, paths) for name, paths in told.items()}
        words = ("police officer street drive victim woman man child home store school park car suspect arrested charged "
                 "injured wounded hospital night morning").split()
        pairs = [f"{a}+{b}" for a in words for b in words]
        # What was asked for within a second is answered from memory; here every question is another one.
        timed("list, narrowed by ever other words", [f"/incidents?q={it}" for it in pairs])
        timed("search for ever other words", [f"/search?q={it}" for it in pairs])
        slow = [name for name, it in found.items() if it["p95"] > LIMIT]
        print(f"over {LIMIT} ms at the 95th percentile: {', '.join(slow) or 'none'}")
        print(f"incident pages: {found['incident']['a_second']:,.0f} a second (floor {FLOOR}); memory "
              f"{memory(server):.0f} MB at most (limit {MEMORY})")
        own = timed("incident rows as JSON, ours", [path + ".json" for path in incidents])
    finally:
        server.kill()
        server.wait()
    peer = subprocess.Popen([sys.executable, "-m", "datasette", "serve", os.path.join(folder, "casebook.sqlite"),
                             "--port", "8498", "--setting", "suggest_facets", "off"], stderr=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen("http://127.0.0.1:8498/-/versions.json").read()
                break
            except OSError:
                time.sleep(0.2)
        rows = timed("incident rows as JSON, Datasette", [f"/casebook/incident_list.json?case_id={case}&_shape=array"
                                                         for case in cases], "127.0.0.1:8498")
    finally:
        peer.kill()
        peer.wait()
    print(f"ours, with the whole dossier, over Datasette's row: {own['a_second'] / rows['a_second']:.1f} times as many a second")


if __name__ == "__main__":
    main(*sys.argv[1:])
