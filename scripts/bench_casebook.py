"""Prints what a casebook costs, and times its peer on the same reports. See bench_casebook.sh."""

import calendar
import gzip
import html
import json
import os
import random
import re
import resource
import subprocess
import sys
import time

# Records of a day of news as Common Crawl's news crawl has them, and how many of ten are not on violence.
DAY = 380_000
OTHER = 9


def peer(lines, database, ours):
    """The same reports through sqlite-utils: inserted, then indexed for full-text search."""
    start = time.perf_counter()
    tool = [sys.executable, "-m", "sqlite_utils"]
    subprocess.run([*tool, "insert", database, "reports", lines, "--nl", "--pk", "id"], check=True)
    subprocess.run([*tool, "enable-fts", database, "reports", "title", "text"], check=True)
    seconds = time.perf_counter() - start
    told = dict(line.split(": ", 1) for line in open(ours) if ": " in line)
    count = sum(1 for _ in open(lines, "rb"))
    own = float(told["add"].split()[0])
    print(open(ours).read(), end="")
    print(f"sqlite-utils: {count / seconds:.0f} reports/s ({seconds:.1f} s), {os.path.getsize(database) / 1e6:.0f} MB")
    print(f"ours over sqlite-utils: {own * seconds / count:.2f} times as many a second")


def share(one, all_cores):
    """What reading costs beside everything else, and how much faster all cores are than one."""
    def seconds(path):
        line = next(line for line in open(path) if line.startswith("seconds "))
        return json.loads(line.split(" ", 1)[1])

    single, both = seconds(one), seconds(all_cores)
    rest = both["add"] + both["link"]
    whole = both["read"] + rest
    print(f"read {both['read']:.1f} s, everything else {rest:.1f} s: {100 * rest / whole:.0f} % of the time (limit 25)")
    print(f"on one core {single['read'] + single['add'] + single['link']:.1f} s, on all {whole:.1f} s: "
          f"{(single['read'] + single['add'] + single['link']) / whole:.2f} times (floor 1.8)")


VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
TOPICS = ["the harvest", "a new tram line", "the budget", "the football league", "school holidays", "the price of bread",
          "a film festival", "house rents", "the weather", "a bridge over the river"]
VERBS = ["discussed", "praised", "opened", "delayed", "reviewed", "announced", "welcomed", "criticised"]


class Stories:
    """The project's own invented events, told again and again with the letters of all names exchanged: other places and
    other people each time, so that each time they are other events."""

    def __init__(self):
        folder = os.path.join(os.path.dirname(__file__), "..", "data", "events")
        self.texts = []
        for event in sorted(os.listdir(folder)):
            inside = os.path.join(folder, event)
            for name in sorted(os.listdir(inside)):
                if name.endswith(".txt"):
                    self.texts.append(open(os.path.join(inside, name), encoding="utf-8").read())
        small = re.findall(r"\b[a-z]+\b", " ".join(self.texts))
        days = calendar.month_name[1:] + list(calendar.day_name)
        self.common = set(small) | {word.lower() for word in days}

    def tell(self, number):
        """Head lines, headline and paragraphs of the story of a number."""
        dice = random.Random(number // len(self.texts))
        to = {}
        for letters in (VOWELS, CONSONANTS):
            mixed = list(letters)
            dice.shuffle(mixed)
            to |= dict(zip(letters, mixed)) | dict(zip(letters.upper(), map(str.upper, mixed)))
        def name(word):
            return word[0] if word[0].lower() in self.common else "".join(to.get(letter, letter) for letter in word[0])

        text = re.sub(r"\b[A-Z][a-z]+\b", name, self.texts[number % len(self.texts)])
        head, _, body = text.partition("\n\n")
        return dict(line.split(": ", 1) for line in head.splitlines() if ": " in line), body.strip().split("\n\n")


def page(dice, number, story):
    """A page of news: a story, or something that is not on violence; some 3 kB of text."""
    if story:
        head, paragraphs = story
        title = head.get("Title", paragraphs[0][:80])
    else:
        head, title, sentences = {}, f"News of {dice.choice(TOPICS)}", []
        while sum(map(len, sentences)) < 2_600:
            sentences.append(f"The council of district {dice.randint(1, 900)} {dice.choice(VERBS)} {dice.choice(TOPICS)} and "
                             f"{dice.choice(VERBS)} {dice.choice(TOPICS)}, a spokeswoman noted.")
        paragraphs = [" ".join(sentences[at:at + 4]) for at in range(0, len(sentences), 4)]
    shown = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs)
    links = "".join(f'<li><a href="/{n}">{dice.choice(TOPICS)}</a></li>' for n in range(60))
    published = head.get("Published", "2031-03-04")[:10]
    return (f'<!doctype html><html lang="en"><head><title>{html.escape(title)}</title><meta property="og:site_name" '
            f'content="Courier {number % 90}"><meta property="article:published_time" content="{published}T10:00:00Z">'
            f"</head><body><nav><ul>{links}</ul></nav><article><h1>{html.escape(title)}</h1>\n{shown}</article>"
            f"<footer>All rights</footer></body></html>")


def archive(path, records, part=0):
    """A web archive of responses, a gzip member each, as crawlers write them; `part` of several that differ."""
    dice = random.Random(4 + part)
    stories = Stories()
    violent = 0
    with open(path, "wb") as out:
        for number in range(records):
            hot = dice.randrange(10) >= OTHER
            body = page(dice, number, stories.tell(part * records + violent) if hot else None).encode()
            violent += hot
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
                    f"WARC-Date: 2031-03-04T12:00:00Z\r\nWARC-Target-URI: https://courier-{number % 90}.example/{number}\r\n"
                    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(body)}\r\n\r\n")
            out.write(gzip.compress(head.encode() + http + body + b"\r\n\r\n", 5))
    return violent


def news(program, folder, records):
    """A day of the world's news, scaled down: time of each stage, projected, and the largest memory."""
    path = os.path.join(folder, "news.warc.gz")
    violent = archive(path, records)
    print(f"{records:,} records, {violent:,} on violence, {os.path.getsize(path) / 1e6:.0f} MB")
    book = os.path.join(folder, "news")
    def call(*words):
        start = time.perf_counter()
        done = subprocess.run([program, *words, "--casebook", book, "--json"], check=True, capture_output=True, text=True)
        return time.perf_counter() - start, json.loads(done.stdout or "{}")

    subprocess.run([program, "init", book], check=True, stdout=subprocess.DEVNULL)
    added, told = call("add", "--in-scope", "--lang", "en", path)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    scale = DAY / records
    print(f"add: {added:.1f} s ({records / added:,.0f} records/s), {told['new']:,} taken, {memory:.0f} MB at most")
    for reader in ("fast", "full"):
        subprocess.run([program, "config", "set", "reader", reader, "--casebook", book], check=True,
                       stdout=subprocess.DEVNULL)
        ran, _ = call("run")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"run, {reader} reader: {ran:.1f} s ({told['new'] / ran:,.0f} reports/s), {peak:.0f} MB at most")
        print(f"a day of {DAY:,} records: add {added * scale / 60:.1f} min, run {ran * scale / 60:.1f} min, together "
              f"{(added + ran) * scale / 60:.1f} min (limit 10)")


if __name__ == "__main__":
    name, *rest = sys.argv[1:]
    if name == "news":
        rest[2] = int(rest[2])
    {"peer": peer, "share": share, "news": news}[name](*rest)
