"""Readings, incidents and dossiers: the same as the program's."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import threading
import time
from pathlib import Path

import pytest
from conftest import INCIDENTS, SAMPLES, reports

import crossbearing

TEXT = "Nine people were killed in Harun on Tuesday, police said. A doctor said 11 had died."


def record(**more: object) -> dict[str, object]:
    return {"text": TEXT, "source": "Lake Tribune", "published": "2031-06-08", **more}


@pytest.mark.parametrize("folder", INCIDENTS, ids=lambda folder: folder.name)
def test_a_dossier_is_that_of_the_program_byte_for_byte(folder: Path, run) -> None:
    files = reports(folder)
    made = crossbearing.dossier(files)
    assert made.json() == run("dossier", *files, "--json")
    assert made.markdown() == run("dossier", *files, "--md")


def test_the_incidents_are_those_of_the_program(run) -> None:
    listed = json.loads(run("dossier", SAMPLES, "--list", "--json"))
    made = crossbearing.dossiers(SAMPLES)
    assert {it.case for it in made} == {it["case"] for it in listed["incidents"]}
    assert len(made) >= 4


def test_read_and_link_give_what_dossiers_gives() -> None:
    files = [path for folder in INCIDENTS for path in reports(folder)]
    readings = crossbearing.read(files)
    assert len(readings) == len(files)
    incidents = crossbearing.link(reversed(readings))
    by_case = {it.case: it.dossier().json() for it in incidents}
    assert by_case == {it.case: it.json() for it in crossbearing.dossiers(files)}
    several = next(it for it in incidents if len(it.reports) > 1)
    assert several.why()[0]["score"] > 0


def test_a_reading_comes_back_whole_from_json_and_pickle() -> None:
    (reading,) = crossbearing.read([record()])
    again = crossbearing.Reading.from_json(reading.json())
    assert again.json() == reading.json() == pickle.loads(pickle.dumps(reading)).json()
    for claim in reading.claims:
        for quote in claim["quotes"]:
            assert reading.text[quote["start"] : quote["end"]] == quote["exact"]
    assert {claim["slot"] for claim in reading.claims} >= {"killed", "where"}
    with pytest.raises(ValueError, match="no reading"):
        crossbearing.Reading.from_json("{}")


def test_offsets_are_code_points_beside_emoji_and_arabic() -> None:
    (reading,) = crossbearing.read(["😀 قُتِلَ e\u0301 — At least 12 people were killed in غارة, police said."])
    quotes = [quote for claim in reading.claims if claim["slot"] == "killed" for quote in claim["quotes"]]
    assert quotes
    assert all(reading.text[it["start"] : it["end"]] == it["exact"] for it in quotes)


def test_records_bytes_and_texts_are_one_report_whichever_way_they_come() -> None:
    page = f"<html><head><title>x</title></head><body><article><p>{TEXT}</p></article></body></html>"
    head = "Source: Lake Tribune\nPublished: 2031-06-08\n\n"
    def one(*ways: object) -> crossbearing.Reading:
        readings = [crossbearing.read([way])[0] for way in ways]
        assert len({reading.json() for reading in readings}) == 1
        return readings[0]

    of_record = one(record(), record(title=None, colour="red"))
    # Lines at the top of a text are part of its frozen text.
    of_text = one(head + TEXT, (head + TEXT).encode())
    said = lambda reading: [(claim["slot"], [it["exact"] for it in claim["quotes"]]) for claim in reading.claims]
    assert said(of_record) == said(of_text) != []
    assert of_record.report["published"] == of_text.report["published"]
    (of_bytes,) = crossbearing.read([record(bytes=page.encode(), text=None, media_type="text/html")])
    assert of_bytes.report["source"]["name"] == "Lake Tribune"
    assert TEXT in of_bytes.text


def test_one_bad_report_stops_none_and_is_told() -> None:
    given = [record(), {"killed": 3}, b"\x00\x01\x02" * 50, Path("/nowhere/report.txt"), record()]
    with pytest.warns(crossbearing.CrossbearingWarning):
        readings = crossbearing.read(given)
    assert len(readings) == 1
    codes = {note["code"]: note["subject"] for note in readings.notes if note["severity"] == "error"}
    assert codes["no-text"] == "reports[1]"
    assert codes["unreadable"] == "/nowhere/report.txt"
    assert any(note["code"] == "same-report" and note["subject"] == "reports[4]" for note in readings.notes)
    assert "Harun" not in json.dumps(readings.notes)


def test_what_is_no_report_is_refused_with_what_to_do() -> None:
    with pytest.raises(TypeError, match=r"write \[text\]"):
        crossbearing.read(TEXT)
    with pytest.raises(TypeError, match=r"reports\[0\] is of type int"):
        crossbearing.read([3])
    with pytest.raises(crossbearing.CrossbearingError, match="read\\(reports\\) gives readings"):
        crossbearing.link([TEXT])
    with pytest.raises(crossbearing.CrossbearingError, match="one=True takes them as one"):
        crossbearing.dossier(SAMPLES)
    with pytest.raises(crossbearing.CrossbearingError, match="no report could be read"):
        with pytest.warns(crossbearing.CrossbearingWarning):
            crossbearing.dossier("/nowhere")
    with pytest.raises(crossbearing.CrossbearingError, match="prepare"):
        crossbearing.read([TEXT], data="/nowhere")


def test_people_s_decisions_are_followed() -> None:
    files = [path for folder in INCIDENTS for path in reports(folder)]
    readings = crossbearing.read(files)
    before = crossbearing.link(readings)
    one = next(it for it in before if len(it.reports) > 1)
    apart = [{"decision": "different", "a": one.reports[0], "b": other} for other in one.reports[1:]]
    after = crossbearing.link(readings, apart)
    of_first = next(it for it in after if one.reports[0] in it.reports and not it.in_passing)
    assert not set(one.reports[1:]) & set(of_first.reports)
    with pytest.raises(ValueError, match="judgements"):
        crossbearing.link(readings, [{"decision": "perhaps"}])


def test_other_threads_run_while_reports_are_read() -> None:
    crossbearing.read([TEXT])
    many = [record(text=f"{TEXT} It was report {at}. " * 20) for at in range(100)]
    ticks = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.wait(0.002):
            ticks.append(time.monotonic())

    other = threading.Thread(target=tick)
    other.start()
    begun = time.monotonic()
    crossbearing.read(many)
    ended = time.monotonic()
    stop.set()
    other.join()
    within = [at for at in ticks if begun < at < ended]
    longest = max(after - before for before, after in zip([begun, *within], [*within, ended]))
    # With the lock held, there would be no tick in all of it.
    assert longest < (ended - begun) / 2


def _in_child() -> None:
    try:
        crossbearing.read([TEXT])
    except crossbearing.CrossbearingError as error:
        os._exit(7 if "spawn" in str(error) else 1)
    os._exit(2)


def test_a_forked_process_is_told_and_does_not_hang() -> None:
    crossbearing.read([TEXT])
    child = multiprocessing.get_context("fork").Process(target=_in_child)
    child.start()
    child.join(60)
    assert child.exitcode == 7
