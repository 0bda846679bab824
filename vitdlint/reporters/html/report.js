// @ts-check
"use strict";
/**
 * The part of the report that needs a script: the table of all findings and the view of a page. The address after `#`
 * says what is shown, so that a link to it shows the same. Texts come from pages of unknown origin: they are set as text
 * only, and nothing here makes markup of them.
 *
 * The data comes in columns (see data.py): `findings.line[7]` belongs to finding 7; a number that refers to another
 * table is its row, or -1.
 *
 * @typedef {{path: string[], url: string[], title: string[], section: number[], kind: number[], state: number[],
 *   language: number[], terms: number[][], aliases: string[][], incoming: number[], sectionNames: string[],
 *   termNames: string[], words: string[]}} Pages
 * @typedef {[path: string, line: number, before: string, old: string, new_: string, after: string]} Edit
 * @typedef {[title: string, safe: number, edits: Edit[], more: number]} Fix
 * @typedef {{page: number[], line: number[], column: number[], rule: number[], severity: number[], message: number[],
 *   help: number[], cause: number[], before: string[], marked: string[], after: string[], fix: number[],
 *   baselined: number[], since: number[], related: Record<number, [string, number, string][]>, messages: string[], helps: string[],
 *   fixes: Fix[]}} Findings
 * @typedef {{code: string[], name: string[], manual: string[], url: string[]}} Rules
 * @typedef {{first: number[], to: number[], status: number[], line: number[], written: number[], statuses: string[],
 *   targets: string[], verdicts: Record<number, [kind: string, code: string, since: string, dead: string, earlier: [string, string][]]>}} Links
 * @typedef {{size: [number, number], sections: [string, number, number, number, number][], pages: number[]}} Areas
 * @typedef {{pages: Pages, findings: Findings, rules: Rules, links: Links, map: Areas,
 *   runs: {at: string[], total: number[], rules: [string, number[]][]}, causes: {key: string[], title: string[]}, base: string}} Data
 * @typedef {HTMLElement | Text | string | null | false | ""} Child
 */

const SEVERITIES = ["", "info", "warning", "error"];
const NOUNS = ["", "note", "warning", "error"];

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {(count: number, noun: string) => string} */
const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/**
 * An element with attributes and children; strings become text.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {Child[]} children
 */
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name in attributes) made.setAttribute(name, attributes[name]);
  for (const child of children) if (child) made.append(child);
  return made;
}

// ---------------------------------------------------------------- data

/** @returns {Promise<Data>} */
async function unpack() {
  const text = atob((byId("data").textContent || "").trim());
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  byId("data").remove();
  let plain;
  if ("DecompressionStream" in window) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    plain = await new Response(stream).arrayBuffer();
  } else {
    plain = inflate(bytes.subarray(2));
  }
  return JSON.parse(new TextDecoder().decode(plain));
}

/**
 * Deflate (RFC 1951), for browsers without DecompressionStream.
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
function inflate(bytes) {
  let at = 0, bit = 0, size = 0;
  let out = new Uint8Array(bytes.length * 8);
  /** @type {(count: number) => number} */
  const take = (count) => {
    let value = 0;
    for (let i = 0; i < count; i++) {
      value |= ((bytes[at] >> bit) & 1) << i;
      if (++bit === 8) { bit = 0; at++; }
    }
    return value;
  };
  /** @type {(byte: number) => void} */
  const put = (byte) => {
    if (size === out.length) {
      const larger = new Uint8Array(2 * size);
      larger.set(out);
      out = larger;
    }
    out[size++] = byte;
  };
  /** The number of codes of each length, and the symbols in the order of their codes. @type {(lengths: number[]) => {counts: number[], symbols: number[]}} */
  const tree = (lengths) => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (const length of lengths) counts[length]++;
    counts[0] = 0;
    const symbols = lengths.map((length, symbol) => ({ length, symbol })).filter((entry) => entry.length)
      .sort((a, b) => a.length - b.length || a.symbol - b.symbol).map((entry) => entry.symbol);
    return { counts, symbols };
  };
  /** @type {(codes: {counts: number[], symbols: number[]}) => number} */
  const symbol = (codes) => {
    let code = 0, first = 0, index = 0;
    for (let length = 1; length < 16; length++) {
      code |= take(1);
      const count = codes.counts[length];
      if (code - count < first) return codes.symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("the data is damaged");
  };
  const fixed = [
    tree(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    tree(Array.from({ length: 30 }, () => 5)),
  ];
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const dynamic = () => {
    const literals = take(5) + 257, distances = take(5) + 1, count = take(4) + 4;
    const lengths = Array.from({ length: 19 }, () => 0);
    for (let i = 0; i < count; i++) lengths[order[i]] = take(3);
    const codes = tree(lengths);
    /** @type {number[]} */
    const all = [];
    while (all.length < literals + distances) {
      const next = symbol(codes);
      if (next < 16) all.push(next);
      else {
        const value = next === 16 ? all[all.length - 1] : 0;
        const times = next === 16 ? 3 + take(2) : next === 17 ? 3 + take(3) : 11 + take(7);
        for (let i = 0; i < times; i++) all.push(value);
      }
    }
    return [tree(all.slice(0, literals)), tree(all.slice(literals))];
  };
  for (let last = 0; !last;) {
    last = take(1);
    const type = take(2);
    if (type === 0) {
      if (bit) { bit = 0; at++; }
      const length = bytes[at] | (bytes[at + 1] << 8);
      at += 4;
      for (let i = 0; i < length; i++) put(bytes[at++]);
      continue;
    }
    const [literals, distances] = type === 1 ? fixed : dynamic();
    for (let next = symbol(literals); next !== 256; next = symbol(literals)) {
      if (next < 256) { put(next); continue; }
      const step = next - 257;
      const length = step < 8 ? step + 3 : step === 28 ? 258
        : (4 + (step & 3) << ((step >> 2) - 1)) + 3 + take((step >> 2) - 1);
      const far = symbol(distances);
      const distance = far < 4 ? far + 1 : (2 + (far & 1) << ((far >> 1) - 1)) + 1 + take((far >> 1) - 1);
      for (let i = 0; i < length; i++) put(out[size - distance]);
    }
  }
  return out.subarray(0, size);
}

// ---------------------------------------------------------------- start

/** @param {Data} data */
function start(data) {
  const { pages, findings, rules, links } = data;
  const total = findings.page.length;
  const hasBaseline = findings.baselined.length > 0;

  /** Where the findings of each page are: they are in the order of their pages' paths. */
  const first = new Map(), count = new Map();
  findings.page.forEach((page, i) => {
    if (!first.has(page)) first.set(page, i);
    count.set(page, (count.get(page) || 0) + 1);
  });
  const rowOfPath = new Map(pages.path.map((path, i) => /** @type {[string, number]} */ ([path, i])).reverse());
  /** @type {(page: number) => string} */
  const nameOf = (page) => pages.title[page] || pages.path[page] || pages.url[page];
  /** What the address calls a page. @type {(page: number) => string} */
  const keyOf = (page) => pages.path[page] || pages.url[page];
  /** The page that the address calls so. @type {(key: string | undefined) => number | undefined} */
  const pageOf = (key) => {
    const page = key ? rowOfPath.get(key) ?? pages.url.indexOf(key) : -1;
    return page < 0 ? undefined : page;
  };
  /** The address of a page's view. @type {(page: number, more?: Record<string, string>) => string} */
  const hrefOf = (page, more) => `#${new URLSearchParams({ ...more, page: keyOf(page) })}`;

  // -------------------------------------------------------------- state

  const FILTERS = ["q", "rule", "cause", "severity", "section", "term", "fix", "since", "new"];
  /** @type {Record<string, string>} */
  let state = {};

  /** @type {() => Record<string, string>} */
  const read = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  /** Change the address without a step in the browser's history. @param {Record<string, string>} changes */
  const change = (changes) => {
    const next = Object.entries({ ...state, ...changes }).filter(([, value]) => value);
    history.replaceState(null, "", `#${new URLSearchParams(next)}`);
    show();
  };

  // -------------------------------------------------------------- filters

  const form = /** @type {HTMLFormElement} */ (byId("filters"));
  /** @type {(name: string) => HTMLInputElement | HTMLSelectElement} */
  const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
  /** @type {(name: string, options: [string, string][]) => void} */
  const options = (name, values) => {
    field(name).replaceChildren(make("option", { value: "" }, "all"),
      ...values.map(([value, text]) => make("option", { value }, text)));
    if (!values.length) /** @type {HTMLElement} */ (field(name).parentElement).hidden = true;
  };
  /** Values with the number of findings of each, most first. @type {(keys: Iterable<number>, names: string[], values?: string[]) => [string, string][]} */
  const tallied = (keys, names, values) => {
    const tally = names.map(() => 0);
    for (const key of keys) tally[key]++;
    return [...names.keys()].filter((key) => tally[key])
      .sort((a, b) => tally[b] - tally[a] || (names[a] < names[b] ? -1 : 1))
      .map((key) => [(values || names)[key], `${names[key]} (${tally[key].toLocaleString("en")})`]);
  };
  options("rule", tallied(findings.rule, rules.name, rules.code));
  options("cause", tallied(findings.cause.filter((cause) => cause >= 0), data.causes.title, data.causes.key).slice(0, 200));
  options("severity", tallied(findings.severity, NOUNS.map((noun) => noun && `${noun}s`), SEVERITIES));
  options("section", tallied(findings.page.map((page) => pages.section[page]), pages.sectionNames));
  options("term", tallied(findings.page.flatMap((page) => pages.terms[page]), pages.termNames));
  options("fix", [["safe", "by --fix"], ["unsafe", "by --unsafe-fixes"], ["none", "by a person"]]);
  options("since", data.runs.at.map((at, run) => /** @type {[string, string]} */ ([at, `${at.slice(0, 10)} or later (${findings.since.filter((since) => since >= run).length.toLocaleString("en")})`])).slice(1).reverse());
  options("new", hasBaseline ? [["yes", "new only"], ["no", "known only"]] : []);
  form.addEventListener("input", () => {
    change(Object.fromEntries(FILTERS.map((name) => [name, field(name).value])));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    change(Object.fromEntries(FILTERS.map((name) => [name, ""])));
  });

  /** What a text is looked for in, made when first asked. @type {string[]} */
  let haystack = [];
  const texts = () => {
    if (!haystack.length) {
      const page = pages.path.map((path, i) => `\n${path}\n${pages.title[i]}\n${pages.url[i]}`.toLowerCase());
      const message = findings.messages.map((text) => text.toLowerCase());
      const rule = rules.name.map((name, i) => `\n${name} ${rules.code[i].toLowerCase()}`);
      haystack = findings.page.map((of, i) => message[findings.message[i]] + page[of] + rule[findings.rule[i]]);
    }
    return haystack;
  };

  /** The findings that the state asks for, in its order. @returns {number[]} */
  function chosen() {
    const rule = state.rule ? rules.code.findIndex((code, i) => code === state.rule || rules.name[i] === state.rule) : -1;
    const cause = state.cause ? data.causes.key.indexOf(state.cause) : -1;
    const severity = state.severity ? SEVERITIES.indexOf(state.severity) : -1;
    const section = state.section ? pages.sectionNames.indexOf(state.section) : -1;
    const term = state.term ? pages.termNames.indexOf(state.term) : -1;
    const words = (state.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const hay = words.length ? texts() : [];
    const since = state.since ? data.runs.at.findIndex((at) => at >= state.since) : -1;
    const fix = state.fix || "";
    const known = state.new || (hasBaseline ? "yes" : "");
    const found = [];
    for (let i = 0; i < total; i++) {
      if (state.rule && findings.rule[i] !== rule) continue;
      if (state.cause && findings.cause[i] !== cause) continue;
      if (state.severity && findings.severity[i] !== severity) continue;
      const page = findings.page[i];
      if (state.section && pages.section[page] !== section) continue;
      if (state.term && !pages.terms[page].includes(term)) continue;
      if (state.since && (since < 0 || findings.since[i] < since)) continue;
      if (fix && fix !== fixOf(i)) continue;
      if (known && hasBaseline && (known === "no") !== (findings.baselined[i] === 1) && known !== "all") continue;
      if (words.length && !words.every((word) => hay[i].includes(word))) continue;
      found.push(i);
    }
    return sorted(found);
  }
  /** @type {(i: number) => string} */
  const fixOf = (i) => (findings.fix[i] < 0 ? "none" : findings.fixes[findings.fix[i]][1] ? "safe" : "unsafe");

  // -------------------------------------------------------------- order

  /** The place of each text among the others. @type {(texts: string[]) => Int32Array} */
  const ranks = (all) => {
    const order = [...all.keys()].sort((a, b) => (all[a] < all[b] ? -1 : all[a] > all[b] ? 1 : a - b));
    const rank = new Int32Array(all.length);
    order.forEach((of, place) => { rank[of] = place; });
    return rank;
  };
  /** @type {Record<string, (i: number) => number>} */
  const orders = {};
  /** How a column sorts; made when first asked. @type {(column: string) => (i: number) => number} */
  const orderOf = (column) => {
    if (!orders[column]) {
      if (column === "severity") orders.severity = (i) => -findings.severity[i];
      else if (column === "rule") { const rank = ranks(rules.name); orders.rule = (i) => rank[findings.rule[i]]; }
      else if (column === "page") { const rank = ranks(pages.path); orders.page = (i) => rank[findings.page[i]]; }
      else { const rank = ranks(findings.messages); orders.message = (i) => rank[findings.message[i]]; }
    }
    return orders[column];
  };
  /** @type {(found: number[]) => number[]} */
  const sorted = (found) => {
    const [column, direction] = (state.sort || "severity").split(".");
    if (!COLUMNS.some(([name]) => name === column)) return found;
    const keys = new Int32Array(total), order = orderOf(column), sign = direction === "down" ? -1 : 1;
    for (const i of found) keys[i] = sign * order(i);
    return found.sort((a, b) => keys[a] - keys[b] || a - b);
  };

  // -------------------------------------------------------------- table

  /** @type {[name: string, title: string][]} */
  const COLUMNS = [["severity", "Severity"], ["rule", "Rule"], ["page", "Page"], ["message", "What is wrong"]];
  const table = byId("table");
  const head = make("div", { role: "row", class: "line", "aria-rowindex": "1" });
  const body = make("div", { role: "rowgroup", class: "body" });
  table.replaceChildren(make("div", { role: "rowgroup", class: "head" }, head), body);
  /** @type {number[]} */
  let rows = [];
  let active = 0, height = 38, key = "";
  for (const [name, title] of COLUMNS) {
    const button = make("button", { type: "button", tabindex: "-1" }, title);
    button.addEventListener("click", () => {
      const [column, direction] = (state.sort || "severity").split(".");
      change({ sort: column === name && direction !== "down" ? `${name}.down` : name });
    });
    head.append(make("div", { role: "columnheader", "data-column": name }, button));
  }

  /** @type {(i: number, index: number) => HTMLElement} */
  const line = (i, index) => {
    const page = findings.page[i], severity = findings.severity[i];
    const cells = [
      make("span", { class: `word ${SEVERITIES[severity]}` }, NOUNS[severity]),
      rules.name[findings.rule[i]],
      make("span", { title: pages.path[page] || pages.url[page] }, `${nameOf(page)}:${findings.line[i]}`),
      findings.messages[findings.message[i]],
    ];
    const made = make("div", {
      role: "row", id: `row-${index}`, "aria-rowindex": String(index + 2),
      class: `line${index === active ? " active" : ""}${hasBaseline && findings.baselined[i] ? " known" : ""}`,
    }, ...cells.map((cell) => make("div", { role: "gridcell" }, cell)));
    made.style.top = `${index * height}px`;
    made.addEventListener("click", () => open(index));
    return made;
  };

  /** Only the rows in view are in the document. */
  function draw() {
    height = matchMedia("(max-width: 720px)").matches ? 92 : 38;
    body.style.height = `${rows.length * height}px`;
    const from = Math.max(0, Math.floor(table.scrollTop / height) - 6);
    const to = Math.min(rows.length, Math.ceil((table.scrollTop + table.clientHeight) / height) + 6);
    /** @type {HTMLElement[]} */
    const visible = [];
    for (let index = from; index < to; index++) visible.push(line(rows[index], index));
    body.replaceChildren(...visible);
    if (active >= from && active < to) table.setAttribute("aria-activedescendant", `row-${active}`);
    else table.removeAttribute("aria-activedescendant");
  }
  /** @param {number} to */
  function move(to) {
    active = Math.max(0, Math.min(rows.length - 1, to));
    const top = active * height, space = table.clientHeight - head.offsetHeight;
    if (top < table.scrollTop) table.scrollTop = top;
    else if (top + height > table.scrollTop + space) table.scrollTop = top + height - space;
    draw();
  }
  /** @param {number} index */
  function open(index) {
    active = index;
    const i = rows[index], page = findings.page[i];
    const more = new URLSearchParams({ ...state, page: keyOf(page), at: String(i - first.get(page)) });
    location.hash = String(more);
  }
  table.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", () => draw());
  table.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(table.clientHeight / height) - 2);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) move(active + steps[event.key]);
    else if (event.key === "Enter" && event.target === table && rows.length) open(active);
    else return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && /INPUT|SELECT|TEXTAREA/.test(event.target.tagName);
    if (event.key !== "/" || typing || dialog.open || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    field("q").focus();
  });
  addEventListener("beforeprint", () => {
    if (onMap.length) drawMap();
    const most = rows.slice(0, 200);
    const title = make("tr", {}, ...COLUMNS.map(([, text]) => make("th", { scope: "col" }, text)));
    byId("printed").replaceChildren(make("thead", {}, title), ...most.map((i) => make("tr", {},
      make("td", {}, NOUNS[findings.severity[i]]), make("td", {}, rules.name[findings.rule[i]]),
      make("td", {}, `${pages.path[findings.page[i]]}:${findings.line[i]}`),
      make("td", {}, findings.messages[findings.message[i]]))));
    if (rows.length > most.length) byId("printed").append(make("caption", {}, `The first ${most.length} of ${rows.length.toLocaleString("en")}`));
  });

  // -------------------------------------------------------------- a page

  const dialog = /** @type {HTMLDialogElement} */ (byId("page"));
  const close = () => {
    const rest = Object.entries(state).filter(([name]) => name !== "page" && name !== "at");
    location.hash = String(new URLSearchParams(rest));
  };
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) close(); });

  /** A stretch of a file with the place marked. @type {(line: number, before: string, marked: string, after: string) => Child} */
  const excerpt = (at, before, marked, after) => (before || marked || after) && make("pre", { "aria-label": `Line ${at}` },
    make("span", { class: "number" }, `${at}  `), before, make("mark", {}, marked), after);
  /** @type {(fix: Fix, path: string) => HTMLElement[]} */
  const diff = ([title, safe, edits, more], path) => [
    make("p", {}, make("b", {}, "Fix: "), title, make("span", { class: "tag" }, safe ? "--fix" : "--unsafe-fixes")),
    ...edits.map(([file, at, before, old, new_, after]) => make("pre", {},
      make("span", { class: "number" }, `${file === path ? "line " : `${file}:`}${at}\n`),
      make("span", { class: "old" }, `- ${before}`, make("mark", {}, old), after),
      make("span", { class: "new" }, `+ ${before}`, make("mark", {}, new_), after))),
    ...(more ? [make("p", { class: "note" }, `and ${counted(more, "more edit")}`)] : []),
  ];
  /** @type {(i: number, chosen: boolean) => HTMLElement} */
  const finding = (i, isChosen) => {
    const rule = findings.rule[i], severity = findings.severity[i], fix = findings.fixes[findings.fix[i]];
    const name = rules.url[rule] ? make("a", { href: rules.url[rule], rel: "noreferrer" }, rules.name[rule]) : rules.name[rule];
    const made = make("article", { class: `finding ${SEVERITIES[severity]}${isChosen ? " chosen" : ""}` },
      make("p", {}, make("span", { class: `word ${SEVERITIES[severity]}` }, NOUNS[severity]), ` line ${findings.line[i]} · `, name, ` ${rules.code[rule]}${findings.since[i] >= 0 ? ` · since ${data.runs.at[findings.since[i]].slice(0, 10)}` : ""}`,
        hasBaseline && findings.baselined[i] === 1 && make("span", { class: "tag" }, "known to the baseline")),
      make("p", {}, make("b", {}, findings.messages[findings.message[i]])),
      excerpt(findings.line[i], findings.before[i], findings.marked[i], findings.after[i]),
      findings.help[i] >= 0 && make("p", {}, make("b", {}, "Help: "), findings.helps[findings.help[i]]),
      ...(fix ? diff(fix, pages.path[findings.page[i]]) : []),
      ...(findings.related[i] || []).map(([path, at, message]) => make("p", { class: "note" }, `${message}: ${path}:${at}`)));
    if (rules.manual[rule]) {
      const manual = make("details", {}, make("summary", {}, `Why: the manual of ${rules.name[rule]}`));
      manual.addEventListener("toggle", () => {
        if (manual.childElementCount === 1) manual.append(make("pre", { tabindex: "0" }, rules.manual[rule]));
      });
      made.append(manual);
    }
    return made;
  };

  /** The pages that link to each page, made when first asked. @type {number[][] | undefined} */
  let sources;
  const linkingTo = (/** @type {number} */ page) => {
    if (!sources) {
      sources = pages.path.map(() => []);
      for (let from = 0; from < links.first.length - 1; from++)
        for (let row = links.first[from]; row < links.first[from + 1]; row++) {
          const to = links.to[row];
          if (to >= 0 && to !== from && sources[to][sources[to].length - 1] !== from) sources[to].push(from);
        }
    }
    return sources[page];
  };
  /** @type {(url: string) => boolean} */
  const isWeb = (url) => /^https?:\/\//i.test(url);
  const BAD = new Set(["dead", "dead-fragment", "fragment-lost", "unpublished"]);
  /** @type {(row: number) => HTMLElement} */
  const linkOf = (row) => {
    const to = links.to[row], written = links.written[row], status = links.statuses[links.status[row]];
    const target = written >= 0 ? links.targets[written] : "";
    const verdict = written >= 0 && links.verdicts[written];
    const what = to >= 0 ? make("a", { href: hrefOf(to) }, nameOf(to))
      : status === "external" && isWeb(target) ? make("a", { href: target, rel: "noreferrer noopener", target: "_blank" }, target) : target;
    return make("li", {}, what,
      status !== "page" && status !== "external" && make("span", { class: `tag${BAD.has(status) ? " bad" : ""}` }, status),
      verdict && make("span", { class: `tag${verdict[3] ? " bad" : ""}` }, `${verdict[3] ? `dead since ${verdict[3]}` : `${verdict[0]} ${verdict[1]}`}, since ${verdict[2]}`),
      verdict && verdict[4].length > 1 && make("span", { class: "note" }, ` (${verdict[4].map(([at, kind]) => `${kind} ${at}`).join(", ")})`),
      make("span", { class: "note" }, ` line ${links.line[row]}`));
  };
  /** A heading with a list that shows the first, and the others when asked. @type {(title: string, items: number[], item: (key: number) => HTMLElement) => HTMLElement[]} */
  const listed = (title, items, item) => {
    if (!items.length) return [];
    const list = make("ul", { class: "links" }, ...items.slice(0, 60).map(item));
    const parts = [make("h3", {}, `${title} (${items.length.toLocaleString("en")})`), list];
    if (items.length > 60) {
      const button = make("button", { type: "button" }, `Show ${counted(items.length - 60, "more")}`);
      button.addEventListener("click", () => { button.remove(); list.append(...items.slice(60).map(item)); });
      parts.push(button);
    }
    return parts;
  };

  /** The terms of a page, by taxonomy. @type {(page: number) => [string, string][]} */
  const termsOf = (page) => {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const term of pages.terms[page]) {
      const [taxonomy, ...name] = pages.termNames[term].split(": ");
      found.set(taxonomy, [...(found.get(taxonomy) || []), name.join(": ")]);
    }
    return [...found].map(([taxonomy, names]) => [taxonomy, names.join(", ")]);
  };

  /** @type {(page: number) => void} */
  function showPage(page) {
    const from = first.get(page) || 0, found = Array.from({ length: count.get(page) || 0 }, (_, i) => from + i);
    const path = pages.path[page], url = pages.url[page], state_ = pages.words[pages.state[page]];
    const rowsOf = page < links.first.length - 1 ? Array.from({ length: links.first[page + 1] - links.first[page] }, (_, i) => links.first[page] + i) : [];
    const external = rowsOf.filter((row) => links.statuses[links.status[row]] === "external");
    const internal = rowsOf.filter((row) => links.statuses[links.status[row]] !== "external");
    const web = data.base && url ? new URL(url, data.base).href : "";
    const facts = /** @type {[string, Child][]} */ ([
      ["File", make("code", {}, path)],
      ["URL", web && isWeb(web) ? make("a", { href: web, rel: "noreferrer noopener", target: "_blank" }, url) : url],
      ["State", state_ !== "published" ? state_ : ""],
      ["Section", pages.sectionNames[pages.section[page]]],
      ...termsOf(page),
      ["Aliases", pages.aliases[page].join(", ")],
    ]).filter(([, value]) => value && (typeof value === "string" || value.textContent));
    const button = make("button", { type: "button", "aria-label": "Close" }, "Close");
    button.addEventListener("click", close);
    const at = Number(state.at || -1);
    dialog.replaceChildren(
      make("header", {}, make("div", {}, make("h2", { id: "page-title", tabindex: "-1" }, nameOf(page)), make("span", { class: "note" }, counted(found.length, "finding"))), button),
      make("div", { class: "content" },
        make("dl", { class: "pairs" }, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
        found.length ? make("h3", {}, "Findings") : make("p", {}, "Nothing is found on this page."),
        ...found.map((i, n) => finding(i, n === at)),
        ...listed("Linked from", page < links.first.length - 1 ? linkingTo(page) : [], (source) => make("li", {}, make("a", { href: hrefOf(source) }, nameOf(source)), count.has(source) && make("span", { class: "tag" }, counted(count.get(source), "finding")))),
        ...listed("Links to", internal, linkOf),
        ...listed("External links", external, linkOf)));
    if (!dialog.open) dialog.showModal();
    const goal = dialog.querySelector(".chosen");
    if (goal && at > 0) goal.scrollIntoView({ block: "center" });
    else { dialog.scrollTop = 0; byId("page-title").focus(); }
  }

  // -------------------------------------------------------------- trend

  /** A line for all findings, and one for each of the most common rules. */
  function drawTrend() {
    const chart = byId("chart"), runs = data.runs, uPlot = /** @type {any} */ (window).uPlot;
    chart.hidden = false;
    const style = getComputedStyle(document.documentElement), ink = style.getPropertyValue("--soft");
    const axis = { stroke: ink, grid: { stroke: style.getPropertyValue("--line") }, ticks: { stroke: style.getPropertyValue("--line") } };
    const strokes = ["--text", "--error-bar", "--warning-bar", "--info-bar", "--link", "--soft"].map((name) => style.getPropertyValue(name));
    const day = (/** @type {number} */ seconds) => new Date(1000 * seconds).toISOString().slice(0, 10);
    const lines = [["all findings", runs.total], ...runs.rules], last = runs.at.length - 1;
    // Where the pointer points at no run, the legend is about the last one.
    /** @type {(_: any, value: number | null, series: number, at: number | null) => string} */
    const numbered = (_, value, series, at) => (at === null ? lines[series - 1][1][last] : value || 0).toLocaleString("en");
    const made = () => new uPlot({
      width: Math.max(260, chart.parentElement ? chart.parentElement.clientWidth - 36 : 600), height: 240,
      scales: { y: { range: (/** @type {any} */ _, /** @type {number} */ _low, /** @type {number} */ high) => [0, Math.max(1, high * 1.05)] } },
      axes: [{ ...axis, space: 90, values: (/** @type {any} */ _, /** @type {number[]} */ at) => at.map(day) }, { ...axis, size: 60 }],
      series: [{ label: "run", value: (/** @type {any} */ _, /** @type {number | null} */ at) => at === null ? runs.at[last].slice(0, 10) : day(at) }, ...lines.map(([label], i) => ({ label, value: numbered, stroke: strokes[i], width: i ? 1.5 : 2.5, points: { show: runs.at.length < 40 } }))],
    }, [runs.at.map((at) => Date.parse(at) / 1000), ...lines.map(([, values]) => values)], chart);
    chart.replaceChildren();
    made();
  }
  if (data.runs.at.length > 1) {
    drawTrend();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTrend);
    let width = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; drawTrend(); } });
  }

  // -------------------------------------------------------------- map

  const canvas = /** @type {HTMLCanvasElement} */ (byId("canvas"));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const areas = data.map, onMap = pages.path.map((_, i) => i).filter((i) => areas.pages[4 * i + 2] > 0);
  const published = pages.words.indexOf("published"), plain = pages.words.indexOf("page"), dead = links.statuses.indexOf("dead");
  const isOrphan = (/** @type {number} */ page) => pages.kind[page] === plain && pages.state[page] === published && !pages.incoming[page];
  /** For each page its worst severity, and how many of its links lead nowhere. */
  const worst = new Uint8Array(pages.path.length), deadLinks = new Uint16Array(pages.path.length);
  findings.page.forEach((page, i) => {
    if (!findings.baselined[i]) worst[page] = Math.max(worst[page], findings.severity[i]);
  });
  for (let page = 0; page < links.first.length - 1; page++)
    for (let row = links.first[page]; row < links.first[page + 1]; row++) if (links.status[row] === dead) deadLinks[page]++;
  const mapForm = /** @type {HTMLFormElement} */ (byId("map-form"));
  /** @type {(name: string) => HTMLInputElement} */
  const mapField = (name) => /** @type {HTMLInputElement} */ (mapForm.elements.namedItem(name));
  /** The part of the map that is shown: all of it, or a section. @type {[number, number, number, number]} */
  let view = [0, 0, ...areas.size];
  /** Pixels of a unit. */
  let across = 1, down = 1, drawn = false;

  mapField("section").replaceChildren(make("option", { value: "" }, "all"), ...areas.sections.map(([name]) => make("option", { value: name }, name)));
  byId("orphans").textContent = onMap.filter(isOrphan).length.toLocaleString("en");
  byId("broken").textContent = onMap.filter((page) => deadLinks[page]).length.toLocaleString("en");
  /** The color of that name in the style sheet. @type {(name: string) => string} */
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  /** The rectangle of a page in pixels. @type {(page: number) => [number, number, number, number]} */
  const boxOf = (page) => scaled(areas.pages[4 * page] / 10, areas.pages[4 * page + 1] / 10, areas.pages[4 * page + 2] / 10, areas.pages[4 * page + 3] / 10);
  /** @type {(x: number, y: number, width: number, height: number) => [number, number, number, number]} */
  const scaled = (x, y, width, height) => [(x - view[0]) * across, (y - view[1]) * down, width * across, height * down];
  /** The pages that a text or a choice is about. @returns {number[]} */
  const sought = () => {
    const words = mapField("find").value.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length ? onMap.filter((page) => words.every((word) => `${pages.title[page]}\n${pages.path[page]}\n${pages.url[page]}`.toLowerCase().includes(word))) : [];
  };
  /** @type {(from: number, to: number) => void} */
  const stroke = (from, to) => {
    const [x, y, width, height] = boxOf(from), [toX, toY, toWidth, toHeight] = boxOf(to);
    pen.moveTo(x + width / 2, y + height / 2);
    pen.lineTo(toX + toWidth / 2, toY + toHeight / 2);
  };

  /** As much of a text as has room. @type {(text: string, width: number) => string} */
  const fitting = (text, width) => {
    if (pen.measureText(text).width <= width) return text;
    let length = Math.min(text.length, Math.ceil(width / 3));
    while (length && pen.measureText(`${text.slice(0, length)}…`).width > width) length--;
    return `${text.slice(0, length)}…`;
  };

  /** Draw the map as the form and the address say. */
  function drawMap() {
    const ratio = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const area = areas.sections.find(([name]) => name === mapField("section").value);
    view = area ? [area[1], area[2], area[3], area[4]] : [0, 0, ...areas.size];
    across = canvas.clientWidth / view[2];
    down = canvas.clientHeight / view[3];
    const fills = [color("calm"), color("info-bar"), color("warning-bar"), color("error-bar")];
    const found = sought(), node = pageOf(state.node), near = node === undefined ? [] : neighbours(node);
    pen.fillStyle = color("card");
    pen.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    const strip = Math.max(8, Math.min(17, 24 * canvas.clientHeight / view[3]));
    pen.font = `600 ${Math.round(strip * .72)}px system-ui, sans-serif`;
    for (const [name, ...box] of areas.sections) {
      const [x, y, width, height] = scaled(...box);
      pen.fillStyle = color("area");
      pen.fillRect(x, y, width - 2, height - 2);
      if (width < 60 || height < 40) continue;
      pen.fillStyle = color("text");
      pen.fillText(fitting(name, width - 10), x + 5, y + strip * .75);
    }
    pen.font = "11px system-ui, sans-serif";
    const lit = new Set([...near, node, ...found]), some = found.length > 0 || node !== undefined;
    // One color after the other, and all dots as one path: each change costs more than what it draws.
    for (const bright of some ? [false, true] : [true]) {
      const now = some ? onMap.filter((page) => lit.has(page) === bright) : onMap;
      pen.globalAlpha = bright ? 1 : .3;
      for (let severity = 0; severity < fills.length; severity++) {
        pen.fillStyle = fills[severity];
        for (const page of now) if (worst[page] === severity) {
          const [x, y, width, height] = boxOf(page), gap = Math.min(1, width / 6, height / 6);
          pen.fillRect(x, y, width - gap, height - gap);
        }
      }
      pen.fillStyle = color("back");
      if (mapField("lonely").checked) for (const page of now) if (isOrphan(page)) {
        const [x, y, width, height] = boxOf(page);
        pen.fillRect(x + width * .2, y + height * .2, width * .6 - 1, height * .6 - 1);
      }
      pen.fillStyle = color("error");
      pen.beginPath();
      if (mapField("dead").checked) for (const page of now) if (deadLinks[page]) {
        const [x, y, width, height] = boxOf(page), radius = Math.max(1, Math.min(width, height, 3 + 2 * Math.sqrt(deadLinks[page])) / 2.6);
        if (radius < 2) pen.rect(x + width / 2 - radius, y + height / 2 - radius, 2 * radius, 2 * radius);
        else {
          pen.moveTo(x + width / 2 + radius, y + height / 2);
          pen.arc(x + width / 2, y + height / 2, radius, 0, 7);
        }
      }
      pen.fill();
    }
    pen.globalAlpha = 1;
    pen.fillStyle = color("text");
    for (const page of onMap) {
      const [x, y, width, height] = boxOf(page);
      if (width > 90 && height > 26) pen.fillText(fitting(nameOf(page), width - 10), x + 5, y + 15);
    }
    if (mapField("all").checked) {
      pen.globalAlpha = .08;
      pen.strokeStyle = color("link");
      pen.lineWidth = 1;
      // In pieces: a path costs more than its lines.
      for (let from = 0; from < links.first.length - 1; from++) {
        if (from % 100 === 0) pen.beginPath();
        for (let row = links.first[from]; row < links.first[from + 1]; row++)
          if (links.to[row] >= 0 && links.to[row] !== from && areas.pages[4 * links.to[row] + 2] && areas.pages[4 * from + 2]) stroke(from, links.to[row]);
        if (from % 100 === 99 || from === links.first.length - 2) pen.stroke();
      }
      pen.globalAlpha = 1;
    }
    if (node !== undefined) {
      for (const [others, name] of /** @type {[number[], string][]} */ ([[linkingTo(node), "link"], [linkedFrom(node), "text"]])) {
        pen.beginPath();
        for (const other of others) if (areas.pages[4 * other + 2]) stroke(node, other);
        pen.strokeStyle = color(name);
        pen.lineWidth = 1.2;
        pen.stroke();
      }
    }
    pen.strokeStyle = color("text");
    pen.lineWidth = 2;
    for (const page of node === undefined ? found : [node]) pen.strokeRect(...boxOf(page));
    drawn = true;
  }
  /** The other pages that a page links to. @type {(page: number) => number[]} */
  const linkedFrom = (page) => page >= links.first.length - 1 ? [] : [...new Set(links.to.slice(links.first[page], links.first[page + 1]))].filter((to) => to >= 0 && to !== page);
  /** @type {(page: number) => number[]} */
  const neighbours = (page) => page < links.first.length - 1 ? [...linkingTo(page), ...linkedFrom(page)] : [];
  /** @type {(event: MouseEvent) => number | undefined} */
  const under = (event) => {
    const { left, top } = canvas.getBoundingClientRect(), atX = event.clientX - left, atY = event.clientY - top;
    return onMap.find((page) => {
      const [x, y, width, height] = boxOf(page);
      return atX >= x && atX < x + width && atY >= y && atY < y + height;
    });
  };
  canvas.addEventListener("mousemove", (event) => {
    const page = under(event);
    byId("under").textContent = page === undefined ? "" : `${pages.sectionNames[pages.section[page]]} › ${nameOf(page)}: ${counted(pages.incoming[page], "page")} link here, ${counted(count.get(page) || 0, "finding")}${deadLinks[page] ? `, ${counted(deadLinks[page], "dead link")}` : ""}`;
  });
  canvas.addEventListener("click", (event) => {
    const page = under(event);
    change({ view: "map", node: page === undefined ? "" : keyOf(page) });
  });
  mapForm.addEventListener("submit", (event) => event.preventDefault());
  mapForm.addEventListener("input", () => showMap());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawMap());

  /** The map, and beside it the neighbourhood of a page or the pages that are sought. */
  function showMap() {
    drawMap();
    const node = pageOf(state.node), found = sought();
    /** @type {(page: number) => HTMLElement} */
    const item = (page) => make("li", {}, make("a", { href: `#${new URLSearchParams({ view: "map", node: keyOf(page) })}` }, nameOf(page)), make("span", { class: "note" }, ` ${counted(pages.incoming[page], "link")} in`));
    if (node !== undefined) {
      byId("near").replaceChildren(
        make("h3", {}, nameOf(node)), make("p", {}, make("a", { href: hrefOf(node, { view: "map", node: keyOf(node) }) }, `Open the page: ${counted(count.get(node) || 0, "finding")}`)),
        ...listed("Linked from", node < links.first.length - 1 ? linkingTo(node) : [], item), ...listed("Links to", linkedFrom(node), item));
    } else if (found.length) byId("near").replaceChildren(...listed("Found", found, item));
    else byId("near").replaceChildren(make("p", { class: "lead" }, "Choose a page on the map, or find one by its title, to see what is around it."));
  }

  // -------------------------------------------------------------- show

  /** Show what the address says. */
  function show() {
    state = read();
    const filters = FILTERS.filter((name) => name !== "q" && state[name]);
    for (const name of FILTERS) if (field(name).value !== (state[name] || "")) field(name).value = state[name] || "";
    const now = JSON.stringify([...FILTERS, "sort"].map((name) => state[name] || ""));
    if (now !== key) {
      key = now;
      rows = chosen();
      active = 0;
      table.scrollTop = 0;
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      byId("shown").textContent = rows.length === total ? counted(total, "finding") : `${rows.length.toLocaleString("en")} of ${counted(total, "finding")}`;
      const [column, direction] = (state.sort || "severity").split(".");
      for (const cell of head.children) {
        const on = cell.getAttribute("data-column") === column;
        cell.setAttribute("aria-sort", on ? (direction === "down" ? "descending" : "ascending") : "none");
        const button = /** @type {HTMLElement} */ (cell.firstElementChild);
        button.textContent = (COLUMNS.find(([name]) => name === cell.getAttribute("data-column")) || ["", ""])[1] + (on ? (direction === "down" ? " ▼" : " ▲") : "");
      }
    }
    draw();
    const place = state.view || (filters.length || state.q || state.sort ? "findings" : "");
    for (const link of byId("views").children) {
      if (link.getAttribute("href") === `#view=${place || "answers"}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (place === "map" || drawn) showMap();
    const page = pageOf(state.page);
    if (page !== undefined) showPage(page);
    else if (dialog.open) dialog.close();
    return place;
  }
  const go = () => {
    const was = dialog.open, place = show();
    if (place && !dialog.open && !was) byId(place)?.scrollIntoView();
  };
  byId("views").hidden = false;
  byId("findings").hidden = total === 0;
  byId("map").hidden = onMap.length === 0;
  byId("to-map").hidden = onMap.length === 0;
  addEventListener("hashchange", go);
  go();
  performance.mark("ready");
  // The map is drawn when it comes into view.
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    showMap();
    addEventListener("resize", drawMap);
  }).observe(byId("map"));
}

unpack().then(start).catch((error) => {
  byId("failed").hidden = false;
  byId("failed").textContent = `The table of all findings cannot be shown: ${error}`;
});
