// Search: the index is loaded with the first key; every word must be on the page, and one in a title counts more.
"use strict";

const box = /** @type {HTMLInputElement} */ (document.getElementById("search"));
const list = /** @type {HTMLOListElement} */ (document.getElementById("found"));
/** @type {Promise<{title: string, url: string, text: string}[]> | undefined} */
let index;

/** @param {string} words */
async function search(words) {
  index ??= fetch(box.dataset.index ?? "").then((answer) => answer.json());
  const pages = await index;
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (words !== box.value) return; // the reader has typed on
  const found = [];
  for (const page of pages) {
    const title = page.title.toLowerCase();
    const text = page.text.toLowerCase();
    if (!wanted.every((word) => title.includes(word) || text.includes(word))) continue;
    const score = wanted.reduce((sum, word) => sum + (title.includes(word) ? 10 : 0) + Math.min(5, text.split(word).length - 1), 0);
    found.push({ page, score });
  }
  found.sort((a, b) => b.score - a.score || a.page.url.localeCompare(b.page.url));
  show(found.slice(0, 12).map((each) => each.page), wanted);
}

/** @param {{title: string, url: string, text: string}[]} pages @param {string[]} wanted */
function show(pages, wanted) {
  list.replaceChildren(...pages.map((page) => {
    const link = document.createElement("a");
    link.href = page.url;
    link.append(page.title, around(page.text, wanted[0]));
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

/** The text around the first place of a word. @param {string} text @param {string} word */
function around(text, word) {
  const small = document.createElement("small");
  const at = text.toLowerCase().indexOf(word);
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
