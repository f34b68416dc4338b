"""Reviews and annotations against the vocabularies they are written in.

ClaimReview: schema.org 30.1 as `schema_org` (PyPI: schema-org-py) makes strict models of it, which refuse
unknown properties and values out of range.  Annotations: two JSON schemas in tests/standards.
"""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import schema_org
from jsonschema import Draft7Validator, Draft202012Validator
from pydantic import ValidationError

from claimtrack.records import Decision, RelationKind, Span, SpeakerKind, Verdict
from claimtrack.reports.annotations import AROUND, CONTEXT, annotation
from claimtrack.reports.claimreview import Publisher, claim_review
from claimtrack.reports.exports import Request, Wanted
from claimtrack.review import judge, undo_verdict
from claimtrack.store import Store
from tests.store.build import COUNCIL, MAYOR, make_article, make_claim, make_relation, put, put_relations

STANDARDS = Path(__file__).parents[1] / "standards"
PAGE = Draft202012Validator(json.loads((STANDARDS / "web-annotation.schema.json").read_text("utf-8")))
EACH = Draft7Validator(json.loads((STANDARDS / "validate-web-annotation.schema.json").read_text("utf-8")))
PUBLISHED = Request(
    "claimreview", "jsonld", Wanted(publisher=Publisher("The Desk", "https://desk.example/checks/"))
)


def as_schema_org(node: dict[str, Any]) -> Any:
    """A node as the model of its type, and all nodes in it; ValidationError if it is none."""
    facts = {name: value for name, value in node.items() if not name.startswith("@")}
    made = {name: as_schema_org(value) if isinstance(value, dict) else value for name, value in facts.items()}
    for name in ("datePublished",):
        if name in made:
            made[name] = (datetime if "T" in made[name] else date).fromisoformat(made[name])
    return getattr(schema_org, node["@type"])(**made)


def written(store: Store, request: Request) -> Any:
    out = io.StringIO()
    request.write(store, out)
    return json.loads(out.getvalue())


@pytest.fixture
def contradiction(store: Store) -> tuple[Store, str]:
    first = make_article("Quill said the bridge is open.", "a.txt", url="https://times.example/a")
    second = make_article("The Council said the bridge is shut.", "b.txt", None, 2)
    third = make_article("The Council said the bridge is mended.", "c.txt", "Post", 3)
    claims = [
        make_claim(first, "the bridge is open", MAYOR),
        make_claim(second, "the bridge is shut", COUNCIL, date(2021, 3, 1)),
        make_claim(third, "the bridge is mended", COUNCIL),
    ]
    for article, claim in zip((first, second, third), claims, strict=True):
        put(store, article, claim)
    found = make_relation(claims[0], claims[1])
    other = make_relation(claims[1], claims[2], RelationKind.UPDATES)
    put_relations(store, found, other, make_relation(claims[0], claims[2]))
    judge(store, found.key, Decision.CONFIRMED, "mia", "both on tape")
    judge(store, other.key, Decision.CONFIRMED, "mia")
    return store, found.key


def test_confirmed_contradictions_are_claim_reviews(contradiction: tuple[Store, str]) -> None:
    store, key = contradiction
    document = written(store, PUBLISHED)
    assert document["@context"] == "https://schema.org"
    (review,) = document["@graph"]  # the update and the contradiction that nobody confirmed are left out
    assert review["@id"] == f"urn:claimtrack:{key}"
    model = as_schema_org(review)
    assert model.to_jsonld()["@type"] == "ClaimReview"
    assert (review["claimReviewed"], review["itemReviewed"]["author"]["name"]) == (
        "the bridge is open",
        "Ada Quill",
    )
    assert review["itemReviewed"]["appearance"]["url"] == "https://times.example/a"
    assert review["reviewRating"]["alternateName"] == "Contradicted by Harbour Council (2021-03-01)"
    assert (review["author"]["name"], review["reviewBody"]) == ("The Desk", "both on tape")
    assert review["citation"]["author"]["@type"] == "Organization"


def test_what_search_engines_ask_for_is_there(contradiction: tuple[Store, str]) -> None:
    """Google requires claimReviewed, reviewRating with alternateName, and url on the publisher's site."""
    store, key = contradiction
    (review,) = written(store, PUBLISHED)["@graph"]
    assert review["claimReviewed"]
    assert review["reviewRating"]["alternateName"]
    assert review["url"] == f"https://desk.example/checks/{key}"
    assert {"author", "datePublished", "itemReviewed"} <= set(review)
    assert {"author", "datePublished", "appearance"} <= set(review["itemReviewed"])


def test_a_verdict_taken_back_takes_the_review_back(contradiction: tuple[Store, str]) -> None:
    store, key = contradiction
    undo_verdict(store, key, "mia")
    assert written(store, PUBLISHED) == {"@context": "https://schema.org", "@graph": []}


def test_the_models_are_strict() -> None:
    with pytest.raises(ValidationError):
        schema_org.ClaimReview(claimReviewed="x", claimDenied="x")
    with pytest.raises(ValidationError):
        schema_org.ClaimReview(reviewRating=schema_org.Person(name="x"))


def test_a_review_of_what_is_hardly_known(claim: Any, relation: Any) -> None:
    one = claim("1", speaker="", outlet=None, published=None, stated_on=None, url="javascript:alert(1)")
    verdict = Verdict("r", Decision.CONFIRMED, "mia", datetime(2024, 5, 1, tzinfo=UTC))
    pair = relation(one, claim("2", outlet=None, published=None, stated_on=None), "contradicts")
    review = claim_review(pair, verdict, {"s1": SpeakerKind.UNNAMED}, Publisher())
    as_schema_org(review)
    assert review["author"] == {"@type": "Person", "name": "mia"}
    assert "javascript" not in json.dumps(review)


def selected(target: dict[str, Any], body: str) -> tuple[str, str]:
    """What the two selectors of a target select, the quotation by its surroundings alone."""
    position, quote = target["selector"]
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert body.count(around) == 1
    start = body.index(around) + len(quote["prefix"])
    return body[position["start"] : position["end"]], body[start : start + len(quote["exact"])]


def test_annotations_select_the_words_of_claims(store: Store) -> None:
    # Astral characters, combining marks and CRLF: positions count code points, as the Recommendation says.
    article = make_article(
        "🌉🌉 Quill said\r\nthe bridge is ope\u0301n 𝒔𝒐 the bridge is ope\u0301n.", url="https://t.example/a"
    )
    claim = make_claim(article, "the bridge is ope\u0301n 𝒔𝒐", MAYOR)
    put(store, article, claim)
    judge(store, claim.key, Decision.CONFIRMED, "mia")
    page = written(store, Request("annotations", "jsonld"))
    PAGE.validate(page)
    (found,) = page["items"]
    EACH.validate({"@context": CONTEXT, **found})
    (target,) = found["target"]
    assert selected(target, article.body) == (claim.text, claim.text)
    assert (target["source"], target["scope"]) == (f"urn:claimtrack:{article.key}", "https://t.example/a")
    assert [body["value"] for body in found["body"]] == ["Ada Quill", "asserts", "confirmed"]


def test_one_target_for_each_stretch(claim: Any) -> None:
    body = "“It is open,” Quill said, “and safe.” " + "x" * 2 * AROUND
    made = annotation(
        claim("1", content=(Span(1, 12), Span(27, 36)), text="It is open, … and safe."), body, None
    )
    EACH.validate({"@context": CONTEXT, **made})
    assert [selected(target, body)[1] for target in made["target"]] == ["It is open,", "and safe."]
    assert "scope" not in made["target"][0]


def test_lines_are_documents_of_their_own(store: Store) -> None:
    article = make_article("Quill said the bridge is open.")
    put(store, article, make_claim(article, "the bridge is open"))
    line = written(store, Request("annotations", "jsonl"))
    EACH.validate(line)
    assert line["@context"] == CONTEXT


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": []},
        {"motivation": "attributing"},
        {"target": [{"source": "not an iri"}]},
        {
            "target": [
                {"source": "urn:x:y", "selector": [{"type": "TextPositionSelector", "start": -1, "end": 2}]}
            ]
        },
        {"body": [{"type": "TextualBody"}]},
    ],
)
def test_the_schema_refuses(wrong: dict[str, Any]) -> None:
    good = {"id": "urn:x:y", "type": "Annotation", "target": [{"source": "urn:x:y"}]}
    page = {"@context": CONTEXT, "id": "urn:x:p", "type": "AnnotationPage"}
    assert PAGE.is_valid({**page, "items": [good]})
    assert not PAGE.is_valid({**page, "items": [good | wrong]})
