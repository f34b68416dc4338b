"""The entailment network: MiniLM's encoder over both texts at once, and a head that compares them."""

from __future__ import annotations

from pathlib import Path

import torch
from entailment_data import LABELS, Batch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel


class EntailmentNet(nn.Module):
    """Word pieces of a pair → scores of LABELS.

    Beside [CLS] the head sees the mean vector of each text, their product and their distance: MiniLM was
    tuned as a sentence encoder, so that its means carry the likeness of two texts from the first step on.
    """

    def __init__(self, weights: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            weights,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        width = self.encoder.config.hidden_size
        self.compare = nn.Linear(5 * width, width)
        self.scores = nn.Linear(width, len(LABELS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Scores [pairs, labels]; `kinds` is 0 over the first text and 1 over the second."""
        hidden = self.encoder(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        second = (kinds * mask).to(hidden.dtype)
        first = mask.to(hidden.dtype) - second
        a, b = (
            torch.bmm(part[:, None], hidden)[:, 0] / part.sum(1, keepdim=True) for part in (first, second)
        )
        seen = torch.cat([hidden[:, 0], a, b, a * b, (a - b).abs()], dim=-1)
        return self.scores(self.dropout(torch.tanh(self.compare(self.dropout(seen)))))


def loss_of(net: EntailmentNet, batch: Batch, smoothing: float) -> Tensor:
    """Minus the log of the probability that the allowed labels have together."""
    ids, kinds, mask = (torch.from_numpy(x) for x in (batch.ids, batch.kinds, batch.mask))
    log = functional.log_softmax(net(ids, kinds, mask).float(), dim=-1)
    given = log.masked_fill(~torch.from_numpy(batch.allowed), -1e4).logsumexp(-1)
    return -((1 - smoothing) * given + smoothing * log.mean(-1)).mean()
