"""What people do at the desk, done in a browser: test.py PROGRAM [NAME of a test …]."""

import json
import re
import sys
import time
import unittest
import urllib.error
import urllib.request
import zipfile

from axe_playwright_python.sync_playwright import Axe

from desk import PASSWORD, ROOT, Browser, Desk, incident, pages

SHOTS = ROOT / "target" / "browser"
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
THEMES = ("light", "dark")
PROGRAM = BROWSER = None
# Kilobytes over the wire: what the first paint of an incident needs, all scripts together.
FIRST_PAINT, SCRIPTS = 100, 60


class OnTheDesk(unittest.TestCase):
    """Nobody logs in: the desk is for this machine alone."""

    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def page(self, **how):
        context = BROWSER.context(**how)
        self.addCleanup(context.close)
        page = context.new_page()
        self.complaints = []
        page.on("console", lambda it: self.complaints.append(it.text) if it.type in ("error", "warning") else None)
        page.on("pageerror", lambda it: self.complaints.append(str(it)))
        return page

    def json(self, path):
        with urllib.request.urlopen(self.desk.address + path) as answer:
            return json.load(answer)

    def follow_a_number_to_its_words(self, page):
        """From the list to the disputed toll, to who says which figure, to the words in the report."""
        page.goto(self.desk.address + "/incidents?disputed=1")
        row = page.locator("table.list tbody tr", has=page.locator("td.dis", has_text="killed")).first
        row.get_by_role("link").first.click()
        page.wait_for_url("**/incidents/k:*")
        dispute = page.locator("section.dispute > ul > li", has_text="killed").first
        self.assertGreaterEqual(dispute.locator("li").count(), 2, "both sides stand there")
        dispute.get_by_role("link", name=re.compile("killed")).first.click()
        anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        row = page.locator(f"[id='{anchor}']")
        self.assertTrue(row.is_visible())
        self.assertIn("disputed", row.inner_text())
        cell = row.locator("td:not(.silent)", has=page.locator(".value", has_text=re.compile(r"\d"))).first
        number = re.search(r"\d+", cell.locator(".value").first.inner_text()).group()
        cell.locator("summary").first.click()
        words = cell.locator("blockquote mark").first.inner_text()
        self.assertTrue(words.strip())
        cell.get_by_role("link", name=re.compile("In the report")).first.click()
        page.wait_for_url("**/reports/r:*")
        at = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        mark = page.locator(f"[id='{at}'] ~ mark").first
        self.assertTrue(mark.is_visible())
        self.assertIn(mark.inner_text().split()[0], words)
        listed = page.locator("section.margin li", has_text=number)
        self.assertGreater(listed.count(), 0, "the margin has the figure")

    def test_a_number_leads_to_its_words(self):
        self.follow_a_number_to_its_words(self.page())
        self.assertEqual(self.complaints, [])

    def test_words_are_selected_and_become_a_claim(self):
        page = self.page()
        page.goto(self.desk.address + pages(self.desk, page)["report"])
        # The last paragraph has its words chosen as with a mouse, numbers of claims among them.
        chosen = page.evaluate("""() => {
            const all = [...document.querySelectorAll('.prose p:not(.furniture)')].filter(it => it.textContent.length > 60);
            const range = document.createRange();
            range.selectNodeContents(all.at(-1));
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            const plain = all.at(-1).cloneNode(true);
            plain.querySelectorAll('.back, .sr').forEach(it => it.remove());
            return plain.textContent.trim().replace(/\\s+/g, ' ');
        }""")
        page.get_by_role("button", name="Add a claim from the selected words").click()
        form = page.locator(".add-claim form")
        self.assertEqual(form.locator("[name=words]").input_value(), chosen)
        self.assertTrue(form.locator("[name=slot]").evaluate("it => it === document.activeElement"))
        form.locator("[name=slot]").select_option("statement")
        form.locator("[name=reason]").fill("it was passed over")
        form.get_by_role("button", name="Add the claim").click()
        page.wait_for_url("**taken=j:*")
        added = page.locator("section.margin li", has_text="added by Ana")
        self.assertEqual(added.count(), 1)
        self.assertEqual(self.complaints, [])
        SHOTS.mkdir(parents=True, exist_ok=True)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.locator(".add-claim").evaluate("it => it.open = true")
            page.screenshot(path=SHOTS / f"report-added-{theme}.png", full_page=True)
        added.get_by_role("link", name="added by Ana").click()
        page.locator(".history .undo summary").first.click()
        page.locator(".history .undo [name=reason]").first.fill("only a test")
        page.locator(".history .undo button").first.click()
        page.wait_for_url("**taken=j:*")

    def test_the_same_without_script(self):
        page = self.page(java_script_enabled=False)
        page.goto(self.desk.address + "/incidents?disputed=1")
        page.locator("table.list a").first.click()
        page.wait_for_url("**/incidents/k:*")
        page.locator("table.matrix summary").first.click()
        self.assertTrue(page.locator("table.matrix blockquote").first.is_visible())
        page.locator("table.matrix blockquote ~ p a").first.click()
        page.wait_for_url("**/reports/r:*")
        self.assertGreater(page.locator("mark").count(), 3)

    def test_every_page_is_for_everyone(self):
        page = self.page()
        every = pages(self.desk, page)
        axe = Axe()
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            for name, path in every.items():
                with self.subTest(page=name, theme=theme):
                    page.goto(self.desk.address + path)
                    page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
                    found = axe.run(page, options=WCAG).response["violations"]
                    told = [f"{it['id']}: {node['html'][:160]}" for it in found for node in it["nodes"][:3]]
                    self.assertEqual(told, [])

    def test_every_page_fits_and_is_drawn(self):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page = self.page()
        every = pages(self.desk, page)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                for name, path in every.items():
                    with self.subTest(page=name, theme=theme, width=width):
                        page.goto(self.desk.address + path)
                        wide = page.evaluate("document.scrollingElement.scrollWidth")
                        self.assertLessEqual(wide, width, "it scrolls sideways")
                        page.screenshot(path=SHOTS / f"{name}-{theme}-{width}.png", full_page=True)
        # At 200 % a window of 1440 has the room of one of 720.
        page.set_viewport_size({"width": 720, "height": 450})
        for name, path in every.items():
            with self.subTest(page=name, zoom=200):
                page.goto(self.desk.address + path)
                self.assertLessEqual(page.evaluate("document.scrollingElement.scrollWidth"), 720)

    def test_what_is_new_is_seen_and_a_list_is_saved_without_script(self):
        desk = Desk(PROGRAM)
        self.addCleanup(desk.close)
        page = self.page(java_script_enabled=False)
        page.goto(desk.address + "/incidents?kind=siege")
        self.assertRegex(page.locator("nav[aria-label=Desk]").inner_text(), r"News\s+\d+")
        page.locator("details.keep > summary").click()
        page.get_by_label("Name of the list").fill("Sieges")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("link", name="Sieges").click()
        self.assertTrue(page.url.endswith("/incidents?kind=siege"))
        page.get_by_role("link", name=re.compile("News")).click()
        self.assertGreater(page.locator("ol.news > li").count(), 3)
        page.get_by_role("button", name="I have seen this").click()
        self.assertEqual(page.locator("ol.news > li").count(), 0)
        self.assertNotRegex(page.locator("nav[aria-label=Desk]").inner_text(), r"News\s+\d+")
        page.get_by_role("link", name="Seven days").click()
        self.assertGreater(page.locator("ol.news > li").count(), 3)

    def test_the_warning_is_asked_once_and_a_public_copy_is_made_without_script(self):
        desk = Desk(PROGRAM)
        self.addCleanup(desk.close)
        desk.call("config", "set", "desk.warning", "on", "--casebook", desk.book)
        page = self.page(java_script_enabled=False)
        page.goto(desk.address + "/incidents?disputed=1")
        self.assertIn("may distress", page.locator("main").inner_text())
        page.get_by_role("button", name="Go on", exact=True).click()
        self.assertTrue(page.url.endswith("/incidents?disputed=1"))
        page.goto(desk.address + "/settings/publishing")
        page.get_by_role("button", name="Make a public copy").click()
        page.get_by_text(re.compile("is made. It has")).wait_for(timeout=60_000)
        with page.expect_download() as file:
            page.get_by_role("link", name="all.zip").click()
        with zipfile.ZipFile(file.value.path()) as archive:
            self.assertIsNone(archive.testzip())
            self.assertIn("README.txt", archive.namelist())
            self.assertGreater(len(archive.namelist()), 9)

    def test_keys_reach_everything_and_show_where_they_are(self):
        page = self.page()
        incident(page, self.desk, "Siege of teachers")
        page.keyboard.press("Tab")
        self.assertEqual(page.evaluate("document.activeElement.className"), "skip")
        reached, seen = set(), 0
        for _ in range(400):
            page.keyboard.press("Tab")
            at = page.evaluate("""() => {
                const it = document.activeElement, style = getComputedStyle(it);
                return [it.tagName, it.className, style.outlineStyle, parseFloat(style.outlineWidth),
                        it.closest('table.matrix') ? 'matrix' : it.closest('.timeline') ? 'timeline' : ''];
            }""")
            if at[0] == "BODY":
                break
            seen += 1
            reached.add(at[4])
            self.assertTrue(at[2] != "none" and at[3] > 0, f"no focus to be seen on {at}")
        self.assertIn("matrix", reached)
        self.assertIn("timeline", reached)
        self.assertGreater(seen, 30)
        # A cell opens by a key.
        summary = page.locator("table.matrix summary").first
        summary.focus()
        page.keyboard.press("Enter")
        self.assertTrue(page.locator("table.matrix blockquote").first.is_visible())

    def test_nothing_is_asked_of_other_sites_and_little_of_this_one(self):
        page = self.page()
        asked = []
        page.on("request", lambda it: asked.append(it.url))
        every = pages(self.desk, page)
        for path in every.values():
            page.goto(self.desk.address + path)
        page.wait_for_load_state("networkidle")
        self.assertEqual([it for it in asked if not it.startswith(self.desk.address + "/")], [])
        # What is not there is told with its own status; that is the only complaint.
        self.assertEqual([it for it in self.complaints if "404" not in it], [])
        fresh = self.page()
        wire = fresh.context.new_cdp_session(fresh)
        wire.send("Network.enable")
        size, kinds = {}, {}
        wire.on("Network.responseReceived", lambda it: kinds.update({it["requestId"]: it["type"]}))
        wire.on("Network.loadingFinished", lambda it: size.update({it["requestId"]: it["encodedDataLength"]}))
        fresh.goto(self.desk.address + every["incident"])
        fresh.wait_for_load_state("networkidle")
        scripts = sum(size.get(key, 0) for key, kind in kinds.items() if kind == "Script")
        print(f"incident page: {sum(size.values()) / 1000:.0f} kB over the wire, scripts {scripts / 1000:.1f} kB")
        self.assertLess(sum(size.values()), FIRST_PAINT * 1000)
        self.assertLess(scripts, SCRIPTS * 1000)

    def test_an_incident_makes_a_good_print(self):
        page = self.page()
        incident(page, self.desk, "Siege of teachers")
        printed = page.pdf(format="A4", print_background=True)
        (SHOTS).mkdir(parents=True, exist_ok=True)
        (SHOTS / "incident.pdf").write_bytes(printed)
        sheets = len(re.findall(rb"/Type\s*/Page[^s]", printed))
        self.assertTrue(1 < sheets < 20, sheets)
        page.emulate_media(media="print")
        self.assertFalse(page.locator("header.top nav").is_visible(), "menus are not printed")

    def test_the_map_shows_what_the_list_shows(self):
        page = self.page()
        page.goto(self.desk.address + "/incidents")
        listed = self.json("/incidents.json")["incidents"]
        placed = [it for it in listed if it["latitude"] is not None]
        self.assertGreater(len(placed), 0)
        dots = page.locator("figure.map circle.dot")
        titles = "\n".join(dots.nth(n).locator("title").text_content() for n in range(dots.count())).split("\n")
        self.assertEqual(len(titles), len(placed))
        self.assertIn("Land by Natural Earth", page.locator("figure.map figcaption").inner_text())
        # The outline is seen, and a dot leads where the list does.
        self.assertGreater(page.locator("figure.map use.land").evaluate("it => it.getBBox().width"), 100)
        page.locator("figure.map a").first.click()
        page.wait_for_url("**/incidents/k:*")

    def test_colours_are_kept(self):
        page = self.page()
        page.goto(self.desk.address + "/incidents")
        page.get_by_role("button", name="Dark").click()
        self.assertEqual(page.locator("html").get_attribute("data-theme"), "dark")
        page.goto(self.desk.address + "/methodology")
        self.assertEqual(page.get_by_role("button", name="Dark").get_attribute("aria-pressed"), "true")


class Deciding(unittest.TestCase):
    """Claims are decided on, incidents put together, reports handed over."""

    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def setUp(self):
        context = BROWSER.context()
        self.addCleanup(context.close)
        self.page = context.new_page()

    def json(self, path):
        with urllib.request.urlopen(self.desk.address + path) as answer:
            return json.load(answer)

    def until(self, what, seconds=60):
        """Waits for what the desk works at beside its pages."""
        begun = time.monotonic()
        while not (found := what()):
            self.assertLess(time.monotonic() - begun, seconds, "it never came")
            time.sleep(0.2)
        return found

    def test_a_value_is_corrected_seen_and_taken_back(self):
        page = self.page
        incident(page, self.desk, "Shooting at tram depot")
        case = page.url.rsplit("/", 1)[1]
        before = self.json(f"/incidents/{case}.json")["dossier"]
        claim = next(it for it in before["claims"] if it["slot"] == "killed")
        page.goto(f"{self.desk.address}/claims/{claim['id']}")
        page.get_by_label("It should say otherwise:").check()
        page.get_by_label("What it should say").fill("at least 7")
        page.get_by_label("Why").first.fill("the report says so in its third paragraph")
        page.get_by_role("button", name="Take down").click()
        history = page.locator("ul.history")
        self.assertIn("at least 7", history.inner_text())
        self.assertIn("the report says so in its third paragraph", history.inner_text())

        def judged():
            dossier = self.json(f"/incidents/{case}.json")["dossier"]
            return next(it for it in dossier["claims"] if it["id"] == claim["id"]).get("judged")

        found = self.until(judged)
        self.assertIn("third paragraph", json.dumps(found))
        page.goto(f"{self.desk.address}/incidents/{case}")
        self.assertGreater(page.get_by_text("decided by a person").count(), 0)
        page.goto(self.desk.address + "/decisions")
        self.assertIn("at least 7", page.locator("main").inner_text())
        page.get_by_text("Take back", exact=True).first.click()
        page.locator("details[open] input[name=reason]").fill("misread")
        page.locator("details[open]").get_by_role("button", name="Take back").click()
        self.until(lambda: not judged())
        self.assertIn("taken back", page.locator("main").inner_text())

    def test_who_decides_second_is_told(self):
        case = next(it["case_id"] for it in self.json("/incidents.json")["incidents"] if "camp" in it["title"])
        claims = self.json(f"/incidents/{case}.json")["dossier"]["claims"]
        address = f"{self.desk.address}/claims/{claims[0]['id']}"
        other = self.page.context.new_page()
        for page in (self.page, other):
            page.goto(address)
            page.get_by_label("The report does not say this").check()
            page.get_by_label("Why").first.fill("it counts the wounded")
        other.get_by_role("button", name="Take down").click()
        self.assertIn("it counts the wounded", other.locator("ul.history").inner_text())
        self.page.get_by_role("button", name="Take down").click()
        self.assertTrue(self.page.get_by_role("button", name="Take mine down all the same").is_visible())
        self.assertEqual(self.page.locator("input[name=reason]").first.input_value(), "it counts the wounded", "kept")

    def test_the_queue_is_worked_through_by_keys(self):
        page = self.page
        page.goto(self.desk.address + "/review")
        waiting = page.locator("ol.queue > li")
        self.assertGreater(waiting.count(), 2)
        page.locator("ol.queue > li").first.focus()
        page.keyboard.press("j")
        second = page.evaluate("document.activeElement.closest('li.item')?.id")
        self.assertEqual(second, waiting.nth(1).get_attribute("id"))
        page.keyboard.press("k")
        page.keyboard.press("n")
        page.keyboard.press("a")
        self.assertTrue(page.locator("input[value=accept]:checked").count() == 1)

    def choose(self, page, reason, kind="accept"):
        """Fills the form of the first claim that waits in; gives the form and the claim."""
        box = page.locator("ol.queue details.decide").first
        box.evaluate("it => it.open = true")
        form = box.locator("form")
        claim = form.locator("input[name=claim]").get_attribute("value")
        form.locator(f"input[value={kind}]").check()
        form.locator("input[name=reason]").fill(reason)
        return form, claim

    def test_a_decision_in_the_queue_is_told_in_its_place(self):
        page = self.page
        complaints = []
        page.on("console", lambda it: complaints.append(it.text) if it.type in ("error", "warning") else None)
        page.goto(self.desk.address + "/review")
        form, claim = self.choose(page, "it stands there <b>so</b>")
        item = form.locator("xpath=ancestor::li[contains(@class, 'item')]")
        name = item.get_attribute("id")
        with page.expect_response("**/api/v1/judgements") as answer:
            form.get_by_role("button", name="Take down").click()
        self.assertEqual(answer.value.status, 201)
        done = page.locator(f"[id='{name}'] .done").first
        done.wait_for()
        self.assertIn("Taken down: “It is as the report has it”", done.inner_text())
        self.assertIn("Taken down", page.locator("p.sr[role=status]").inner_text(), "read out")
        self.assertTrue(page.url.endswith("/review"), "nobody was sent elsewhere")
        self.assertEqual(page.evaluate("document.activeElement.id"), name, "the focus stays in the dispute")
        self.assertEqual(page.locator(f"input[name=claim][value='{claim}']").count(), 0)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            self.assertEqual(Axe().run(page, options=WCAG).response["violations"], [])
            item.screenshot(path=SHOTS / f"decided-{theme}-1440.png")
        told = self.json(f"/api/v1/claims/{claim}")["decided"][0]
        self.assertEqual((told["kind"], told["reason"]), ("accept", "it stands there <b>so</b>"))
        self.assertEqual(complaints, [])
        done.get_by_role("link").click()
        self.assertIn("it stands there <b>so</b>", page.locator("li:target").inner_text())

    def test_who_decides_second_in_the_queue_is_told_there(self):
        page, other = self.page, self.page.context.new_page()
        page.goto(self.desk.address + "/review")
        form, claim = self.choose(page, "it counts the wounded", "reject")
        other.goto(f"{self.desk.address}/claims/{claim}")
        other.get_by_label("It is as the report has it").check()
        other.get_by_label("Why").first.fill("I looked at the second page")
        other.get_by_role("button", name="Take down").click()
        other.locator("ul.history").wait_for()
        form.get_by_role("button", name="Take down").click()
        told = form.locator(".alert")
        told.wait_for()
        self.assertIn("I looked at the second page", told.inner_text())
        self.assertIn("Not taken down", page.locator("p.sr[role=status]").inner_text())
        self.assertEqual(form.locator("input[name=reason]").input_value(), "it counts the wounded", "kept")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            self.assertEqual(Axe().run(page, options=WCAG).response["violations"], [])
            form.screenshot(path=SHOTS / f"conflict-{theme}-1440.png")
        form.get_by_role("button", name="Take mine down all the same").click()
        page.locator(".done").first.wait_for()
        kinds = [it["kind"] for it in self.json(f"/api/v1/claims/{claim}")["decided"]]
        self.assertEqual(kinds[:2], ["reject", "accept"])

    def test_where_the_api_fails_the_form_is_sent(self):
        page = self.page
        page.goto(self.desk.address + "/review")
        page.route("**/api/v1/judgements", lambda route: route.abort())
        form, claim = self.choose(page, "the form went its own way")
        form.get_by_role("button", name="Take down").click()
        page.wait_for_url("**/review?taken=j:*")
        told = self.json(f"/api/v1/claims/{claim}")["decided"][0]
        self.assertEqual(told["reason"], "the form went its own way")

    def test_without_script_the_queue_is_worked_through_as_before(self):
        context = BROWSER.context(java_script_enabled=False)
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(self.desk.address + "/review")
        box = page.locator("ol.queue details.decide").first
        box.locator("summary").click()
        claim = box.locator("input[name=claim]").get_attribute("value")
        box.locator("input[value=accept]").check()
        box.locator("input[name=reason]").fill("no script was needed")
        box.get_by_role("button", name="Take down").click()
        page.wait_for_url("**/review?taken=j:*")
        self.assertEqual(self.json(f"/api/v1/claims/{claim}")["decided"][0]["reason"], "no script was needed")

    def test_two_incidents_become_one_and_two_again(self):
        page = self.page
        incident(page, self.desk, "Airstrike in Amman")
        gone = page.url.rsplit("/", 1)[1]
        incident(page, self.desk, "Shelling in Maarin")
        page.get_by_text("It is one with another incident").click()
        form = page.locator("details[open] form", has=page.locator("input[value=merge]"))
        form.locator("input[name=other]").fill(gone)
        form.locator("input[name=reason]").fill("the wire was datelined Amman")
        form.get_by_role("button").click()
        titles = lambda: [it["title"] for it in self.json("/incidents.json")["incidents"]]
        self.until(lambda: not any("Amman" in it for it in titles()))
        page.goto(self.desk.address + "/decisions")
        page.get_by_text("Take back", exact=True).first.click()
        page.locator("details[open] input[name=reason]").fill("two after all")
        page.locator("details[open]").get_by_role("button", name="Take back").click()
        self.until(lambda: any("Amman" in it for it in titles()))

    def test_a_text_is_handed_over_and_read(self):
        page = self.page
        page.goto(self.desk.address + "/add")
        page.get_by_label("Text", exact=True).fill(
            "Four people were killed and nine were wounded when a ferry was shelled at Sorrel Ford on Monday, "
            "the harbour master, Odile Brandt, said.")
        page.get_by_label("Headline").fill("Ferry shelled at Sorrel Ford")
        page.get_by_label("Published by").fill("Ford Observer")
        page.get_by_label("Published on").fill("2031-03-04")
        page.get_by_role("button", name="Add the text").click()
        page.wait_for_url(re.compile(r"/add/\d+"))
        report = page.locator("main").get_by_role("link", name="Ferry shelled at Sorrel Ford")
        self.until(lambda: (page.goto(page.url), report.count() and "claims" in page.locator("main").inner_text())[1], 240)
        report.first.click()
        self.assertIn("Four people were killed", page.locator("mark", has_text="Four people").first.inner_text()
                      + " were killed")
        self.assertIn("Ford Observer", page.locator("main").inner_text())
        found = [it for it in self.json("/incidents.json")["incidents"] if it["killed"] == 4]
        self.assertEqual(len(found), 1)


class WithAccounts(unittest.TestCase):
    """People log in."""

    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(PROGRAM, [("ana", "admin"), ("ben", "reader")])

    @classmethod
    def tearDownClass(cls):
        cls.desk.close()

    def log_in(self, page, name, password=PASSWORD):
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()

    def test_in_and_out(self):
        context = BROWSER.context()
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(self.desk.address + "/methodology")
        self.assertIn("/login", page.url)
        self.assertEqual(Axe().run(page, options=WCAG).response["violations"], [])
        self.log_in(page, "ana", "not the password")
        self.assertTrue(page.get_by_role("alert").is_visible())
        self.log_in(page, "ana")
        self.assertTrue(page.url.endswith("/methodology"), "back to where it was asked for")
        page.get_by_role("link", name="Settings").click()
        self.assertIn("ben", page.locator("main").inner_text())
        self.assertEqual(Axe().run(page, options=WCAG).response["violations"], [])
        cookies = {it["name"]: it for it in context.cookies()}
        self.assertTrue(all(it["httpOnly"] and it["sameSite"] == "Strict" for it in cookies.values()), cookies)
        page.get_by_role("button", name="Log out").click()
        page.goto(self.desk.address + "/incidents")
        self.assertIn("/login", page.url)
        self.log_in(page, "ben")
        page.goto(self.desk.address + "/settings")
        self.assertNotIn("ana", page.locator("main").inner_text(), "a reader sees no accounts")

    def test_a_token_is_made_shown_once_and_taken_out(self):
        context = BROWSER.context()
        self.addCleanup(context.close)
        page = context.new_page()
        page.goto(self.desk.address + "/settings/tokens")
        self.log_in(page, "ben")
        self.assertEqual(page.get_by_role("checkbox").count(), 1, "a reader looks, and no more")
        page.get_by_label("What it is for").fill("a list of incidents every morning")
        page.get_by_label("When it ends").select_option("30")
        page.get_by_role("button", name="Make the token").click()
        words = page.locator("code.secret").inner_text()
        self.assertRegex(words, "^cb_[0-9a-f]{64}$")
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            self.assertEqual(Axe().run(page, options=WCAG).response["violations"], [])
            for width in (1440, 390):
                page.set_viewport_size({"width": width, "height": 900})
                self.assertLessEqual(page.evaluate("document.scrollingElement.scrollWidth"), width)
                page.screenshot(path=SHOTS / f"token-made-{theme}-{width}.png", full_page=True)
        ask = urllib.request.Request(self.desk.address + "/api/v1", headers={"Authorization": f"Bearer {words}"})
        with urllib.request.urlopen(ask) as answer:
            self.assertEqual(json.load(answer)["who"], "ben")
        page.goto(self.desk.address + "/settings/tokens")
        self.assertNotIn("cb_", page.content())
        self.assertIn("a list of incidents every morning", page.locator("main").inner_text())
        page.get_by_role("button", name="Take out the token for").click()
        self.assertIn("There is no token.", page.locator("main").inner_text())
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(ask)
        self.assertEqual(refused.exception.code, 401)


if __name__ == "__main__":
    PROGRAM, names = sys.argv[1], sys.argv[2:]
    started = time.monotonic()
    found = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    if names:
        flat = (test for suite in found for test in suite)
        found = unittest.TestSuite(test for test in flat if any(name in test.id() for name in names))
        if not found.countTestCases():
            sys.exit(f"no test has {names} in its name")
    BROWSER = Browser()
    done = unittest.TextTestRunner(verbosity=2).run(found)
    BROWSER.close()
    print(f"{done.testsRun} tests in {time.monotonic() - started:.0f} s; pictures in {SHOTS}")
    sys.exit(not done.wasSuccessful())
