// Search over titles, questions, skills and pages. What a word may mean is known by finder.js.

// Parts that are loaded at once, and at most.
const PARTS = 6, MOST_PARTS = 18;
// Pivots in a part, and skills and pages.
const IN_PART = 32, OTHERS_IN_PART = 256;

/** How well words fit a text: the sum of their distances, more in another order; Infinity where one is not there. */
function fit(words, text, { fold, distance }) {
  const there = fold(text).split(" ");
  let sum = there.length / 100, last = 0;
  for (const word of words) {
    const far = there.map((other) => distance(word, other)), least = Math.min(...far), at = far.indexOf(least);
    sum += least + (at < last ? 0.3 : 0);
    last = at;
  }
  return sum;
}

/** The words that carry a search: without the idle ones, unless there are no others. */
function wordsOf(text, skip, { fold }) {
  const all = fold(text).split(" ").filter(Boolean), idle = new Set(fold(skip).split(" "));
  const words = all.filter((word) => !idle.has(word));
  return words.length ? words : all;
}

/** All that files of the search hold, as entries of a kind, a text, an address, and perhaps the title above. */
const entriesIn = (files) =>
  files.flatMap((file) => [
    ...file.skills.map(([text, url]) => ({ kind: "skill", text, url })),
    ...file.pages.map(([text, url]) => ({ kind: "page", text, url })),
    ...file.pivots.flatMap(([url, title, ...rest]) => [
      { kind: "pivot", text: title, url },
      ...rest.flatMap((text, at) => (at % 2 ? [{ kind: "question", text, url: `${url}#${rest[at - 1]}`, of: title }] : [])),
    ]),
  ]);

/** The entries that words mean, the best first. */
const best = (files, words, finder, count) =>
  entriesIn(files)
    .map((entry, nth) => [fit(words, entry.text, finder), nth, entry])
    .filter(([cost]) => cost < Infinity)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(0, count)
    .map(([, , entry]) => entry);

/** The file of a word: those with the same first letters are in one. */
const fileOf = (word, { files, letters }) =>
  [...word].slice(0, letters).reduce((number, letter) => (number * 31 + letter.codePointAt()) % files, 0);

/** The numbers that a list of words has for a word, with their distances, and the last that is known of. */
function listOf(lists, word, { distance, numbers }) {
  const near = new Map();
  let end = Infinity;
  for (const [other, text] of Object.entries(lists)) {
    const far = distance(word, other);
    if (far === Infinity) continue;
    let at = -1;
    for (const gap of numbers(text.replace("+", ""))) near.set((at += gap + 1), Math.min(far, near.get(at) ?? Infinity));
    // Of a common word the list ends early.
    if (text[0] === "+") end = Math.min(end, at);
  }
  return { near, end };
}

/** The numbers that all words may have, the nearest first. */
function inAll(lists) {
  const [first, ...rest] = lists.sort((a, b) => b.end - a.end || a.near.size - b.near.size);
  const all = [...first.near].map(([number, far]) => {
    const others = rest.map(({ near, end }) => near.get(number) ?? (number > end ? 1 : Infinity));
    return [number, others.reduce((sum, other) => sum + other, far)];
  });
  return all.filter(([, far]) => far < Infinity).sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([number]) => number);
}

/** What the files of the search say to a text, the best first; `file(path)` loads one of them. */
export async function look(file, text, skip, finder, count = 20) {
  const words = wordsOf(text, skip, finder), first = await file("search.json"), { split } = first;
  if (!words.length) return [];
  if (!split) return best([first], words, finder, count);
  const lists = await Promise.all(words.map((word) => file(`words/${fileOf(word, split)}.json`)));
  const numbers = (kind) => inAll(words.map((word, nth) => listOf(lists[nth][kind], word, finder)));
  const pivots = numbers("pivots").map((at) => `${Math.floor(at / split.stride)}-${Math.floor((at % split.stride) / IN_PART)}`);
  const others = numbers("others").map((at) => `others-${Math.floor(at / OTHERS_IN_PART)}`);
  const parts = [...new Set([...others, ...pivots])].slice(0, MOST_PARTS), loaded = [];
  let results = [];
  while (parts.length && results.length < count) {
    loaded.push(...(await Promise.all(parts.splice(0, PARTS).map((part) => file(`search/${part}.json`)))));
    results = best(loaded, words, finder, count);
  }
  return results;
}

async function start(form, finder) {
  const field = form.querySelector("input"), results = document.querySelector(".finder-results"), words = results.dataset;
  const { node, counted, filled, site: { url, get } } = finder, files = {};
  const file = (path) => {
    files[path] ??= get(path);
    files[path].catch(() => delete files[path]);
    return files[path];
  };
  const item = ({ url: path, text, of, kind }) => {
    const line = node("li");
    line.append(node("a", text, { href: url(`..${path}`) }), " ", node("span", of ?? words[kind] ?? "", { className: "meta" }));
    return line;
  };
  const answer = async () => {
    const text = (field.value = new URLSearchParams(location.search).get("q") ?? "");
    if (!text.trim()) return results.replaceChildren();
    const entries = await look(file, text, words.skip, finder), list = node("ul"), count = entries.length;
    if (text !== field.value) return;
    list.append(...entries.map(item));
    const said = count ? counted(words.results, count) : filled(words.none, { text });
    results.replaceChildren(node("h2", said), list);
  };
  const quietly = () => answer().catch(() => (results.textContent = words.failed));
  file("search.json").catch(() => {});
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", url(`?${new URLSearchParams({ q: field.value.trim() })}`));
    // The form for roles empties its answer.
    dispatchEvent(new PopStateEvent("popstate"));
  });
  addEventListener("popstate", quietly);
  // Who has typed before this script came has typed no address.
  if (location.search) quietly();
}

const form = globalThis.document?.querySelector("form.finder-words");
if (form) {
  const { src } = document.querySelector('script[src*="/finder."]');
  import(src).then((finder) => start(form, finder));
}
