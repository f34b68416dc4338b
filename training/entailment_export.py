"""Trained weights → ONNX, tokenizer and config: `python entailment_export.py --help`.

The graph is written out with ONNX Runtime's fused operators, as in `attribution_export.py`.  Inputs, output
and config.json are those of any 3-way cross-encoder, so that the product runs this and other people's models
alike.
"""

from __future__ import annotations

import argparse

import numpy as np
import onnx
import torch
from attribution_export import MS, Graph, layer, read_arguments, write
from entailment_data import LABELS, LONGEST
from onnx import TensorProto, helper


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
    ap.add_argument(
        "--temperature", type=float, default=1.0, help="divides the scores (entailment_evaluate.py)"
    )
    args = read_arguments(ap)
    config = {
        "id2label": {str(number): label for number, label in enumerate(LABELS)},
        "max_position_embeddings": LONGEST,
        "pad_token_id": 0,
        "calibration_temperature": args.temperature,
    }
    write(args, build(torch.load(args.checkpoint)), ["kinds", "logits.product"], config)


if __name__ == "__main__":
    main()
