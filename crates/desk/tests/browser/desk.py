"""A desk that runs on a casebook of the project's samples, and a browser that looks at it."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[4]
EVENTS = ("bamako-truck", "maarin-academy-drones")
PASSWORD = "river table seven owl"


class Desk:
    """`crossbearing serve` on a casebook of its own."""

    def __init__(self, program, people=()):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="crossbearing-desk-"))
        self.book = str(self.folder / "book")
        self.server = None
        self.call("init", self.book)
        # The samples lie in countries that do not exist; some invented events in ones that do are on the map.
        events = [str(ROOT / "data" / "events" / name) for name in EVENTS]
        self.call("add", str(ROOT / "samples"), *events, "--casebook", self.book)
        self.call("run", "--casebook", self.book)
        for name, role in people:
            self.call("people", "add", name, "--role", role, "--casebook", self.book, given=PASSWORD + "\n")
        self.start(bool(people))

    def call(self, *words, given=None):
        """Runs the program; gives what it printed."""
        done = subprocess.run([self.program, *words], input=given, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stderr}")
        return done.stdout

    def start(self, accounts):
        words = ["serve", "--port", "0", "--casebook", self.book, "--who", "Ana"]
        # Beside this machine's own address, where nobody logs in, there are those where all do.
        words += ["--bind", "0.0.0.0"] if accounts else []
        self.server = subprocess.Popen([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, cwd=self.folder)
        line = self.server.stdout.readline()
        port = re.search(r":(\d+)/", line)
        if not port:
            raise RuntimeError(f"no address in {line!r}")
        self.address = f"http://127.0.0.1:{port.group(1)}"

    def close(self):
        if self.server:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Browser:
    """Chromium without a window."""

    def __init__(self):
        self.playwright = sync_playwright().start()
        # Whoever runs the tests as root has no sandbox of Chromium's; it sees pages of ours alone.
        self.own = self.playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                  "--disable-component-update", "--force-color-profile=srgb", "--font-render-hinting=none"])

    def context(self, **how):
        context = self.own.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB",
                                          "timezone_id": "UTC", "reduced_motion": "reduce"} | how)
        context.set_default_timeout(15_000)
        return context

    def close(self):
        self.own.close()
        self.playwright.stop()


def incident(page, desk, words):
    """Opens the incident whose title has these words."""
    page.goto(desk.address + "/incidents")
    page.get_by_role("link", name=re.compile(words)).first.click()
    page.wait_for_url("**/incidents/k:*")


def pages(desk, page):
    """Name and path of every page, found by going there."""
    incident(page, desk, "Siege of teachers")
    one = page.url.removeprefix(desk.address)
    report = page.locator("ol.reports a").first.get_attribute("href")
    found = {
        "incidents": "/incidents",
        "incidents-none": "/incidents?q=nothing-of-the-kind",
        "incident": one,
        "report": report,
        "search": "/search?q=hostages",
        "claims": "/search?q=killed&within=claims",
        "audit": "/audit",
        "methodology": "/methodology",
        "api": "/api",
        "tokens": "/settings/tokens",
        "refused": "/incidents/k:0000000000",
        "publishing": "/settings/publishing",
        "preview": "/settings/publishing/preview?case=" + one.rsplit("/", 1)[1],
        "warning": "/warning",
    }
    # Whatever else the menu leads to.
    for link in page.locator("nav[aria-label=Desk] a").all():
        path = link.get_attribute("href")
        found.setdefault(path.strip("/").replace("/", "-"), path)
    return found
