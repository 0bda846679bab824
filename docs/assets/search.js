// Search: the index is loaded with the first key. A word counts more in a title or a heading, and the more the fewer pages
// have it: a question may be typed as it is. A heading with all of the words is what the link leads to.
"use strict";

/** @typedef {{title: string, url: string, text: string, headings: {id: string, title: string}[]}} Page */
/** @typedef {{page: Page, score: number, heading?: {id: string, title: string}}} Found */

const box = /** @type {HTMLInputElement} */ (document.getElementById("search"));
const list = /** @type {HTMLOListElement} */ (document.getElementById("found"));
/** @type {Promise<Page[]> | undefined} */
let index;

/** @param {string} words */
async function search(words) {
  index ??= fetch(box.dataset.index ?? "").then((answer) => answer.json());
  const pages = await index;
  if (words !== box.value) return; // the reader has typed on
  const wanted = words.toLowerCase().split(/[\s?]+/).filter(Boolean);
  /** @type {Map<string, number>} */
  const weights = new Map();
  for (const word of wanted) {
    const having = pages.filter((page) => has(page.text, word) || has(page.title, word)).length;
    weights.set(word, having ? Math.log(1 + pages.length / having) - Math.log(2) + 0.01 : 0);
  }
  const found = pages.map((page) => rated(page, weights)).filter((each) => each.score > 0);
  found.sort((a, b) => b.score - a.score || a.page.url.localeCompare(b.page.url));
  show(found.slice(0, 12), wanted.sort((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0)));
}

/** @param {string} text @param {string} word */
function has(text, word) {
  return text.toLowerCase().includes(word);
}

/** @param {Page} page @param {Map<string, number>} weights @returns {Found} */
function rated(page, weights) {
  const words = [...weights.keys()];
  const text = page.text.toLowerCase();
  const heading = page.headings.find((each) => words.every((word) => has(each.title, word)));
  let score = (heading ? 20 : 0) + (page.title.toLowerCase().startsWith(`${words.join(" ")} `) ? 20 : 0);
  for (const [word, weight] of weights) {
    const headed = page.headings.some((each) => has(each.title, word));
    const times = Math.min(5, text.split(word).length - 1);
    score += weight * ((has(page.title, word) ? 10 : 0) + (headed ? 6 : 0) + (times && 5) + times);
  }
  return { page, score, heading: heading?.title === page.title ? undefined : heading };
}

/** @param {Found[]} pages @param {string[]} wanted */
function show(pages, wanted) {
  list.replaceChildren(...pages.map(({ page, heading }) => {
    const link = document.createElement("a");
    link.href = heading ? `${page.url}#${heading.id}` : page.url;
    link.append(heading ? `${page.title}: ${heading.title}` : page.title, around(page.text, wanted));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  if (!pages.length) {
    const none = document.createElement("li");
    none.className = "none";
    none.textContent = "Nothing found.";
    list.append(none);
  }
  list.hidden = !wanted.length;
}

/** The text around the first place of the first word that is there. @param {string} text @param {string[]} wanted */
function around(text, wanted) {
  const small = document.createElement("small");
  const word = wanted.find((each) => text.toLowerCase().includes(each)) ?? "";
  const at = word ? text.toLowerCase().indexOf(word) : -1;
  if (at < 0) {
    small.textContent = text.slice(0, 90);
    return small;
  }
  const mark = document.createElement("mark");
  mark.textContent = text.slice(at, at + word.length);
  small.append(at > 40 ? "…" : "", text.slice(Math.max(0, at - 40), at), mark, text.slice(at + word.length, at + 60), "…");
  return small;
}

box.addEventListener("input", () => { void search(box.value); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") list.hidden = true;
  if (event.key === "/" && document.activeElement === document.body) {
    event.preventDefault();
    box.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("search")) list.hidden = true;
});
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  box.value = asked;
  void search(asked);
}
if (matchMedia("(max-width: 50rem)").matches) document.querySelector("nav details")?.removeAttribute("open");
