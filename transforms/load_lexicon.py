"""Load the lexicon of commitments: strict YAML, compiled once per language.

One file per commitment holds cues (weighted groups of patterns per language); `vocabulary.yml` holds word
classes, irregular pairs, function words and the exclusions that apply to every commitment; `calibration.yml`
the constants of `confidence`. Pattern language: `compile_cues`. A mistake is a LexiconError that names the
file and the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from transforms.compile_cues import Pattern, Wording, compile_patterns, compile_place
from transforms.find_cues import CueIndex, index_patterns
from transforms.read_terms import PLATFORM_TERM, STEMMERS, TermReader

Place = Literal["body", "heading", "title", "document"]
LANGUAGES = tuple(STEMMERS)


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the message names the file and the key."""


class Strict(BaseModel):
    """Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CueFile(Strict):
    """A cue: any of its patterns fires it, once. `where` is the text it reads: the clause ("body"; the
    lead-in of a list item counts for less), its heading path ("heading"), the last level only ("title") or
    the terms type ("document")."""

    id: str
    weight: float
    where: Place = "body"
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()
    nl: tuple[str, ...] = ()
    it: tuple[str, ...] = ()
    es: tuple[str, ...] = ()


class ExclusionFile(CueFile):
    """A cue of vocabulary.yml that lowers every commitment but those in `spares`."""

    spares: tuple[str, ...] = ()


class CommitmentFile(Strict):
    """The rules of one commitment. `party` is "seller" (a clause about buyers loses weight) or "any"."""

    commitment: str
    party: Literal["seller", "any"] = "seller"
    threshold: float = Field(default=1.0, gt=0)
    cues: tuple[CueFile, ...]


class VocabularyFile(Strict):
    """Word classes, irregular pairs (stem -> stem) and function words per language; exclusions of every
    commitment."""

    classes: dict[str, dict[str, tuple[str, ...]]]
    irregular: dict[str, dict[str, str]]
    skipped: dict[str, tuple[str, ...]]
    exclusions: tuple[ExclusionFile, ...]


class CalibrationFile(Strict):
    """Confidence = 1 / (1 + exp(-(intercept + slope * (score - threshold)))); `source` says where the
    constants are from."""

    intercept: float
    slope: float
    source: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A compiled cue of one commitment ("" for an exclusion of all but `spares`)."""

    commitment_id: str
    cue_id: str
    weight: float
    where: Place
    spares: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything matching needs in one language. `cues` are numbered; the indexes refer to those numbers.
    `classes` are the numbers of the places that word classes are."""

    language: str
    reader: TermReader
    cues: tuple[Cue, ...]
    indexes: Mapping[Place, CueIndex]
    classes: Mapping[str, int]
    thresholds: Mapping[str, float]
    parties: Mapping[str, str]


Model = TypeVar("Model", bound=Strict)


def read_yaml_model(name: str, model: type[Model], text: str | None = None) -> Model:
    """Read one file of the lexicon (or the `text` given for it)."""
    content = (
        text if text is not None else (files("transforms") / "lexicon" / name).read_text(encoding="utf-8")
    )
    try:
        return model.model_validate(yaml.safe_load(content))
    except yaml.YAMLError as error:
        raise LexiconError(f"transforms/lexicon/{name}: not YAML: {error}") from error
    except ValidationError as error:
        # A misspelt key also leaves the right one missing: the misspelling is the one to name.
        first = min(error.errors(), key=lambda item: item["type"] != "extra_forbidden")
        key = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"transforms/lexicon/{name}: {key}: {first['msg']}") from error


@cache
def load_commitment_files() -> tuple[CommitmentFile, ...]:
    """The files of all commitments, in the order of their names."""
    folder = files("transforms") / "lexicon"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yml"))
    loaded: list[CommitmentFile] = []
    for name in names:
        if name in ("vocabulary.yml", "calibration.yml"):
            continue
        rules = read_yaml_model(name, CommitmentFile)
        if f"{rules.commitment}.yml" != name:
            raise LexiconError(
                f"transforms/lexicon/{name}: commitment: {rules.commitment!r} is not the file's name"
            )
        identifiers = [cue.id for cue in rules.cues]
        repeated = {item for item in identifiers if identifiers.count(item) > 1}
        if repeated:
            raise LexiconError(f"transforms/lexicon/{name}: cues: id used twice: {sorted(repeated)}")
        loaded.append(rules)
    return tuple(loaded)


@cache
def load_vocabulary() -> VocabularyFile:
    """Word classes and what else all commitments share."""
    return read_yaml_model("vocabulary.yml", VocabularyFile)


@cache
def load_calibration() -> CalibrationFile:
    """Constants of `confidence`."""
    return read_yaml_model("calibration.yml", CalibrationFile)


def compile_classes(
    vocabulary: VocabularyFile, language: str, stemmer: TermReader
) -> dict[str, frozenset[str]]:
    """Terms of every word class in one language; a class may name a class declared before it."""
    compiled: dict[str, frozenset[str]] = {}
    for name, words in vocabulary.classes.items():
        terms: frozenset[str] = frozenset()
        for word in words.get(language, ()):
            try:
                terms |= compile_place(word, Wording(compiled, stemmer.name_stem, frozenset()))
            except ValueError as error:
                raise LexiconError(
                    f"transforms/lexicon/vocabulary.yml: classes.{name}.{language}: {error}"
                ) from error
        compiled[name] = terms | {PLATFORM_TERM} if name == "platform" else terms
    return compiled


def gather_cues() -> list[tuple[str, CueFile, Cue]]:
    """Every cue and exclusion with the file it comes from."""
    gathered: list[tuple[str, CueFile, Cue]] = []
    known = {rules.commitment for rules in load_commitment_files()}
    for rules in load_commitment_files():
        gathered.extend(
            (
                f"{rules.commitment}.yml",
                cue,
                Cue(rules.commitment, cue.id, cue.weight, cue.where, frozenset()),
            )
            for cue in rules.cues
        )
    for rule in load_vocabulary().exclusions:
        if unknown := set(rule.spares) - known:
            raise LexiconError(
                f"transforms/lexicon/vocabulary.yml: exclusions.{rule.id}.spares: unknown {sorted(unknown)}"
            )
        cue = Cue("", rule.id, rule.weight, rule.where, frozenset(rule.spares))
        gathered.append(("vocabulary.yml", rule, cue))
    return gathered


@cache
def load_lexicon(language: str) -> Lexicon:
    """The compiled lexicon of one language ("fr", "en", "de", "nl", "it", "es"). Raises LexiconError."""
    vocabulary = load_vocabulary()
    irregular = vocabulary.irregular.get(language, {})
    skipped = frozenset(vocabulary.skipped.get(language, ()))
    reader = TermReader(language, skipped, irregular)
    classes = compile_classes(vocabulary, language, reader)
    wording = Wording(classes, reader.name_stem, skipped)
    found: dict[Place, list[tuple[Pattern, int]]] = {"body": [], "heading": [], "title": [], "document": []}
    gathered = gather_cues()
    for number, (name, source, _cue) in enumerate(gathered):
        for line in getattr(source, "en" if source.where == "document" else language):
            try:
                compiled = compile_patterns(line, wording)
            except ValueError as error:
                raise LexiconError(
                    f"transforms/lexicon/{name}: cues.{source.id}.{language}: {line!r}: {error}"
                ) from error
            found[source.where].extend((pattern, number) for pattern in compiled)
    return Lexicon(
        language=language,
        reader=reader,
        cues=tuple(cue for _name, _source, cue in gathered),
        indexes={place: index_patterns(listed, reader) for place, listed in found.items()},
        classes={name: reader.number_place(terms) for name, terms in classes.items()},
        thresholds={rules.commitment: rules.threshold for rules in load_commitment_files()},
        parties={rules.commitment: rules.party for rules in load_commitment_files()},
    )
