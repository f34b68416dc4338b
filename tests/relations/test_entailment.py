"""The entailment room: the shipped model on sentences of our own, and models of the user's."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

from claimtrack.errors import ModelError, UsageError
from claimtrack.relations.entailment import BUILTIN_FOLDER, Entailment, load_entailment
from claimtrack.settings import read_settings

# A statement, one that follows from it, one that contradicts it: invented for this test.
TRIPLES = [
    (
        "The bridge over the Orla will reopen to traffic on Monday.",
        "Traffic will cross the Orla bridge again from Monday.",
        "The bridge over the Orla will not reopen to traffic on Monday.",
    ),
    (
        "Twelve people were killed when the ferry sank off the coast.",
        "Twelve people died in the sinking of the ferry.",
        "Nobody was killed when the ferry sank off the coast.",
    ),
    (
        "The minister has accepted the commission's proposal on fishing quotas.",
        "The minister accepted a proposal on fishing quotas.",
        "The minister has rejected the commission's proposal on fishing quotas.",
    ),
    (
        "The bank's profits rose by a fifth last year.",
        "Profits at the bank increased last year.",
        "The bank's profits fell by a fifth last year.",
    ),
    (
        "The striker has signed a new contract with the club, his agent said.",
        "The striker signed a new contract with the club.",
        "The striker's agent denied that he has signed a new contract with the club.",
    ),
    (
        "The vaccine is safe for children, the agency found.",
        "The agency found the vaccine safe for children.",
        "The vaccine is dangerous for children, the agency found.",
    ),
    (
        "The two presidents met in Lisbon on Friday.",
        "The presidents held a meeting in Lisbon.",
        "The two presidents have never met.",
    ),
    (
        "A photograph shows a whale beached on the town's promenade.",
        "A whale on the town's promenade was photographed.",
        "The photograph of a whale on the town's promenade is a hoax.",
    ),
]
ELSEWHERE = "The orchestra will open its season with a symphony by a young composer."


@pytest.fixture(scope="module")
def builtin() -> Entailment:
    """The model that ships with the package."""
    model = load_entailment("builtin")
    assert model is not None
    return model


def test_a_contradiction_is_told_from_what_follows(builtin: Entailment) -> None:
    follows = builtin.probabilities([(a, b) for a, b, _ in TRIPLES])
    conflicts = builtin.probabilities([(a, c) for a, _, c in TRIPLES])
    for (statement, _, _), yes, no in zip(TRIPLES, follows, conflicts, strict=True):
        assert no.contradicts > 0.5 > yes.contradicts, statement
        assert yes.entails > no.entails, statement


def test_statements_on_other_matters_are_neutral(builtin: Entailment) -> None:
    for answer in builtin.probabilities([(a, ELSEWHERE) for a, _, _ in TRIPLES]):
        assert answer.neutral == max(answer)


def test_probabilities_sum_to_one(builtin: Entailment) -> None:
    for answer in builtin.probabilities([(a, c) for a, _, c in TRIPLES]):
        assert sum(answer) == pytest.approx(1, abs=1e-4)
        assert min(answer) >= 0


def test_company_and_order_change_nothing(builtin: Entailment) -> None:
    pairs = [(a, c) for a, _, c in TRIPLES] + [(a, b) for a, b, _ in TRIPLES] + [("Yes.", ELSEWHERE * 9)]
    together = dict(zip(pairs, builtin.probabilities(pairs), strict=True))
    shuffled = random.Random(7).sample(pairs, len(pairs)) + pairs[:3]
    assert builtin.probabilities(shuffled) == [together[pair] for pair in shuffled]
    assert [builtin.probabilities([pair])[0] for pair in pairs] == list(together.values())
    assert builtin.probabilities([]) == []


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\ud7ff\u202e", "a" * 3_000_000, "né " * 100_000, "[SEP] [CLS] [MASK]"]
)
def test_hostile_texts_are_judged_like_others(builtin: Entailment, text: str) -> None:
    for answer in builtin.probabilities([(text, ELSEWHERE), (ELSEWHERE, text), (text, text)]):
        assert sum(answer) == pytest.approx(1, abs=1e-4)


def test_the_shipped_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in BUILTIN_FOLDER.iterdir()) < 24.5e6


def test_one_load_a_process(builtin: Entailment) -> None:
    assert load_entailment("builtin") is builtin
    assert builtin.fingerprint.startswith("builtin:")


def test_off_is_none() -> None:
    assert load_entailment("off") is None


def test_naming_the_room_loads_no_runtime() -> None:
    code = (
        "import sys, claimtrack.relations.entailment as room; assert room.load_entailment('off') is None;"
        "print([name for name in ('onnxruntime', 'tokenizers') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


# A user's own model: one that counts "not" for a contradiction and "same" for an entailment.
WORDS = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "not": 4, "same": 5}
COUNTS = {"contradiction": 4, "entailment": 5}


def write_model(
    folder: Path,
    labels: tuple[str, ...] = ("neutral", "ENTAILMENT", "Contradiction"),
    inputs: tuple[str, ...] = ("input_ids", "attention_mask", "token_type_ids"),
    graph_path: str = "model.onnx",
    kind: int = TensorProto.INT64,
) -> Path:
    """A folder with a cross-encoder that scores a label by how often its word stands in the pair."""
    table = np.zeros((len(WORDS), len(labels)), dtype=np.float32)
    for place, label in enumerate(labels):
        if label.lower() in COUNTS:
            table[COUNTS[label.lower()], place] = 3.0
        if label.lower() == "neutral":
            table[WORDS["[CLS]"], place] = 1.0
    nodes = [
        helper.make_node("Gather", ["table", inputs[0]], ["scores"]),
        helper.make_node("ReduceSum", ["scores", "axis"], ["logits"], keepdims=0),
    ]
    constants = [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1]), "axis")]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, kind, ["pairs", "pieces"]) for name in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pairs", len(labels)])],
        constants,
    )
    (folder / graph_path).parent.mkdir(parents=True, exist_ok=True)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(folder / graph_path))
    tokenizer = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"id2label": {str(place): label for place, label in enumerate(labels)}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "labels",
    [
        ("neutral", "ENTAILMENT", "Contradiction"),
        ("contradiction", "neutral", "entailment"),
        ("ENTAILMENT", "CONTRADICTION", "NEUTRAL"),
    ],
)
def test_a_model_of_the_users_may_order_its_labels_as_it_likes(
    tmp_path: Path, labels: tuple[str, ...]
) -> None:
    model = load_entailment(str(write_model(tmp_path, labels)))
    assert model is not None
    against, along, open_ = model.probabilities([("it is", "it is not"), ("it is", "same"), ("it is", "who")])
    assert against.contradicts == max(against) > 0.8
    assert along.entails == max(along) > 0.8
    assert open_.neutral == max(open_)
    assert model.fingerprint.startswith(f"{tmp_path.name}:")


@pytest.mark.parametrize("kind", [TensorProto.INT64, TensorProto.INT32])
@pytest.mark.parametrize("inputs", [("input_ids", "attention_mask"), ("input_ids",)])
def test_models_without_text_marks_or_with_short_integers_run(
    tmp_path: Path, inputs: tuple[str, ...], kind: int
) -> None:
    model = load_entailment(
        str(write_model(tmp_path, inputs=inputs, kind=kind, graph_path="onnx/model.onnx"))
    )
    assert model is not None
    (answer,) = model.probabilities([("it is", "it is not")])
    assert answer.contradicts > 0.8


def test_other_weights_have_another_fingerprint(tmp_path: Path) -> None:
    names = []
    for number, labels in enumerate(
        (("neutral", "entailment", "contradiction"), ("entailment", "neutral", "contradiction"))
    ):
        model = load_entailment(str(write_model(tmp_path / str(number) / "same", labels)))
        assert model is not None
        names.append(model.fingerprint)
    assert names[0] != names[1]


def many_words() -> str:
    """A tokenizer of more pieces than the model has rows for."""
    words = WORDS | {"Try": 77, "One": 78, ".": 79}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    return str(tokenizer.to_str())


MANY_WORDS = many_words()


def without(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def with_text(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without("model.onnx"), "model.onnx"),
        (without("tokenizer.json"), "tokenizer.json"),
        (without("config.json"), "config.json"),
        (with_text("model.onnx", "no graph"), "cannot be loaded"),
        (with_text("tokenizer.json", "{}"), "cannot be loaded"),
        (with_text("config.json", "{"), "cannot be read"),
        (with_text("config.json", "[]"), "no settings"),
        (with_text("config.json", "{}"), "id2label"),
        (
            with_text("config.json", '{"id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}}'),
            "id2label",
        ),
        (with_text("config.json", '{"id2label": {"0": "entailment", "1": "not_entailment"}}'), "id2label"),
        (lambda folder: write_model(folder, inputs=("pixels",)), "pixels"),
        (with_text("tokenizer.json", MANY_WORDS), "does not run"),  # pieces that its table lacks
        (
            lambda folder: write_model(folder, ("neutral", "entailment", "contradiction", "other")),
            "one score",
        ),
    ],
)
def test_a_folder_without_a_usable_model_is_one_clear_error(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(write_model(tmp_path))
    with pytest.raises(ModelError, match=said) as caught:
        load_entailment(str(tmp_path))
    assert "CLAIMTRACK_ENTAILMENT" in caught.value.hint


def test_the_setting_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMTRACK_ENTAILMENT", raising=False)
    assert read_settings().entailment == "builtin"
    assert read_settings(entailment="off").entailment == "off"
    monkeypatch.setenv("CLAIMTRACK_ENTAILMENT", str(tmp_path))
    assert read_settings().entailment == str(tmp_path)
    monkeypatch.setenv("CLAIMTRACK_ENTAILMENT", str(tmp_path / "absent"))
    with pytest.raises(UsageError, match="CLAIMTRACK_ENTAILMENT"):
        read_settings()
