"""The tagger's network: MiniLM's encoder, two small feature embeddings, a tag head and two link heads."""

from __future__ import annotations

from pathlib import Path

import torch
from attribution_data import NO_LINK, TAGS, Batch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from claimtrack.attribution.pieces import CASES, QUOTING

LINK_WIDTH = 64
LINKS = ("content_cue", "cue_source")


class TaggerNet(nn.Module):
    """Word pieces with case and quotation state → tag scores, and a query and a key for each link.

    The score of a link from piece i to piece j is query[i] · key[j]; the softmax over j reads: whose cue,
    whose source.  Place 0 ([CLS]) stands for "no source".
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
        self.case = nn.Embedding(len(CASES), width)
        self.quote = nn.Embedding(len(QUOTING), width)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(width, len(TAGS))
        self.links = nn.Linear(width, 2 * len(LINKS) * LINK_WIDTH)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores [windows, pieces, tags] and link vectors [windows, pieces, 4 × LINK_WIDTH]."""
        words = self.encoder.embeddings.word_embeddings(ids) + self.case(case) + self.quote(quote)
        hidden = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        return self.tags(hidden), self.links(hidden)


def link_scores(vectors: Tensor, link: int, mask: Tensor) -> Tensor:
    """Scores [windows, from, to] of one link, padding left out."""
    query, key = vectors[..., 2 * link * LINK_WIDTH : 2 * (link + 1) * LINK_WIDTH].split(LINK_WIDTH, dim=-1)
    scores = query @ key.transpose(1, 2) / LINK_WIDTH**0.5
    return scores.masked_fill(mask[:, None, :] == 0, -1e4)


def loss_of(net: TaggerNet, batch: Batch, link_weight: float, smoothing: float, drop_token: float) -> Tensor:
    """Cross entropy of tags and links of one batch; a share of the pieces is masked, so that no single
    word is relied on."""
    ids = torch.from_numpy(batch.ids)
    mask = torch.from_numpy(batch.mask)
    if drop_token:
        hide = (torch.rand(ids.shape) < drop_token) & (ids > 200)  # never special pieces
        ids = ids.masked_fill(hide, 103)  # [MASK]
    scores, vectors = net(ids, torch.from_numpy(batch.case), torch.from_numpy(batch.quote), mask)
    loss = functional.cross_entropy(
        scores.float().flatten(0, 1),
        torch.from_numpy(batch.tags).flatten(),
        ignore_index=NO_LINK,
        label_smoothing=smoothing,
    )
    for index, target in enumerate((batch.content_cue, batch.cue_source)):
        wanted = torch.from_numpy(target).flatten()
        if (wanted != NO_LINK).any():
            links = link_scores(vectors.float(), index, mask).flatten(0, 1)
            loss = loss + link_weight * functional.cross_entropy(links, wanted, ignore_index=NO_LINK)
    return loss
