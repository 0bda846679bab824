"""Names that are nearly the same are found among many as they are among two."""

from __future__ import annotations

from itertools import combinations
from random import Random

from vitdlint.hugo.publication import Output
from vitdlint.linter.examples import job_of
from vitdlint.linter.pipeline import lint
from vitdlint.linter.workers import here
from vitdlint.site.twins import alike, twins

LETTERS = "abcdefgh"


def _slip(chance: Random, word: str) -> str:
    """The word with one letter more, fewer, another or exchanged; its first letter stays."""
    at = chance.randrange(1, len(word))
    letter = chance.choice(LETTERS)
    new = {
        "more": word[:at] + letter + word[at:],
        "fewer": word[:at] + word[at + 1 :],
        "other": word[:at] + letter + word[at + 1 :],
        "exchanged": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }
    return chance.choice(list(new.values()))


def _outputs(chance: Random, count: int) -> list[Output]:
    """Pages whose names and titles differ in one word, which is often a slip of another's."""
    words = ["s" + "".join(chance.choices(LETTERS, k=chance.randint(4, 14))) for _ in range(count // 3)]
    words += [_slip(chance, chance.choice(words)) for _ in range(count // 3)]
    words += [_slip(chance, _slip(chance, chance.choice(words))) for _ in range(count // 3)]
    files = {
        f"content/posts/vitamin-d-{word}.md": f"---\ntitle: Vitamin D and {word}\n---\n" for word in words
    }
    site = lint(job_of(files, {"select": ["dead-link"]}), here).site
    return [page for page in site.addresses.published if page.kind == "page"]


def test_a_pair_is_found_among_many_as_it_is_alone() -> None:
    for seed in range(5):
        pages = _outputs(Random(seed), 90)
        titled = [(page.title, page) for page in pages]
        two = list(combinations(pages, 2))
        assert {(a.url, b.url) for a, b in alike(titled)} == {
            (a.url, b.url) for pair in combinations(titled, 2) for a, b in alike(pair)
        }, seed
        found = {(a.url, b.url) for a, b in twins(pages, lambda page: page.empty)}
        assert found == {(a.url, b.url) for pair in two for a, b in twins(pair, lambda page: page.empty)}, (
            seed
        )
        assert found, seed
