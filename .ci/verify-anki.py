"""Imports a deck with Anki's own code: see verify-anki. Arguments: the deck, and perhaps one before and after a change."""

import hashlib
import re
import sys
import tempfile
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


class Book:
    """What the chapters hold, read from the sources alone."""

    def __init__(self, root):
        about = tomllib.loads((root / "book.toml").read_text())["book"]
        self.title = about["title"]
        # The words of its main language, English without any, as qabook-words chooses them.
        folder, main = root / "crates/qabook-words/words", about["language"].split("-")[0].lower()
        found = [file for file in sorted(folder.glob("*.toml")) if file.stem.split("-")[0] == main]
        words = found[0] if found else folder / "en.toml"
        self.words = tomllib.loads(words.read_text())["anki"]
        self.counts = Counter()
        self.formulas, self.tags, self.decks, outputs = 0, set(), {self.title}, set()
        part = None
        for line in (root / "src/SUMMARY.md").read_text().splitlines()[1:]:
            if line.startswith("# "):
                part = line[2:].strip()
            link = re.search(r"\]\(([^)]+\.md)\)", line)
            if not link:
                continue
            text = (root / "src" / link[1]).read_text()
            outputs |= set(shown_outputs(text))
            # A numbered chapter is a question; what it says about itself is optional.
            if line.lstrip().startswith(("- ", "* ")):
                front_matter = text.split("+++\n")[1] if text.startswith("+++\n") else ""
                self.tags |= {"_".join(tag.split()) for tag in tomllib.loads(front_matter).get("tags", [])}
                self.decks.add(f"{self.title}::{part}")
                self.counts["question"] += 1
                follow_ups, errata = section(text, "follow-up"), section(text, "errata")
                self.counts["follow-up"] += follow_ups.count("\n### ")
                self.counts["statement"] += errata.count("\n- **")
                self.formulas += formulas(follow_ups + errata + front_matter)
        self.counts["output"] = len(outputs)


def shown_outputs(text):
    """The names of the programs whose output the chapter shows."""
    for found in re.finditer(r"\{\{#snippet ([^}]+)\}\}|^```python,([^\n]+)", text, re.M):
        words = re.split(r"[ ,]", (found[1] or found[2]).strip())
        name = next((word.removeprefix("snippet=") for word in words if found[1] or word.startswith("snippet=")), None)
        if name and "hide-output" not in words:
            yield name.split(":")[0]


def formulas(text):
    return len(re.findall(r"\$[^$\n]+\$", re.sub(r"`[^`\n]*`", "", text)))


def section(text, name):
    """The lines of a section, without code."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    found = re.search(r"^## .*\{#" + name + r"\}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def empty():
    return Collection(str(Path(tempfile.mkdtemp()) / "collection.anki2"))


def imported(collection, package):
    """What Anki says of an import with the settings that its window begins with."""
    request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    counts = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}
    return {name: count for name, count in counts.items() if count}


def same(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found}, expected {expected}")
    print(f"{what}: {found if isinstance(found, (int, str, dict)) else len(found)}")


def kind(note, book):
    """What a note is, by the name of its type and whether it says where it is from."""
    if note.note_type()["name"] == f"{book.title} · {book.words['question-type']}":
        return "follow-up" if note[book.words["context-field"]] else "question"
    names = {f"{book.title} · {book.words[f'{name}-type']}": name for name in ("statement", "output")}
    return names[note.note_type()["name"]]


def notes_of(collection):
    return [collection.get_note(note) for note in collection.find_notes("")]


def check_cards(collection):
    """Both sides of every card are there, with nothing left to fill in and nothing to load."""
    sides = 0
    for number in collection.find_cards(""):
        card = collection.get_card(number)
        for side in (card.question(), card.answer()):
            body = re.sub(r"<style>.*?</style>", "", side, flags=re.S)
            wrong = re.search(r"\{\{|\}\}|\$|template has a problem|<script|src=\"(?!qabook-)", body)
            if wrong or len(re.sub(r"<[^>]*>|\s", "", body)) < 3:
                sys.exit(f"a side of {card.note().fields[0]!r} has {wrong and wrong[0]!r}:\n{body}")
            sides += 1
        if card.question() == card.answer():
            sys.exit(f"the back of {card.note().fields[0]!r} says no more than its front")
    for note_type in collection.models.all():
        wrong = re.search(r"url\(|@import|https?:|\[\[", note_type["css"] + str(note_type["tmpls"]))
        if wrong:
            sys.exit(f"the note type {note_type['name']} has {wrong[0]!r}")
    same("notes without a card", len(collection.get_empty_cards().notes), 0)
    print(f"sides: {sides}")


def check_deck(book, package):
    collection = empty()
    total = book.counts.total()
    same("first import", imported(collection, package), {"new": total})
    same("notes", dict(Counter(kind(note, book) for note in notes_of(collection))), dict(book.counts))
    fields = "".join("".join(note.fields) for note in notes_of(collection) if kind(note, book) != "output")
    same("formulas", len(re.findall(r"\\\(.+?\\\)", fields)), book.formulas)
    decks = {deck.name for deck in collection.decks.all_names_and_ids() if deck.id != 1}
    same("decks", decks, book.decks)
    same("cards in other decks", len(collection.find_cards(f'-deck:"{book.title}"')), 0)
    fold = lambda tags: {tag.casefold() for tag in tags}
    same("tags", fold(collection.tags.all()), fold(book.tags))
    media = collection.media.check()
    same("missing and unused media", list(media.missing) + list(media.unused), [])
    check_cards(collection)
    same("second import", imported(collection, package), {"duplicate": total})
    message, is_sound = collection.fix_integrity()
    same("database", message if not is_sound else "sound", "sound")
    collection.close()


def check_ids(book, package):
    """The notes are the cards of the pages to practise with: what one knows of a card there, one finds here."""
    collection = empty()
    imported(collection, package)
    pages = [page.read_text() for page in Path("book").glob("*.html")]
    ids = {card for page in pages for card in re.findall(r'data-card="([^"]+)"', page)}
    guid = lambda card: hashlib.sha256("\0".join(["qabook", book.title, "note", card]).encode()).hexdigest()[:16]
    notes = {note.guid for note in notes_of(collection)}
    same("cards that are on no page or in no deck", sorted(notes ^ {guid(card) for card in ids}), [])
    collection.close()


def check_change(book, before, after):
    """A changed sentence replaces the old one, and what the reader has learnt stays."""
    collection = empty()
    total = imported(collection, before)["new"]
    collection.decks.select(collection.decks.id_for_name(book.title))
    card = collection.sched.getCard()
    card.start_timer()
    collection.sched.answerCard(card, 3)
    learnt = collection.db.all("select id, type, queue, reps from cards order by id")
    same("import after a change", imported(collection, after), {"updated": 1, "duplicate": total - 1})
    same("notes with the new sentence", len([note for note in notes_of(collection) if "（改）" in note.fields[3]]), 1)
    same("schedules that changed", collection.db.all("select id, type, queue, reps from cards order by id") != learnt, False)
    collection.close()


def main():
    deck, *versions = (Path(path).resolve() for path in sys.argv[1:])
    book = Book(Path("."))
    check_deck(book, deck)
    check_ids(book, deck)
    if versions:
        check_change(book, *versions)


# Anki tells whoever keeps the main thread waiting, with a stack.
with ThreadPoolExecutor(1) as pool:
    pool.submit(main).result()
