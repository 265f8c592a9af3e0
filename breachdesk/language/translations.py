"""Keeps the translations: one ``parts/PART.po`` for each part of the package, merged by compiling.

Whoever writes a part owns its file, so that nobody edits another's. `extract` adds new sentences
and sets aside those no longer said; `compile_all` makes the one ``.mo`` the program reads; `check`
says what is missing. Nynorsk is owed to papers: only sentences that can stand in one are asked of
it, and what it lacks elsewhere is said in bokmål. Only the makers of the program run this.
"""

import io
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Translated
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from breachdesk.language.catalogue import DOMAIN, FOLDER
from breachdesk.language.sentences import PACKAGE, PLACE, Sentence, read_sentences

Texts = dict[tuple[str, str], str]
"""(context, English) to the translation; empty when there is none yet."""

PAPER_LANGUAGES = frozenset({"nn"})
"""Languages every paper speaks; screens may fall back to another."""
PAPER_PLACES = (
    "breachdesk/casefile/",
    "breachdesk/desk/prefill.py",
    "breachdesk/documents/",
    "breachdesk/exchange/edpb/",
    "breachdesk/exchange/facts.py",
    "breachdesk/exchange/figures.py",
    "breachdesk/exchange/markdown.py",
    "breachdesk/exchange/register.py",
    "breachdesk/exchange/timeline",
    "breachdesk/language/",
    "breachdesk/rules/",
)
"""Where the sentences stand that a paper, an export or a payload can say."""

_SOME_DAY = datetime(2026, 11, 22, tzinfo=UTC)
"""Stands in every header, so that running the tool changes nothing by itself."""


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the languages there are catalogues for."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/parts")))


def is_owed(lang: str, file: str) -> bool:
    """Return whether a sentence that stands in this file must be said in a language."""
    return lang not in PAPER_LANGUAGES or file.startswith(PAPER_PLACES)


def extract(
    parts: Collection[str] = (), *, package: Path = PACKAGE, folder: Path = FOLDER
) -> tuple[str, ...]:
    """Bring the .po files up to the source; return what could not be read.

    Args:
        parts: Which parts to write; all when empty.
        package: Where the sentences stand.
        folder: Where the languages' folders lie.
    """
    found, unreadable = read_sentences(package)
    wanted = set(parts or found)
    broken = {one.part for one in unreadable}
    for lang in languages(folder):
        for part in sorted(wanted & (set(found) - broken)):
            path = folder / lang / "parts" / f"{part}.po"
            if path.is_file() or any(is_owed(lang, one.file) for one in found[part]):
                _rewrite(path, lang, found[part])
    return tuple(str(one) for one in unreadable if not parts or one.part in wanted)


def _rewrite(path: Path, lang: str, sentences: tuple[Sentence, ...]) -> None:
    before = _read(path, lang)
    known = {**_texts(before.obsolete.values()), **_texts(before)}
    catalog = _new_catalog(lang)
    for one in (sentence for sentence in sentences if sentence.needs_words):
        translation = known.pop((one.context, one.text), "")
        where = [(one.file, 0)]
        catalog.add(one.text, translation, locations=where, context=one.context or None)
    for (context, text), translation in known.items():
        if translation:
            aside = Translated(text, translation, context=context or None)
            catalog.obsolete[f"{context}\x04{text}"] = aside
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False, omit_header=True)
    path.write_bytes(buffer.getvalue())


def merged(lang: str, folder: Path = FOLDER) -> tuple[Texts, tuple[str, ...]]:
    """Return every translation of one language, and the sentences translated in two ways."""
    texts: Texts = {}
    clashes: list[str] = []
    for path in sorted((folder / lang / "parts").glob("*.po")):
        for key, translation in _texts(_read(path, lang)).items():
            if translation and texts.get(key) not in (None, "", translation):
                clashes.append(f"{lang}/{path.name}: two translations: {key[1]}")
            texts[key] = translation or texts.get(key, "")
    return texts, tuple(clashes)


def compile_all(folder: Path = FOLDER) -> None:
    """Write each language's .mo from its parts."""
    for lang in languages(folder):
        catalog = _new_catalog(lang)
        for (context, text), translation in sorted(merged(lang, folder)[0].items()):
            if translation:
                catalog.add(text, translation, context=context or None)
        buffer = io.BytesIO()
        write_mo(buffer, catalog)
        target = _compiled(lang, folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(buffer.getvalue())


def check(*, package: Path = PACKAGE, folder: Path = FOLDER) -> tuple[str, ...]:
    """Return what is wrong, a line each: nothing when every sentence is said in every language."""
    found, unreadable = read_sentences(package)
    findings = [str(one) for one in unreadable]
    for lang in languages(folder):
        texts, clashes = merged(lang, folder)
        findings.extend(clashes)
        for sentences in found.values():
            findings.extend(_unsaid(lang, sentences, texts))
        findings.extend(_stale(lang, folder, texts))
    return tuple(findings)


def _unsaid(lang: str, sentences: tuple[Sentence, ...], texts: Texts) -> Iterator[str]:
    for one in sentences:
        if not one.needs_words:
            continue
        translation = texts.get((one.context, one.text), "")
        if not translation:
            if is_owed(lang, one.file):
                yield f"{one.file}: no {lang}: {one.text}"
        elif set(PLACE.findall(one.text)) != set(PLACE.findall(translation)):
            yield f"{one.file}: places differ in {lang}: {one.text}"


def _stale(lang: str, folder: Path, texts: Texts) -> Iterator[str]:
    path = _compiled(lang, folder)
    if not path.is_file():
        yield f"{lang}: not compiled yet"
        return
    with path.open("rb") as stream:
        compiled = GNUTranslations(stream)
    for (context, text), translation in texts.items():
        said = compiled.pgettext(context, text) if context else compiled.gettext(text)
        if translation and said != translation:
            yield f"{lang}: compile again, this is stale: {text}"


def _compiled(lang: str, folder: Path) -> Path:
    return folder / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"


def _new_catalog(lang: str) -> Catalog:
    return Catalog(
        locale=lang,
        domain=DOMAIN,
        project=DOMAIN,
        version="1",
        creation_date=_SOME_DAY,
        revision_date=_SOME_DAY,
        fuzzy=False,
    )


def _read(path: Path, lang: str) -> Catalog:
    if not path.is_file():
        return _new_catalog(lang)
    with path.open("rb") as stream:
        return read_po(stream, locale=lang, domain=DOMAIN)


def _texts(messages: Iterable[Translated]) -> Texts:
    return {(one.context or "", str(one.id)): str(one.string or "") for one in messages if one.id}
