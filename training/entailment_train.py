"""Train the entailment model: `python entailment_train.py --help`.

Workers of one thread each train on their share of an epoch and average their weights every few steps, as in
`attribution_train.py`.  The averaged weights of the run so far go to the output folder.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
import torch.distributed as dist
from averaging import agree, parameter_groups, report, save
from entailment_data import LONGEST, RECIPES, Batch, Pair, batches, epoch, training_pairs
from entailment_mine import mined, statements
from entailment_model import EntailmentNet, loss_of
from tokenizers import Tokenizer


def parse() -> argparse.Namespace:
    """The command line; the defaults are the recipe of the shipped weights."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("train", type=Path, help="relations/train.jsonl")
    ap.add_argument("dev", type=Path, help="relations/dev.jsonl, for its FIT half and to keep HELD out")
    ap.add_argument("news", type=Path, help="attribution/train.jsonl: statements to make pairs from")
    ap.add_argument("weights", type=Path, help="MiniLM: config.json, model.safetensors, tokenizer.json")
    ap.add_argument("out", type=Path, help="folder for checkpoints")
    ap.add_argument("--recipe", choices=list(RECIPES), default="news", help="which sets, and how often")
    ap.add_argument("--epochs", type=float, default=3)
    ap.add_argument("--minutes", type=float, default=1e6, help="end the learning rate's descent by then")
    ap.add_argument("--stop", type=float, default=1.0, help="share of the descent to run: later it overfits")
    ap.add_argument("--floor", type=float, default=0.02, help="share of the rate left at the end")
    ap.add_argument("--budget", type=int, default=1536, help="pieces a step and worker")
    ap.add_argument("--workers", type=int, default=2)
    ap.add_argument("--agree", type=int, default=16, help="steps between two averagings of the workers")
    ap.add_argument("--rate", type=float, default=1.2e-4)
    ap.add_argument("--head-rate", type=float, default=3e-4)
    ap.add_argument("--layer-decay", type=float, default=0.9)
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--smoothing", type=float, default=0.05)
    ap.add_argument("--average", type=float, default=0.97, help="decay of the averaged weights an averaging")
    ap.add_argument("--mined", type=float, default=0.2, help="made pairs, as a share of the others")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--port", type=int, default=29518, help="on which the workers meet")
    ap.add_argument("--init", type=Path, help="continue from these weights (net.pt)")
    return ap.parse_args()


def load_tokenizer(weights: Path) -> Tokenizer:
    """The encoder's tokenizer, set to cut a pair at LONGEST pieces, the longer text first."""
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="longest_first")
    return tokenizer


def stream(args: argparse.Namespace, rank: int, tokenizer: Tokenizer) -> Iterator[tuple[float, Batch]]:
    """This worker's batches, with the epochs done so far; endless."""
    rng = random.Random(args.seed)
    pairs = training_pairs(args.train, args.dev, args.recipe)
    spoken = statements(args.news)
    done = 0.0
    while True:
        seen: list[Pair] = epoch(pairs, args.recipe, rng)
        seen += mined(pairs, spoken, int(args.mined * len(seen)), rng)
        count = 0
        for share in batches(seen, tokenizer, args.budget, rng, args.workers):
            count += sum(len(batch.ids) for batch in share)
            yield done + count / len(seen), share[rank]
        done += 1


def train(rank: int, args: argparse.Namespace) -> None:
    """The whole run of one worker; the first also keeps the running average and writes."""
    tokenizer = load_tokenizer(args.weights)
    net = EntailmentNet(args.weights, args.dropout)
    if args.init:
        net.load_state_dict(torch.load(args.init))
    weights = [weight.detach() for weight in net.parameters()]
    agree(weights, 0.0, args.workers)  # the heads begin at random
    averaged = {name: weight.detach().clone() for name, weight in net.named_parameters()}
    groups = parameter_groups(net, args.rate, args.layer_decay, args.head_rate)
    peaks = [group["lr"] for group in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    step, meetings, progress, began = 0, 0, 0.0, time.time()
    running: list[float] = []
    net.train()
    for epochs, batch in stream(args, rank, tokenizer):
        for part, peak in zip(optimiser.param_groups, peaks, strict=True):
            descent = args.floor + (1 - args.floor) * (0.5 + 0.5 * math.cos(math.pi * progress))
            part["lr"] = peak * min((step + 1) / 150, descent)
        with torch.autocast("cpu", torch.bfloat16):
            loss = loss_of(net, batch, args.smoothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0, foreach=True)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        running = [*running[-199:], loss.item()]
        if step % args.agree:
            continue
        spent = (time.time() - began) / 60 / args.minutes
        progress = min(1.0, agree(weights, max(epochs / args.epochs, spent), args.workers))
        meetings += 1
        if rank == 0:
            keep = min(args.average, meetings / (5 + meetings))
            torch._foreach_lerp_(list(averaged.values()), weights, 1 - keep)
            if meetings % 10 == 0 or progress >= args.stop:
                save(averaged, args.out)
                mean = sum(running) / len(running)
                report(args.out, round(epochs, 3), step, mean, progress, time.time() - began)
        if progress >= args.stop:
            return


def work(rank: int, args: argparse.Namespace) -> None:
    """One worker."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed + rank)
    address = f"tcp://127.0.0.1:{args.port}"
    dist.init_process_group("gloo", init_method=address, rank=rank, world_size=args.workers)
    train(rank, args)
    dist.destroy_process_group()


def main() -> None:
    """Start the workers."""
    args = parse()
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "args.json").write_text(json.dumps(vars(args), default=str, indent=1), encoding="utf-8")
    torch.multiprocessing.spawn(work, (args,), nprocs=args.workers)


if __name__ == "__main__":
    main()
