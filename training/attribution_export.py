"""Trained weights → ONNX int8, tokenizer and config: `python attribution_export.py --help`.

The graph is written out by hand with ONNX Runtime's fused operators (Attention, SkipLayerNormalization,
BiasGelu), so that what runs does not depend on what an exporter and an optimiser make of the module.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

MS = "com.microsoft"
LONGEST = 512


class Graph:
    """Nodes and weights in the making."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        self.weights = {name: weight.detach().float().numpy() for name, weight in weights.items()}
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Any) -> str:
        """Keep an array under a name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output; its name is the output's."""
        self.nodes.append(helper.make_node(op, inputs, [output], output, domain=domain, **attributes))
        return output

    def linear(self, source: str, weight: str, output: str, bias: bool = True) -> str:
        """x · Wᵀ + b."""
        kernel = self.constant(f"{output}.weight", self.weights[f"{weight}.weight"].T)
        product = self.add("MatMul", [source, kernel], f"{output}.product" if bias else output)
        if not bias:
            return product
        added = self.constant(f"{output}.bias", self.weights[f"{weight}.bias"])
        return self.add("Add", [product, added], output)

    def skip_norm(self, fresh: str, skip: str, norm: str, bias: str, output: str) -> str:
        """LayerNorm(fresh + bias + skip)."""
        names = [
            self.constant(f"{output}.gamma", self.weights[f"{norm}.weight"]),
            self.constant(f"{output}.beta", self.weights[f"{norm}.bias"]),
            self.constant(f"{output}.skip_bias", self.weights[f"{bias}.bias"]),
        ]
        return self.add("SkipLayerNormalization", [fresh, skip, *names], output, MS, epsilon=1e-12)


def embed(graph: Graph) -> str:
    """Pieces, case, quotation state and place → the encoder's input."""
    base = "encoder.embeddings"
    weights = graph.weights
    kind = weights[f"{base}.token_type_embeddings.weight"][:1]  # there is only one kind of text
    places = weights[f"{base}.position_embeddings.weight"][:LONGEST] + kind
    tables = {
        "words": ("ids", weights[f"{base}.word_embeddings.weight"]),
        "cases": ("case", weights["case.weight"]),
        "quotes": ("quote", weights["quote.weight"]),
    }
    parts = []
    for name, (ids, table) in tables.items():
        parts.append(graph.add("Gather", [graph.constant(f"{name}.table", table), ids], name))
    shape = graph.add("Shape", ["ids"], "shape", start=1, end=2)
    zero, axes = graph.constant("zero", np.array([0])), graph.constant("axes", np.array([0]))
    table = graph.constant("places.table", places)
    parts.append(graph.add("Slice", [table, zero, shape, axes], "places"))
    total = parts[0]
    for part in parts[1:]:
        total = graph.add("Add", [total, part], f"{total}+{part}")
    gamma = graph.constant("embedded.gamma", weights[f"{base}.LayerNorm.weight"])
    beta = graph.constant("embedded.beta", weights[f"{base}.LayerNorm.bias"])
    return graph.add("LayerNormalization", [total, gamma, beta], "embedded", axis=-1, epsilon=1e-12)


def layer(graph: Graph, number: int, hidden: str, heads: int) -> str:
    """One layer of the encoder."""
    base, name = f"encoder.encoder.layer.{number}", f"layer{number}"
    trio = [f"{base}.attention.self.{part}" for part in ("query", "key", "value")]
    kernel = np.concatenate([graph.weights[f"{part}.weight"].T for part in trio], axis=1)
    bias = np.concatenate([graph.weights[f"{part}.bias"] for part in trio])
    merged = [graph.constant(f"{name}.qkv", kernel), graph.constant(f"{name}.qkv_bias", bias)]
    seen = graph.add("Attention", [hidden, *merged, "mask32"], f"{name}.attention", MS, num_heads=heads)
    out = graph.linear(seen, f"{base}.attention.output.dense", f"{name}.attended", bias=False)
    dense, norm = f"{base}.attention.output.dense", f"{base}.attention.output.LayerNorm"
    middle = graph.skip_norm(out, hidden, norm, dense, f"{name}.middle")
    wide = graph.linear(middle, f"{base}.intermediate.dense", f"{name}.wide", bias=False)
    wide_bias = graph.constant(f"{name}.wide_bias", graph.weights[f"{base}.intermediate.dense.bias"])
    active = graph.add("BiasGelu", [wide, wide_bias], f"{name}.active", MS)
    narrow = graph.linear(active, f"{base}.output.dense", f"{name}.narrow", bias=False)
    norm = f"{base}.output.LayerNorm"
    return graph.skip_norm(narrow, middle, norm, f"{base}.output.dense", f"{name}.hidden")


def build(weights: dict[str, torch.Tensor], heads: int = 12) -> onnx.ModelProto:
    """The whole network: ids, case, quote, mask → tags (log probabilities), links (vectors)."""
    graph = Graph(weights)
    graph.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)
    hidden = embed(graph)
    number = 0
    while f"encoder.encoder.layer.{number}.output.dense.weight" in graph.weights:
        hidden = layer(graph, number, hidden, heads)
        number += 1
    scores = graph.linear(hidden, "tags", "tag_scores")
    graph.add("LogSoftmax", [scores], "tags", axis=-1)
    graph.linear(hidden, "links", "links")
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["windows", "pieces"])
        for name in ("ids", "case", "quote", "mask")
    ]
    sizes = {name: graph.weights[f"{name}.weight"].shape[0] for name in ("tags", "links")}
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["windows", "pieces", size])
        for name, size in sizes.items()
    ]
    body = helper.make_graph(graph.nodes, "attribution_tagger", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8)


def read_arguments(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The command line, with what every export takes."""
    parser.add_argument("checkpoint", type=Path, help="net.pt of the trainer")
    parser.add_argument("weights", type=Path, help="folder with the encoder's tokenizer.json")
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--reduce-range", action="store_true", help="7-bit weights, for processors without VNNI"
    )
    parser.add_argument("--keep-fp32", action="store_true", help="leave model.fp32.onnx in the folder")
    return parser.parse_args()


def write(args: argparse.Namespace, model: onnx.ModelProto, exact: list[str], config: object) -> None:
    """Write the folder that the product loads: int8 but for the nodes named `exact`, tokenizer and config."""
    args.out.mkdir(parents=True, exist_ok=True)
    full = args.out / "model.fp32.onnx"
    onnx.save(model, full)
    quantize_dynamic(
        full,
        args.out / "model.onnx",
        per_channel=True,
        reduce_range=args.reduce_range,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather"],
        nodes_to_exclude=exact,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    if not args.keep_fp32:
        full.unlink()
    shutil.copyfile(args.weights / "tokenizer.json", args.out / "tokenizer.json")
    if config is not None:
        (args.out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    for path in sorted(args.out.iterdir()):
        print(f"{path.stat().st_size / 1e6:7.2f} MB  {path.name}")


def main() -> None:
    """Read a checkpoint, write the folder that the product loads."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--config", type=Path, help="JSON of attribution_tune.py, to go into config.json")
    args = read_arguments(ap)
    config = json.loads(args.config.read_text(encoding="utf-8")) if args.config else None
    exact = ["cases", "quotes", "tag_scores.product", "links.product"]
    write(args, build(torch.load(args.checkpoint)), exact, config)


if __name__ == "__main__":
    main()
