"""Workers that train on their own and average their weights now and then: what the trainers share."""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor, nn


def parameter_groups(
    net: nn.Module, rate: float, layer_decay: float, head_rate: float
) -> list[dict[str, object]]:
    """Lower layers learn more slowly; what is new beside the encoder has a rate of its own."""
    layers = net.encoder.config.num_hidden_layers
    groups: list[dict[str, object]] = []
    for name, weight in net.named_parameters():
        if name.startswith("encoder.embeddings"):
            own = rate * layer_decay ** (layers + 1)
        elif name.startswith("encoder.encoder.layer."):
            own = rate * layer_decay ** (layers - 1 - int(name.split(".")[3]))
        else:
            own = head_rate
        groups.append({"params": [weight], "lr": own, "weight_decay": 0.01 if weight.ndim > 1 else 0.0})
    return groups


def agree(weights: list[Tensor], progress: float, workers: int) -> float:
    """Average the workers' weights; all go on from the furthest progress."""
    furthest = torch.tensor(progress)
    dist.all_reduce(furthest, dist.ReduceOp.MAX)
    for weight in weights:
        dist.all_reduce(weight)
        weight.div_(workers)
    return float(furthest)


def save(averaged: dict[str, Tensor], out: Path) -> None:
    """Write the averaged weights; never leaves half a file."""
    torch.save(averaged, out / "net.pt.part")
    (out / "net.pt.part").rename(out / "net.pt")


def report(out: Path, epoch: float, step: int, loss: float, progress: float, seconds: float) -> None:
    """One line of figures to the terminal and to log.jsonl."""
    line = {"epoch": epoch, "step": step, "loss": round(loss, 4), "progress": round(progress, 4)}
    text = json.dumps(line | {"seconds": round(seconds)})
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(text + "\n")
    print(text, flush=True)
