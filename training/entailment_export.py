"""Trained weights → ONNX, tokenizer and config: `python entailment_export.py --help`.

The graph is written out with ONNX Runtime's fused operators, as in `attribution_export.py`.  Inputs, output
and config.json are those of any 3-way cross-encoder, so that the product runs this and other people's models
alike.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from attribution_export import MS, Graph, layer
from entailment_data import LABELS, LONGEST
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic


def embed(graph: Graph) -> str:
    """Pieces, which text, place → the encoder's input."""
    base = "encoder.embeddings"
    words = graph.constant("words.table", graph.weights[f"{base}.word_embeddings.weight"])
    kinds = graph.constant("kinds.table", graph.weights[f"{base}.token_type_embeddings.weight"])
    places = graph.constant("places.table", graph.weights[f"{base}.position_embeddings.weight"][:LONGEST])
    total = graph.add("Gather", [words, "input_ids"], "words")
    total = graph.add("Add", [total, graph.add("Gather", [kinds, "token_type_ids"], "kinds")], "words+kinds")
    shape = graph.add("Shape", ["input_ids"], "shape", start=1, end=2)
    zero, axes = graph.constant("zero", np.array([0])), graph.constant("axes", np.array([0]))
    total = graph.add("Add", [total, graph.add("Slice", [places, zero, shape, axes], "places")], "placed")
    gamma = graph.constant("embedded.gamma", graph.weights[f"{base}.LayerNorm.weight"])
    beta = graph.constant("embedded.beta", graph.weights[f"{base}.LayerNorm.bias"])
    return graph.add("LayerNormalization", [total, gamma, beta], "embedded", axis=-1, epsilon=1e-12)


def mean_of(graph: Graph, part: str, hidden: str) -> str:
    """The mean vector [pairs, width] of the pieces that `part` [pairs, pieces] marks with 1."""
    one = graph.constant(f"{part}.axis", np.array([1]))
    row = graph.add("Unsqueeze", [part, one], f"{part}.row")
    total = graph.add(
        "Squeeze", [graph.add("MatMul", [row, hidden], f"{part}.product"), one], f"{part}.total"
    )
    count = graph.add("ReduceSum", [part, one], f"{part}.count", keepdims=1)
    return graph.add("Div", [total, count], f"{part}.mean")


def head(graph: Graph, hidden: str) -> str:
    """The encoder's output → scores of LABELS."""
    graph.add("Mul", ["token_type_ids", "attention_mask"], "second.ids")
    graph.add("Cast", ["second.ids"], "second", to=TensorProto.FLOAT)
    graph.add("Cast", ["attention_mask"], "mask.float", to=TensorProto.FLOAT)
    graph.add("Sub", ["mask.float", "second"], "first")
    places = [graph.constant(name, np.array([value])) for name, value in (("at0", 0), ("at1", 1))]
    first = graph.add("Slice", [hidden, *places, places[1]], "cls.row")  # axis 1, too
    first = graph.add("Squeeze", [first, places[1]], "cls")
    a, b = mean_of(graph, "first", hidden), mean_of(graph, "second", hidden)
    product = graph.add("Mul", [a, b], "a*b")
    distance = graph.add("Abs", [graph.add("Sub", [a, b], "a-b")], "|a-b|")
    seen = graph.add("Concat", [first, a, b, product, distance], "seen", axis=-1)
    compared = graph.add("Tanh", [graph.linear(seen, "compare", "compare")], "compared")
    return graph.linear(compared, "scores", "logits")


def build(weights: dict[str, torch.Tensor], heads: int = 12) -> onnx.ModelProto:
    """The whole network: input_ids, attention_mask, token_type_ids → logits."""
    graph = Graph(weights)
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    hidden = embed(graph)
    number = 0
    while f"encoder.encoder.layer.{number}.output.dense.weight" in graph.weights:
        hidden = layer(graph, number, hidden, heads)
        number += 1
    head(graph, hidden)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs", "pieces"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pairs", len(LABELS)])]
    body = helper.make_graph(graph.nodes, "entailment", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8)


def main() -> None:
    """Read a checkpoint, write the folder that the product loads."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("checkpoint", type=Path, help="net.pt of entailment_train.py")
    ap.add_argument("weights", type=Path, help="folder with the encoder's tokenizer.json")
    ap.add_argument("out", type=Path)
    ap.add_argument(
        "--temperature", type=float, default=1.0, help="divides the scores (entailment_evaluate.py)"
    )
    ap.add_argument("--reduce-range", action="store_true", help="7-bit weights, for processors without VNNI")
    ap.add_argument("--keep-fp32", action="store_true", help="leave model.fp32.onnx in the folder")
    args = ap.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    full = args.out / "model.fp32.onnx"
    onnx.save(build(torch.load(args.checkpoint)), full)
    quantize_dynamic(
        full,
        args.out / "model.onnx",
        per_channel=True,
        reduce_range=args.reduce_range,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        nodes_to_exclude=["kinds", "logits.product"],
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    if not args.keep_fp32:
        full.unlink()
    shutil.copyfile(args.weights / "tokenizer.json", args.out / "tokenizer.json")
    config = {
        "id2label": {str(number): label for number, label in enumerate(LABELS)},
        "max_position_embeddings": LONGEST,
        "pad_token_id": 0,
        "calibration_temperature": args.temperature,
    }
    (args.out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    for path in sorted(args.out.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {path.name}")


if __name__ == "__main__":
    main()
