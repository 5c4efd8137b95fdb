"""What leaves a casebook, read by programs that others wrote: test.py PROGRAM.

A casebook of the samples and of some invented events is exported in every format; each file is read by a validator or a
reader of its format, and what was put in is compared with what comes out."""

import csv
import datetime
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[4]
EVENTS = ("bamako-truck", "maarin-academy-drones")
PROGRAM = None

# A report that tries what breaks readers: emoji, marks that combine, a second script, formulas and markup.
HARD = """Title: =HYPERLINK("x") <b>& "Two" 😀 killed in Varda
Source: Varda “Tribune”, North
Published: 2031-03-05
URL: https://outlet.example/a?b=1&c=<d>

VARDA, March 5 (Tribune) — 😀 At least 12 people were killed on Tuesday when gunmen attacked a market in Varda, e\u0301lite police
said. قُتل اثنا عشر شخصا. “At least 12 people were killed,” police spokesman José Ñandú said. Another 30 were injured.
“I lay under the table,” said Mariëlle Quentañé, a shopkeeper who survived.
"""


class Exported(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="crossbearing-exports-"))
        (cls.folder / "hard.txt").write_text(HARD, encoding="utf-8")
        cls.book = str(cls.folder / "book")
        cls.call("init", cls.book)
        events = [str(ROOT / "data" / "events" / name) for name in EVENTS]
        cls.call("add", str(ROOT / "samples"), *events, str(cls.folder / "hard.txt"), "--casebook", cls.book)
        cls.call("run", "--casebook", cls.book)
        lines = cls.export("jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        cls.texts = {it["row"]["id"]: it["row"]["text"] for it in rows if it.get("table") == "texts"}
        listed = json.loads(cls.call("list", "--json", "--passing", "--limit", "1000", "--casebook", cls.book))
        cls.cases = [it["case_id"] for it in listed["incidents"]]
        cls.dossiers = {case: cls.shown(case) for case in cls.cases}

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder, ignore_errors=True)

    @classmethod
    def call(cls, *words):
        done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, cwd=cls.folder)
        if done.returncode not in (0, 3):
            raise RuntimeError(f"{words}: {done.stderr}")
        return done.stdout

    @classmethod
    def shown(cls, case):
        found = json.loads(cls.call("show", case, "--json", "--casebook", cls.book))
        return found.get("dossier", found)

    @classmethod
    def export(cls, name, *how):
        path = cls.folder / f"{name}.{'csv' if name == 'hxl' else 'out'}"
        cls.call("export", f"{name}={path}", "--force", "--casebook", cls.book, *how)
        return path

    def rows(self, name):
        with open(self.export(name), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_tables_of_the_trade(self):
        """An incident a row, sums that hold, ids that are not made up, no formula."""
        for name in ("acled", "ged", "ibc", "gtd"):
            with self.subTest(table=name):
                rows = self.rows(name)
                self.assertEqual(sorted(it["case"] for it in rows), sorted(self.cases))
        for row in self.rows("ged"):
            deaths = [int(row[f"deaths_{of}"] or 0) for of in ("a", "b", "civilians", "unknown")]
            if row["best"]:
                self.assertEqual(sum(deaths), int(row["best"]))
                self.assertLessEqual(int(row["low"]), int(row["best"]))
                self.assertLessEqual(int(row["best"]), int(row["high"] or row["best"]))
        pairs = {
            "Battles": {"Armed clash"},
            "Protests": {"Peaceful protest", "Excessive force against protesters"},
            "Riots": {"Mob violence"},
            "Explosions/Remote violence": {
                "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
                "Remote explosive/landmine/IED", "Grenade"},
            "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
            "Strategic developments": {"Looting/property destruction", "Other"},
        }
        seen = 0
        for row in self.rows("acled"):
            self.assertEqual((row["event_id_cnty"], row["timestamp"]), ("", ""))
            if row["fatalities"] and row["fatalities_high"]:
                self.assertLessEqual(int(row["fatalities"]), int(row["fatalities_high"]))
            if row["fatalities"] and row["fatalities_low"] and row["fatalities_disputed"] == "true":
                self.assertLessEqual(int(row["fatalities_low"]), int(row["fatalities"]))
            if row["event_type"]:
                seen += 1
                self.assertIn(row["sub_event_type"], pairs[row["event_type"]])
            for cell in row.values():
                self.assertFalse(cell.startswith(("=", "+", "@")), cell)
        self.assertGreater(seen, 3)
        for row in self.rows("mrm"):
            self.assertEqual(row["status"], "alleged, unverified")

    def test_workbook(self):
        """Rows as the tables have them, heads that stay in sight, links, and no formula."""
        from openpyxl import load_workbook
        path = self.folder / "book.xlsx"
        self.call("export", f"xlsx={path}", "--casebook", self.book)
        found = load_workbook(path)
        self.assertEqual(found.sheetnames, ["incidents", "findings", "claims", "reports"])
        for sheet in found:
            rows = self.rows(f"csv-{sheet.title}")
            self.assertEqual(sheet.max_row - 1, len(rows))
            self.assertEqual([it.value for it in sheet[1]], list(rows[0]))
            self.assertEqual(sheet.freeze_panes, "B2")
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
            self.assertNotIn("f", kinds, "a formula")
        titles = [it.value for it in found["reports"]["F"]]
        self.assertIn('=HYPERLINK("x") <b>& "Two" 😀 killed in Varda', titles)
        links = [it.hyperlink.target for it in found["reports"]["K"] if it.hyperlink]
        self.assertIn("https://dws.example/2023/03/08/mirun-college", links)

    def test_parquet(self):
        """Three readers give what the CSV has, in columns of types that are declared: numbers, moments, yes and no."""
        import duckdb
        import pandas
        import pyarrow
        import pyarrow.parquet
        types = {"int64": int, "double": float, "timestamp[us]": datetime.datetime.fromisoformat,
                 "bool": {"true": True, "false": False}.get, "string": str}
        seen = set()
        for name in ("incidents", "findings", "claims", "reports"):
            with self.subTest(table=name):
                path = self.export(f"parquet-{name}")
                rows = self.rows(f"csv-{name}")
                found = pyarrow.parquet.read_table(path)
                self.assertEqual(found.column_names, list(rows[0]))
                self.assertEqual(found.num_rows, len(rows))
                db = duckdb.connect()
                asked = db.execute(f"SELECT * FROM read_parquet('{path}')")
                self.assertEqual([it[0] for it in asked.description], list(rows[0]))
                by_duck = dict(zip(rows[0], zip(*asked.fetchall()), strict=True))
                frame = pandas.read_parquet(path)
                for column in found.column_names:
                    is_a = str(found.schema.field(column).type)
                    # The CSV has an apostrophe where a spreadsheet would take the words for a formula.
                    cells = [it[column] for it in rows]
                    words = [it[1:] if it[:1] == "'" and it[1:].strip()[:1] in tuple("=+-@") else it for it in cells]
                    wanted = [types[is_a](it) if it else None for it in words]
                    self.assertEqual(found[column].to_pylist(), wanted, column)
                    self.assertEqual(list(by_duck[column]), wanted, column)
                    by_pandas = [None if pandas.isna(it) else it for it in frame[column]]
                    self.assertEqual(by_pandas, wanted, column)
                    if any(it is not None for it in wanted):
                        seen.add(is_a)
        self.assertEqual(seen, set(types))
        # What one asks for: sums and days, without any conversion.
        asked = f"SELECT sum(killed), min(start)::DATE FROM read_parquet('{self.folder / 'parquet-incidents.out'}')"
        rows = self.rows("csv-incidents")
        self.assertEqual(duckdb.connect().execute(asked).fetchone(), (
            sum(int(it["killed"]) for it in rows if it["killed"]),
            datetime.date.fromisoformat(min(it["start"] for it in rows if it["start"])[:10])))

    def test_data_package(self):
        """Frictionless finds every cell of the type that is declared, and every key that leads to another table."""
        from frictionless import Package, system
        path = self.folder / "package.zip"
        self.call("export", f"datapackage={path}", "--casebook", self.book)
        with system.use_context(trusted=True):
            package = Package(str(path))
            report = package.validate()
        self.assertTrue(report.valid, report.flatten(["code", "note"])[:5])
        self.assertEqual([it.name for it in package.resources], ["incidents", "findings", "claims", "reports"])
        self.assertEqual([task.stats["rows"] for task in report.tasks],
                         [len(self.rows(f"csv-{it.name}")) for it in package.resources])
        types = {field.type for it in package.resources for field in it.schema.fields}
        self.assertEqual(types, {"string", "integer", "number", "datetime", "boolean"})
        # What does not fit is found, so the check looks.
        folder = self.folder / "package"
        shutil.unpack_archive(path, folder)
        table = folder / "claims.csv"
        table.write_text(table.read_text(encoding="utf-8").replace("\nk:", "\nk:x", 1), encoding="utf-8")
        broken = Package(str(folder / "datapackage.json")).validate()
        self.assertIn("foreign-key", {it.type for task in broken.tasks for it in task.errors})

    def said(self):
        """Of each incident the words that a document of it must have: its title, outlets, quotes and voices."""
        for dossier in self.dossiers.values():
            quotes = {it["quotes"][0]["exact"] for it in dossier["claims"]}
            outlets = {it["report"]["source"].get("name") for it in dossier["reports"]} - {None}
            yield dossier["incident"]["title"], quotes | outlets | {it["label"] for it in dossier["origins"]}

    @staticmethod
    def folded(words):
        return "".join(words.split())

    def test_word_document(self):
        """python-docx reads headings, tables, quotes and links; what a report says is words and no field."""
        from docx import Document
        found = Document(str(self.export("docx")))
        heads = [it.text for it in found.paragraphs if it.style.name == "heading 1" or it.style.name == "Heading 1"]
        self.assertEqual(sorted(heads), sorted(it["incident"]["title"] for it in self.dossiers.values()))
        cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
        words = self.folded(" ".join([it.text for it in found.paragraphs] + cells))
        for title, said in self.said():
            for one in said | {title}:
                self.assertIn(self.folded(one), words)
        # Every figure at the top stands in a table of figures, and says according to whom.
        tables = [it for it in found.tables if it.rows[0].cells[1].text == "Figure"]
        rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows[1:]]
        wanted = sum(len(it["agreed"]) for it in self.dossiers.values())
        self.assertEqual(len(rows), wanted)
        self.assertGreater(wanted, 5)
        self.assertTrue(all(figure and by for _, figure, by, _ in rows))
        quotes = [it for it in found.paragraphs if it.style.name == "Quote"]
        strong = {run.text for it in quotes for run in it.runs if run.bold}
        for dossier in self.dossiers.values():
            for claim in dossier["claims"]:
                exact = " ".join(claim["quotes"][0]["exact"].split())
                self.assertTrue(exact in strong or any("\u0590" <= c for c in exact), exact)
        links = {it.target_ref for it in found.part.rels.values() if it.is_external}
        self.assertIn("https://dws.example/2023/03/08/mirun-college", links)
        # An address with what is no address leads nowhere.
        self.assertFalse(any("outlet.example" in it for it in links), links)
        fields = found.element.xpath("//w:instrText | //w:fldSimple | //w:object | //w:altChunk")
        self.assertEqual(fields, [])
        self.assertIsNone(found.core_properties.created)

    def test_pdf(self):
        """Two readers take the same words out; the list beside the pages leads to every incident."""
        import pypdfium2
        from pypdf import PdfReader
        path = self.export("pdf")
        found = PdfReader(path)
        pages = pypdfium2.PdfDocument(path)
        foot = re.compile(r"Asreported,accordingtothesourcesnamed\.Nothinghereisdecided\.·Page\d+of\d+")
        for pages_said in ([it.extract_text() for it in found.pages],
                           [it.get_textpage().get_text_range() for it in pages]):
            all_said = [self.folded(unicodedata.normalize("NFC", it)) for it in pages_said]
            self.assertTrue(all(foot.search(it) for it in all_said))
            words = "".join(foot.sub("", it) for it in all_said)
            for title, said in self.said():
                for one in said | {title}:
                    self.assertIn(self.folded(unicodedata.normalize("NFC", one)), words)
            # Readers put words that run from right to left in an order of their own, but have each.
            for one in ("اثنا", "عشر", "شخصا"):
                self.assertIn(one, words)
        tops = [it for it in found.outline if not isinstance(it, list)]
        self.assertEqual(sorted(it.title for it in tops), sorted(it["incident"]["title"] for it in self.dossiers.values()))
        for top in tops:
            page = found.pages[found.get_destination_page_number(top)]
            self.assertIn(self.folded(top.title)[:20], self.folded(page.extract_text()))
        links = {str(it.get_object()["/A"]["/URI"]) for page in found.pages for it in page.get("/Annots", [])
                 if "/A" in it.get_object()}
        self.assertIn("https://dws.example/2023/03/08/mirun-college", links)
        self.assertFalse(any("outlet.example" in it for it in links), links)
        # No page is empty, and nothing of one lies outside of its margins.
        for page in pages:
            image = page.render(scale=0.5, grayscale=True).to_numpy()
            dark = (image < 200).nonzero()
            self.assertGreater(len(dark[0]), 100)
            self.assertGreater(dark[1].min(), 20)
            self.assertLess(dark[1].max(), image.shape[1] - 20)
        self.assertNotIn("/JavaScript", str(found.trailer["/Root"]))
        self.assertNotIn("/CreationDate", found.metadata or {})

    def test_an_empty_casebook(self):
        """What has no incident in it is a file that readers take all the same."""
        import hxl
        from docx import Document
        from fastkml import KML
        from geojson_pydantic import FeatureCollection
        from openpyxl import load_workbook
        from prov.model import ProvDocument
        from pyarrow.parquet import read_table
        from pypdf import PdfReader
        from rdflib import Graph
        book = str(self.folder / "empty")
        self.call("init", book)
        made = {}
        for name, ending in (("csv-claims", "csv"), ("acled", "csv"), ("hxl", "csv"), ("parquet-claims", "parquet"),
                             ("xlsx", "xlsx"), ("docx", "docx"), ("pdf", "pdf"), ("geojson", "geojson"), ("kml", "kml"),
                             ("prov", "json"), ("schema", "jsonld"), ("timemap", "json"), ("labelstudio", "json")):
            made[name] = self.folder / f"empty-{name}.{ending}"
            self.call("export", f"{name}={made[name]}", "--casebook", book)
        with open(made["acled"], encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            self.assertEqual((rows.fieldnames[1], list(rows)), ("event_date", []))
        self.assertEqual(list(hxl.data(str(made["hxl"]), hxl.InputOptions(allow_local=True))), [])
        table = read_table(made["parquet-claims"])
        self.assertEqual((table.num_rows, str(table.schema.field("quote_start").type)), (0, "int64"))
        self.assertEqual([it.max_row for it in load_workbook(made["xlsx"])], [1, 1, 1, 1])
        self.assertIn("No incident was chosen", Document(str(made["docx"])).paragraphs[0].text)
        self.assertIn("No incident was chosen", PdfReader(made["pdf"]).pages[0].extract_text())
        self.assertEqual(FeatureCollection.model_validate_json(made["geojson"].read_text()).features, [])
        self.assertIsNotNone(KML.parse(made["kml"], strict=True))
        found = ProvDocument.deserialize(content=made["prov"].read_text(), format="json")
        self.assertEqual(list(found.bundles), [])
        page = json.loads(made["schema"].read_text()) | {"@context": {"@vocab": "https://schema.org/"}}
        self.assertEqual(len(Graph().parse(data=json.dumps(page), format="json-ld")), 0)
        self.assertEqual(json.loads(made["timemap"].read_text())["events"], [])
        self.assertEqual(json.loads(made["labelstudio"].read_text()), [])

    def test_geojson(self):
        from geojson_pydantic import FeatureCollection
        text = self.export("geojson").read_text(encoding="utf-8")
        found = FeatureCollection.model_validate_json(text)
        self.assertEqual(sorted(it.id for it in found.features), sorted(self.cases))
        placed = [it for it in found.features if it.geometry]
        self.assertGreater(len(placed), 1)
        for one in placed:
            place = self.dossiers[one.id]["incident"]["place"]
            self.assertEqual(tuple(one.geometry.coordinates)[:2], (place["lon"], place["lat"]))
        titles = [it.properties["title"] for it in found.features]
        self.assertEqual(sorted(titles), sorted(it["incident"]["title"] for it in self.dossiers.values()))

    def test_kml(self):
        from fastkml import KML, Placemark
        from fastkml.utils import find_all
        found = KML.parse(self.export("kml"), strict=True)
        marks = list(find_all(found, of_type=Placemark))
        self.assertEqual(sorted(it.name for it in marks),
                         sorted(it["incident"]["title"] for it in self.dossiers.values()))
        points = [it for it in marks if it.geometry]
        self.assertGreater(len(points), 1)

    def test_annotations(self):
        """Position and quote of every claim lead to the same words of its text, counted in code points."""
        from rdflib import Graph, Namespace
        page = json.loads(self.export("annotation").read_text(encoding="utf-8"))
        wanted = sum(len(it["claims"]) + len(it["background"]) for it in self.dossiers.values())
        self.assertEqual(len(page["items"]), wanted)
        hard = 0
        for item in page["items"]:
            for target in item["target"]:
                text = self.texts[target["source"].removeprefix("urn:crossbearing:")]
                position, quote = target["selector"]
                self.assertEqual(text[position["start"]:position["end"]], quote["exact"])
                self.assertEqual(text[:position["start"]][-len(quote["prefix"]):] if quote["prefix"] else "",
                                 quote["prefix"])
                self.assertTrue(text[position["end"]:].startswith(quote["suffix"]))
                hard += "😀" in text[:position["start"]] and "قُتل" in text
        self.assertGreater(hard, 2, "words behind emoji and Arabic are among them")
        # The terms of the model, as its context has them; the network is asked for nothing.
        oa = "http://www.w3.org/ns/oa#"
        terms = {"id": "@id", "type": "@type", "oa": oa, "AnnotationPage": "as:OrderedCollectionPage",
                 "as": "http://www.w3.org/ns/activitystreams#", "dcterms": "http://purl.org/dc/terms/",
                 "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "schema": "http://schema.org/",
                 "Annotation": "oa:Annotation", "TextPositionSelector": "oa:TextPositionSelector",
                 "TextQuoteSelector": "oa:TextQuoteSelector", "TextualBody": "oa:TextualBody",
                 "Software": "as:Application", "items": {"@id": "as:items", "@container": "@list"},
                 "body": "oa:hasBody", "target": "oa:hasTarget", "source": {"@id": "oa:hasSource", "@type": "@id"},
                 "selector": "oa:hasSelector", "start": "oa:start", "end": "oa:end", "exact": "oa:exact",
                 "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value",
                 "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
                 "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "identifying": "oa:identifying",
                 "describing": "oa:describing", "tagging": "oa:tagging", "linking": "oa:linking",
                 "format": "dcterms:format", "generator": "as:generator", "name": "schema:name"}
        graph = Graph().parse(data=json.dumps(page | {"@context": terms}), format="json-ld")
        of = Namespace(oa)
        found = set(graph.subjects(of.motivatedBy, of.identifying))
        self.assertEqual(len(found), len({item["id"] for item in page["items"]}))
        from pyshacl import validate
        shapes = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix oa: <http://www.w3.org/ns/oa#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            [] a sh:NodeShape ; sh:targetClass oa:Annotation ;
              sh:property [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:node [ sh:property
                [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
                [ sh:path oa:hasSelector ; sh:minCount 2 ] ] ] ;
              sh:property [ sh:path oa:motivatedBy ; sh:minCount 1 ] .
            [] a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
              sh:property [ sh:path oa:start ; sh:datatype xsd:integer ; sh:minInclusive 0 ; sh:minCount 1 ] ,
                [ sh:path oa:end ; sh:datatype xsd:integer ; sh:minCount 1 ] .
            [] a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
              sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ] ."""
        holds, _, why = validate(graph, shacl_graph=Graph().parse(data=shapes, format="turtle"))
        self.assertTrue(holds, why[:2000])

    def test_schema_org(self):
        """An RDF library reads it; every claim appears in an article on its event, and none is rated."""
        from rdflib import Graph, Namespace, RDF
        found = json.loads(self.export("schema").read_text(encoding="utf-8"))
        graph = Graph().parse(data=json.dumps(found | {"@context": {"@vocab": "https://schema.org/"}}), format="json-ld")
        of = Namespace("https://schema.org/")
        self.assertEqual(len(set(graph.subjects(RDF.type, of.Event))), len(self.cases))
        claims = set(graph.subjects(RDF.type, of.Claim))
        self.assertEqual(len(claims), len({c["id"] for it in self.dossiers.values() for c in it["claims"]}))
        articles, events = set(graph.subjects(RDF.type, of.NewsArticle)), set(graph.subjects(RDF.type, of.Event))
        for claim in claims:
            self.assertLessEqual(set(graph.objects(claim, of.appearance)), articles)
            self.assertLessEqual(set(graph.objects(claim, of.about)), events)
        self.assertEqual(list(graph.subjects(RDF.type, of.ClaimReview)), [])

    def test_label_studio_and_back(self):
        """Words stand where they are said to; what is corrected there becomes decisions here."""
        from label_studio_sdk.label_interface import LabelInterface
        tasks = json.loads(self.export("labelstudio").read_text(encoding="utf-8"))
        interface = (ROOT / "docs" / "labelstudio.xml").read_text(encoding="utf-8")
        # Its own library finds the labels and every region as they must be, and what is not.
        theirs = LabelInterface(interface)
        theirs.validate()
        for task in tasks:
            self.assertTrue(theirs.validate_task({"data": task["data"]}))
            for prediction in task["predictions"]:
                self.assertEqual(theirs.validate_prediction(prediction, return_errors=True), [])
        wrong = json.loads(json.dumps(next(it for it in tasks if it["predictions"][0]["result"])["predictions"][0]))
        wrong["result"][0]["from_name"] = "nothing"
        self.assertFalse(theirs.validate_prediction(wrong))
        labels = {it.get("value") for it in ElementTree.fromstring(interface).iter("Label")}
        hard = 0
        for task in tasks:
            text = task["data"]["text"]
            self.assertEqual(set(self.texts.values()) & {text}, {text})
            for region in task["predictions"][0]["result"]:
                value = region["value"]
                if region["type"] == "labels":
                    self.assertEqual(text[value["start"]:value["end"]], value["text"])
                    self.assertLessEqual(set(value["labels"]), labels)
                    hard += "😀" in text[:value["start"]]
        self.assertGreater(hard, 2)
        # Somebody takes one region out, corrects a number, and marks words that were passed over.
        task = next(it for it in tasks if "Quentañé" in it["data"]["text"])
        left = [dict(it) for it in task["predictions"][0]["result"]]
        killed = next(it for it in left if it["type"] == "labels" and it["value"]["labels"] == ["killed"])
        gone = next(it for it in left if it["type"] == "labels" and it["id"] != killed["id"])
        left = [it for it in left if it["id"] != gone["id"]]
        said = next(it for it in left if it["type"] == "textarea" and it["id"] == killed["id"])
        said["value"] = said["value"] | {"text": ["13"]}
        start = task["data"]["text"].index("a shopkeeper who survived")
        words = "a shopkeeper who survived"
        where = {"start": start, "end": start + len(words)}
        left += [{"id": "new1", "type": "labels", "value": where | {"text": words, "labels": ["statement"]}}]
        done = self.folder / "labelled.json"
        other = [it for it in tasks if it is not task][:1]
        done.write_text(json.dumps([task | {"id": 7, "annotations": [{"was_cancelled": False, "result": left}]}] + other),
                        encoding="utf-8")
        book = str(self.folder / "labelled")
        self.call("backup", book, "--casebook", self.book)
        say = ["review", "labelstudio", str(done), "--reason", "looked at there", "--json", "--casebook", book]
        told = json.loads(self.call(*say))
        self.assertEqual((told["annotated"], told["passed_over"]), (1, []))
        self.assertEqual((told["added"], told["corrected"], told["rejected"]), (1, 1, 1))
        self.call("run", "--casebook", book)
        dossier = json.loads(self.call("show", task["data"]["case"], "--json", "--casebook", book))
        dossier = dossier.get("dossier", dossier)
        by_kind = {it["judged"]["kind"]: it for it in dossier["claims"] + dossier["background"] if it.get("judged")}
        self.assertEqual(set(by_kind), {"add", "correct", "reject"})
        self.assertEqual(by_kind["correct"]["value"]["low"], 13)
        self.assertEqual(by_kind["add"]["quotes"][0]["start"], start)
        self.assertEqual(by_kind["reject"]["id"].replace(":", "-"), gone["id"])
        # A claim that is in the casebook since the tasks were made has no region there, and is not rejected for that.
        report = task["data"]["report"]
        self.call("review", "add", report, "injured", "30", "--words", "30 were injured", "--reason", "later",
                  "--scope", "civilian", "--casebook", book)
        self.call("run", "--casebook", book)
        # The same file once more decides nothing; one that is none is told.
        told = json.loads(self.call(*say))
        self.assertEqual([told[it] for it in ("added", "corrected", "rejected", "passed_over")], [0, 0, 0, []])
        done.write_text("{}", encoding="utf-8")
        refused = subprocess.run([PROGRAM, *say], capture_output=True, text=True, cwd=self.folder)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("not tasks of Label Studio", refused.stderr)

    def test_spacy(self):
        """Every claim is a span of spaCy's own tokens, wherever its words end between two of them."""
        import spacy
        nlp = spacy.blank("en")
        lines = [json.loads(it) for it in self.export("spacy").read_text(encoding="utf-8").splitlines()]
        found, cut, hard = 0, [], 0
        for line in lines:
            doc = nlp.make_doc(line["text"])
            self.assertEqual(doc.text, line["text"])
            claims = {it["id"]: it for it in self.dossiers[line["meta"]["case"]]["claims"]}
            for span in line["spans"]:
                exact = {it["exact"] for it in claims[span["id"]]["quotes"]}
                self.assertIn(line["text"][span["start"]:span["end"]], exact)
                held = doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="strict")
                if held is None:
                    cut.append(line["text"][span["start"]:span["end"]])
                    held = doc.char_span(span["start"], span["end"], label=span["label"], alignment_mode="expand")
                    self.assertIsNotNone(held)
                else:
                    self.assertIn(held.text, exact)
                found += 1
                hard += "😀" in line["text"][:span["start"]]
            doc.spans["claims"] = [doc.char_span(it["start"], it["end"], label=it["label"], alignment_mode="expand")
                                   for it in line["spans"]]
        self.assertEqual(found, sum(len(c["quotes"]) for it in self.dossiers.values() for c in it["claims"]))
        self.assertGreater(hard, 2)
        self.assertLessEqual(len(cut), found // 50, cut)

    def test_web_archive(self):
        """warcio reads every record from its own member, holds its digests, and finds a byte that was changed."""
        import gzip
        from warcio.archiveiterator import ArchiveIterator
        path = self.folder / "kept.warc.gz"
        self.call("export", f"warc={path}", "--casebook", self.book)
        kinds, bodies = [], []
        with open(path, "rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                kinds.append(record.rec_type)
                bodies.append(record.content_stream().read())
        self.assertEqual((kinds[0], set(kinds[1:])), ("warcinfo", {"resource"}))
        self.assertIn(HARD.encode(), bodies)
        listed = self.call("list", "--json", "--passing", "--limit", "1000", "--casebook", self.book)
        self.assertGreaterEqual(len(bodies) - 1, sum(it["reports"] for it in json.loads(listed)["incidents"]) // 2)

        def check(path):
            tool = [sys.executable, "-c", "from warcio.cli import main; main()", "check", str(path)]
            return subprocess.run(tool, capture_output=True, text=True)
        checked = check(path)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        # Two digits in one body.
        changed = self.folder / "changed.warc.gz"
        whole = gzip.decompress(path.read_bytes())
        with open(changed, "wb") as file:
            for part in whole.split(b"WARC/1.1\r\n")[1:]:
                file.write(gzip.compress(b"WARC/1.1\r\n" + part.replace(b"At least 12 people", b"At least 21 people")))
        checked = check(changed)
        self.assertEqual(checked.returncode, 1, checked.stdout)
        self.assertIn("digest failed", checked.stdout)

    def test_provenance(self):
        """The reference implementation reads it, and writes the same again."""
        from prov.model import ProvDocument, ProvEntity
        text = self.export("prov").read_text(encoding="utf-8")
        found = ProvDocument.deserialize(content=text, format="json")
        bundles = list(found.bundles)
        self.assertEqual(len(bundles), len(self.cases))
        entities = sum(len(list(it.get_records(ProvEntity))) for it in bundles)
        wanted = sum(len({c["id"] for c in it["claims"] + it["background"]})
                     + len({r["report"]["id"] for r in it["reports"]})
                     + len({r["report"]["text"] for r in it["reports"]}) + 1 for it in self.dossiers.values())
        self.assertEqual(entities, wanted)
        again = ProvDocument.deserialize(content=found.serialize(format="json"), format="json")
        self.assertEqual(found, again)

    def test_hxl(self):
        import hxl
        found = hxl.data(str(self.export("hxl")), hxl.InputOptions(allow_local=True))
        rows = list(found)
        self.assertEqual(sorted(row.get("#event+id") for row in rows), sorted(self.cases))
        for row in rows:
            killed = row.get("#affected+killed-min-max")
            if killed:
                self.assertGreaterEqual(int(killed), int(row.get("#affected+killed+min")))
        self.assertGreater(sum(bool(row.get("#affected+killed+min")) for row in rows), 2)

    def test_follow_the_money(self):
        """Every entity is valid, and every value that was put in comes out again."""
        from followthemoney import model
        from followthemoney.exc import InvalidData
        lines = self.export("ftm").read_text(encoding="utf-8").splitlines()
        kinds, values = set(), 0
        for line in lines:
            entity = json.loads(line)
            schema = model.get(entity["schema"])
            try:
                schema.validate(entity)
            except InvalidData as error:
                self.fail(f"{entity['schema']}: {error.errors}")
            proxy = model.get_proxy(entity, cleaned=False)
            for name, put in entity["properties"].items():
                values += len(put)
                # It puts letters and their marks together.
                put = {unicodedata.normalize("NFC", it) for it in put}
                self.assertEqual(set(proxy.get(name)), put, name)
            kinds.add(entity["schema"])
        self.assertGreater(values, 50)
        self.assertLessEqual({"Event", "Article", "Documentation", "Organization"}, kinds)

    def test_plover_and_timemap(self):
        lines = self.export("plover").read_text(encoding="utf-8").splitlines()
        self.assertGreater(len(lines), 0)
        types = {"PROTEST", "COERCE", "ASSAULT"}
        for line in lines:
            one = json.loads(line)
            self.assertIn(one["id"], self.cases)
            self.assertLessEqual({"id", "date", "actor", "event"}, set(one))
            self.assertLessEqual(set(one["event"]), types)
        found = json.loads(self.export("timemap").read_text(encoding="utf-8"))
        sources = {it["id"] for it in found["sources"]}
        kinds = {it["id"] for it in found["associations"]}
        for event in found["events"]:
            self.assertTrue(event["description"])
            self.assertTrue(event["date"] or event["latitude"] and event["longitude"])
            self.assertIsInstance(event["latitude"], str)
            self.assertLessEqual(set(event["sources"]), sources)
            self.assertLessEqual(set(event["associations"]), kinds)

    def test_the_public_form_names_nobody(self):
        """Whatever the format, the name of somebody who survived is not in its public form; it is in the full one."""
        self.assertIn("Quentañé", self.export("annotation").read_text(encoding="utf-8"))
        for name in ("acled", "ged", "ibc", "gtd", "mrm", "geojson", "kml", "annotation", "prov", "hxl", "ftm",
                     "plover", "timemap", "schema", "labelstudio"):
            with self.subTest(format=name):
                text = self.export(name, "--profile", "public").read_text(encoding="utf-8")
                self.assertTrue(text or name == "plover")
                for hidden in ("Quentañé", "Mariëlle"):
                    self.assertFalse(hidden in text, f"{hidden} is in it")
        self.assert_documents(lambda text: "Quentañé" in text)
        self.assert_documents(lambda text: "Quentañé" not in text and "Mariëlle" not in text, "--profile", "public")

    def assert_documents(self, holds, *how):
        from docx import Document
        from openpyxl import load_workbook
        from pyarrow.parquet import read_table
        book = self.folder / "profile.xlsx"
        self.call("export", f"xlsx={book}", "--force", "--casebook", self.book, *how)
        cells = [cell for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row]
        self.assertTrue(holds(" ".join(str(it) for it in cells)))
        table = read_table(self.export("parquet-claims", *how))
        self.assertTrue(holds(" ".join(str(it) for column in table.columns for it in column.to_pylist())))
        from pypdf import PdfReader
        document = Document(str(self.export("docx", *how)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        self.assertTrue(holds(" ".join([it.text for it in document.paragraphs] + cells)))
        said = " ".join(page.extract_text() for page in PdfReader(self.export("pdf", *how)).pages)
        self.assertTrue(holds(unicodedata.normalize("NFC", said)))


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
