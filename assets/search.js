// Search over titles, questions, skills and pages. What a word may mean is known by finder.js.

/** How well words fit a text: the sum of their distances, or Infinity where one is not there. */
function fit(words, text, { fold, distance }) {
  const there = fold(text).split(" ");
  let sum = there.length / 100;
  for (const word of words) {
    const least = Math.min(...there.map((other) => distance(word, other)));
    if (least === Infinity) return Infinity;
    sum += least;
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
export function entriesIn(files) {
  return files.flatMap((file) => [
    ...file.skills.map(([text, url]) => ({ kind: "skill", text, url })),
    ...file.pages.map(([text, url]) => ({ kind: "page", text, url })),
    ...file.pivots.flatMap(([url, title, ...rest]) => [
      { kind: "pivot", text: title, url },
      ...rest.flatMap((text, at) => (at % 2 ? [{ kind: "question", text, url: `${url}#${rest[at - 1]}`, of: title }] : [])),
    ]),
  ]);
}

/** The entries that a text means, the best first. */
export function found(entries, text, skip, finder, count = 20) {
  const words = wordsOf(text, skip, finder);
  if (!words.length) return [];
  return entries
    .map((entry, nth) => [fit(words, entry.text, finder), nth, entry])
    .filter(([cost]) => cost < Infinity)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .slice(0, count)
    .map(([, , entry]) => entry);
}

/** The roles that a text names with some of its words, at most three. */
export function rolesIn(graph, text, skip, finder) {
  const words = wordsOf(text, skip, finder), roles = new Set();
  for (let length = Math.min(3, words.length); length; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const [role] = finder.meant(graph, words.slice(at, at + length).join(" "), 1);
      if (role !== undefined) roles.add(role);
    }
  }
  return [...roles].slice(0, 3);
}

async function start(form, finder) {
  const field = form.querySelector("input"), results = document.querySelector(".finder-results"), words = results.dataset;
  const { url, get } = finder.site, files = {};
  const file = (path) => {
    files[path] ??= get(path);
    files[path].catch(() => delete files[path]);
    return files[path];
  };
  const look = async () => {
    const text = (field.value = new URLSearchParams(location.search).get("q") ?? "");
    if (!text.trim()) return results.replaceChildren();
    const first = await file("search.json"), all = [first];
    if (first.split) {
      const graph = await finder.site.graph();
      const parts = rolesIn(graph, text, words.skip, finder).map((role) => file(`search/${role}.json`).catch(() => undefined));
      all.push(...(await Promise.all(parts)).filter(Boolean));
    }
    const note = first.split && all.length === 1 ? words.role : "";
    if (text === field.value) show(found(entriesIn(all), text, words.skip, finder), text, note);
  };
  const show = (entries, text, more) => {
    const list = document.createElement("ul");
    for (const entry of entries) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = url(`..${entry.url}`);
      link.textContent = entry.text;
      const note = document.createElement("span");
      note.className = "meta";
      note.textContent = entry.of ?? words[entry.kind] ?? "";
      item.append(link, " ", note);
      list.append(item);
    }
    const head = document.createElement("h2");
    const said = entries.length === 1 ? words.one : entries.length ? words.other : words.none;
    head.textContent = said.replace("{count}", entries.length).replace("{text}", text);
    const hint = document.createElement("p");
    hint.textContent = more;
    results.replaceChildren(head, ...(more ? [hint] : []), list);
  };
  const quietly = () => look().catch(() => (results.textContent = words.failed));
  field.addEventListener("focus", () => file("search.json").catch(() => {}));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", url(`?${new URLSearchParams({ q: field.value.trim() })}`));
    // The form for roles empties its answer.
    dispatchEvent(new PopStateEvent("popstate"));
  });
  addEventListener("popstate", quietly);
  quietly();
}

const form = globalThis.document?.querySelector("form.finder-words");
if (form) {
  const { src } = document.querySelector('script[src*="/finder."]');
  import(src).then((finder) => start(form, finder));
}
