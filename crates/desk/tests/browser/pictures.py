"""Draws the pictures of the README from the samples: pictures.py PROGRAM."""

import re
import shutil
import subprocess
import sys

from desk import ROOT, Browser, Desk, incident

DOCS = ROOT / "docs"


def draw(page, name, **how):
    """A picture in 256 colours, a quarter of the size, where the tool for it is there."""
    path = DOCS / f"{name}.png"
    page.screenshot(path=path, **how)
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--output", str(path), str(path)], check=True)
    print(f"wrote docs/{name}.png")


def main(program):
    desk, browser = Desk(program), Browser()
    try:
        page = browser.context(viewport={"width": 1400, "height": 1180}, color_scheme="light").new_page()
        incident(page, desk, "Siege of teachers")
        # The claim matrix, with the words of one claim open.
        cell = page.locator("table.matrix td:not(.silent)", has=page.locator(".value", has_text=re.compile(r"\d"))).first
        cell.locator("summary").first.click()
        page.locator("section.claims").evaluate("it => scrollTo(0, it.offsetTop - 12)")
        page.set_viewport_size({"width": 1400, "height": 900})
        draw(page, "desk-matrix")
        page.goto(desk.address + page.locator("ol.reports a").first.get_attribute("href"))
        draw(page, "desk-report")
    finally:
        browser.close()
        desk.close()


if __name__ == "__main__":
    main(sys.argv[1])
