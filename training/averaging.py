"""Workers that train on their own and average their weights now and then: what the trainers share."""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor


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
