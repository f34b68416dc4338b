"""Train the attribution tagger: `python attribution_train.py --help`.

Several workers of one thread each train on their share of an epoch and average their weights every few
steps (on a shared machine this is twice as fast as one worker with as many threads).  The averaged weights
of the run so far go to the output folder, with a line of figures after each epoch.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.distributed as dist
from attribution_data import Labelled, batches, collate, label, read_corpus, split
from attribution_model import TaggerNet, loss_of
from averaging import agree, parameter_groups, report, save
from tokenizers import Tokenizer


def parse() -> argparse.Namespace:
    """The command line; the defaults are the recipe of the shipped weights."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("corpus", type=Path, help="annotated articles, JSON lines")
    ap.add_argument("weights", type=Path, help="MiniLM: config.json, model.safetensors, tokenizer.json")
    ap.add_argument("out", type=Path, help="folder for checkpoints")
    ap.add_argument("--epochs", type=int, default=10)
    ap.add_argument("--minutes", type=float, default=1e6, help="end the learning rate's descent by then")
    ap.add_argument("--stop", type=float, default=0.5, help="share of the descent to run: later it overfits")
    ap.add_argument("--size", type=int, default=254, help="pieces a window")
    ap.add_argument("--batch", type=int, default=8, help="windows a step and worker")
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--agree", type=int, default=16, help="steps between two averagings of the workers")
    ap.add_argument("--rate", type=float, default=3e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--layer-decay", type=float, default=0.9)
    ap.add_argument("--dropout", type=float, default=0.1, help="before the heads")
    ap.add_argument("--drop-token", type=float, default=0.05, help="share of pieces masked")
    ap.add_argument("--smoothing", type=float, default=0.05)
    ap.add_argument("--link-weight", type=float, default=0.3)
    ap.add_argument("--average", type=float, default=0.96, help="decay of the averaged weights an averaging")
    ap.add_argument("--held-out", type=int, default=42, help="articles kept for thresholds and calibration")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--port", type=int, default=29517, help="on which the workers meet")
    ap.add_argument("--init", type=Path, help="continue from these weights (net.pt)")
    return ap.parse_args()


def load_tokenizer(weights: Path) -> Tokenizer:
    """The encoder's tokenizer, without the limits its file sets."""
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def train(rank: int, args: argparse.Namespace, articles: list[Labelled], tokenizer: Tokenizer) -> None:
    """The whole run of one worker; the first also keeps the running average and writes."""
    rng = random.Random(args.seed)
    special = (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]"))
    net = TaggerNet(args.weights, args.dropout)
    if args.init:
        net.load_state_dict(torch.load(args.init))
    weights = [weight.detach() for weight in net.parameters()]
    agree(weights, 0.0, args.workers)  # the heads begin at random
    averaged = {name: weight.detach().clone() for name, weight in net.named_parameters()}
    groups = parameter_groups(net, args.rate, args.layer_decay, args.head_rate)
    peaks = [group["lr"] for group in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    per_epoch = len(batches(articles, args.size, args.batch, random.Random(0))) // args.workers
    total, step, meetings, progress, began = per_epoch * args.epochs, 0, 0, 0.0, time.time()
    for epoch in range(args.epochs):
        net.train()
        running: list[float] = []
        mine = batches(articles, args.size, args.batch, rng)[rank :: args.workers]
        for group in mine[: per_epoch - 2]:  # as many for each worker, whatever the cuts
            for part, peak in zip(optimiser.param_groups, peaks, strict=True):
                part["lr"] = peak * min((step + 1) / (0.06 * total), 0.5 + 0.5 * math.cos(math.pi * progress))
            with torch.autocast("cpu", torch.bfloat16):
                batch = collate(group, *special)
                loss = loss_of(net, batch, args.link_weight, args.smoothing, args.drop_token)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0, foreach=True)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            running.append(loss.item())
            if step % args.agree:
                continue
            spent = (time.time() - began) / 60 / args.minutes
            progress = min(1.0, agree(weights, max(step / total, spent), args.workers))
            meetings += 1
            if rank == 0:
                keep = min(args.average, meetings / (5 + meetings))
                torch._foreach_lerp_(list(averaged.values()), weights, 1 - keep)
                if meetings % 4 == 0 or progress >= args.stop:
                    save(averaged, args.out)
                    report(args.out, epoch, step, sum(running) / len(running), progress, time.time() - began)
            if progress >= args.stop:
                return
    if rank == 0:
        save(averaged, args.out)


def work(rank: int, args: argparse.Namespace) -> None:
    """One worker: read, label, train."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed + rank)
    address = f"tcp://127.0.0.1:{args.port}"
    dist.init_process_group("gloo", init_method=address, rank=rank, world_size=args.workers)
    tokenizer = load_tokenizer(args.weights)
    kept, _ = split(read_corpus(args.corpus), args.held_out, 0)
    train(rank, args, [label(article, tokenizer) for article in kept], tokenizer)
    dist.destroy_process_group()


def main() -> None:
    """Start the workers."""
    args = parse()
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "args.json").write_text(json.dumps(vars(args), default=str, indent=1), encoding="utf-8")
    torch.multiprocessing.spawn(work, (args,), nprocs=args.workers)


if __name__ == "__main__":
    main()
