// Find your move: names as people type them, ways between two roles, and the form; answer.js shows the ways.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// 400 parts are a day, so that the lengths of all units are whole numbers.
const PARTS = { w: 2800, m: 12175, y: 146100 };
// From so many months on a span is told in years.
const LONG = 36;

/** Small letters without accents, words parted by blanks. */
export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();

/** The graph in a parsed moves.json; `load(number)` gets the file of a role, where moves are parted. */
export function openGraph(file, load) {
  const roles = file.roles.map((line) => line.split("\t"));
  const windows = file.windows.map(([low, high, unit]) => ({ low, high, unit }));
  const graph = { roles, windows, fields: numbers(file.of), slugs: file.slugs, pages: { ...file.pages } };
  graph.unnamed = file.fields.indexOf("");
  graph.names = roles.flatMap((names, role) => names.map((name, nth) => nameOf(name, role, nth)));
  if (file.moves) {
    graph.out = file.moves.map(movesIn);
    graph.into = roles.map(() => new Map());
    graph.out.forEach((moves, from) => moves.forEach((window, to) => graph.into[to].set(from, window)));
  } else {
    graph.out = [];
    graph.into = [];
    graph.load = async (role) => {
      const part = await load(role);
      if (part.stamp !== file.stamp) throw new Error("the files are of two builds");
      graph.out[role] = movesIn(part.out);
      graph.into[role] = movesIn(part.into);
      Object.assign(graph.pages, part.pages);
    };
  }
  return graph;
}

function nameOf(name, role, nth) {
  const text = fold(name), words = text.split(" ");
  const sorted = [...words].sort().join(" "), initials = words.map((word) => word[0]).join("");
  return { role, nth, text, words, sorted, initials, joined: words.join("") };
}

/** Numbers in letters: five bits in each, the lowest first. */
export function numbers(text) {
  const all = [];
  let number = 0, shift = 0;
  for (const letter of text) {
    const bits = LETTERS.indexOf(letter);
    number |= (bits & 31) << shift;
    shift += 5;
    if (bits < 32) {
      all.push(number);
      number = shift = 0;
    }
  }
  return all;
}

/** Roles, each with the number of its window. */
function movesIn(text) {
  const [gaps, windows] = text.split(" ").map(numbers), moves = new Map();
  let role = -1;
  gaps.forEach((gap, nth) => moves.set((role += gap + 1), windows[nth]));
  return moves;
}

export const slugOf = (graph, role) =>
  graph.slugs[role] ?? graph.roles[role][0].toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** The slug of the pivot from one role to another. */
export const pivotOf = (graph, from, to) => graph.pages[`${from} ${to}`] ?? `${slugOf(graph, from)}-to-${slugOf(graph, to)}`;

/** Edits between two words, two letters that changed places being one; or more than `most`. */
export function edits(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}

/** Whether a word is a longer one cut short, such as "mgr". */
function shortens(word, other) {
  if (word.length > 5 || word[0] !== other[0] || word.at(-1) !== other.at(-1)) return false;
  let at = -1;
  return [...word].every((letter) => (at = other.indexOf(letter, at + 1)) >= 0);
}

/** How far a typed word is from another: 0 for the same, Infinity for none of its spellings. */
export function distance(word, other) {
  if (word === other) return 0;
  if (other.startsWith(word)) return 0.5;
  const most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
  if (most) {
    // What is typed may be the start of a longer word.
    const start = other.length > word.length ? edits(word, other.slice(0, word.length), most) : Infinity;
    const near = Math.min(edits(word, other, most), start);
    if (near <= most) return near;
  }
  return word.length > 1 && shortens(word, other) ? 1.5 : Infinity;
}

function cost(asked, name) {
  if (name.text === asked.text) return 0;
  if (name.sorted === asked.sorted || name.joined === asked.joined) return 1;
  if (name.words.length > 1 && name.initials === asked.joined) return 2;
  if (name.text.startsWith(asked.text)) return 3;
  const left = [...name.words];
  let sum = 4, strange = 0;
  for (const word of asked.words) {
    const far = left.map((other) => distance(word, other)), least = Math.min(...far);
    if (least === Infinity) strange++;
    else {
      sum += least;
      left.splice(far.indexOf(least), 1);
    }
  }
  if (strange * 2 <= asked.words.length && strange < asked.words.length) return sum + 8 * strange + left.length / 4;
  const most = asked.joined.length > 7 ? 2 : 0;
  return most && edits(asked.joined, name.joined, most) <= most ? 9 : Infinity;
}

/** The roles that a text may mean, the likeliest first; `skip` are idle words, such as "a". */
export function meant(graph, text, count = 8, skip = "") {
  const idle = new Set(fold(skip).split(" ")), all = fold(text).split(" ").filter(Boolean);
  if (!all.length) return [];
  const whole = nameOf(all.join(" ")), hasIdle = all.some((word) => idle.has(word));
  const best = new Map();
  for (const name of graph.names) {
    // An idle word counts where the name has it too, as in "Lead Cook".
    const words = hasIdle ? all.filter((word) => !idle.has(word) || name.words.includes(word)) : all;
    const asked = words.length && words.length < all.length ? nameOf(words.join(" ")) : whole;
    // The role's own name comes before its other names.
    const rank = cost(asked, name) + (all.length - asked.words.length) / 20 + (name.nth ? 0.1 : 0);
    if (rank < (best.get(name.role) ?? Infinity)) best.set(name.role, rank);
  }
  // Of two that are as likely, more readers mean the one with more moves.
  const moves = (role) => (graph.out[role]?.size ?? 0) + (graph.into[role]?.size ?? 0);
  return [...best].sort((a, b) => a[1] - b[1] || moves(b[0]) - moves(a[0]) || a[0] - b[0]).slice(0, count).map(([role]) => role);
}

/** Which way is better: the shorter longest time, then the shorter least time, then the roles. */
function compare(a, b) {
  if (a.high !== b.high || a.low !== b.low) return a.high - b.high || a.low - b.low;
  const at = a.path.findIndex((role, nth) => role !== b.path[nth]);
  return at < 0 ? 0 : a.path[at] - b.path[at];
}

/** The ways of one layer, each a move longer. */
function longer(graph, layer, steps, count) {
  const next = new Map();
  for (const [from, to, number] of steps) {
    const { low, high, unit } = graph.windows[number], ways = next.get(to) ?? [];
    for (const way of layer.get(from)) {
      ways.push({ path: [...way.path, to], low: way.low + low * PARTS[unit], high: way.high + high * PARTS[unit] });
    }
    next.set(to, ways);
  }
  for (const [role, ways] of next) next.set(role, ways.sort(compare).slice(0, count));
  return next;
}

const loaded = (graph, roles) => Promise.all(roles.filter((role) => !graph.out[role]).map((role) => graph.load(role)));

/** The best ways with the fewest moves: paths of roles, and the sums of their windows. */
export async function routes(graph, from, to, count = 3) {
  // Layers of roles from both ends, the smaller one growing, until both have a role in common.
  let ways = new Map([[from, [{ path: [from], low: 0, high: 0 }]]]);
  const seen = new Set([from]), reached = new Set([to]), behind = [new Set([to])];
  let met = from === to ? [to] : [];
  while (!met.length) {
    const front = [...ways.keys()], back = [...behind.at(-1)];
    if (!front.length || !back.length) return [];
    if (front.length <= back.length) {
      await loaded(graph, front);
      const steps = front.flatMap((role) => [...graph.out[role]].map(([other, window]) => [role, other, window]));
      ways = longer(graph, ways, steps.filter((step) => !seen.has(step[1])), count);
      for (const role of ways.keys()) seen.add(role);
    } else {
      await loaded(graph, back);
      const next = new Set(back.flatMap((role) => [...graph.into[role].keys()]).filter((role) => !reached.has(role)));
      next.forEach((role) => reached.add(role));
      behind.push(next);
    }
    met = [...ways.keys()].filter((role) => behind.at(-1).has(role));
  }
  ways = new Map(met.map((role) => [role, ways.get(role)]));
  for (const layer of behind.slice(0, -1).reverse()) {
    const steps = [...layer].flatMap((role) => [...graph.into[role]].map(([other, window]) => [other, role, window]));
    ways = longer(graph, ways, steps.filter((step) => ways.has(step[0])), count);
  }
  return ways.get(to);
}

/** Roles of the field of `like` that can be reached from `start`, of what is loaded, the nearest first. */
export function nearest(graph, start, like, lists, count = 3) {
  const field = graph.fields[like], near = [], seen = new Set([start]);
  let layer = field === graph.unnamed ? [] : [start];
  while (layer.length && near.length < count) {
    const next = new Set(layer.flatMap((role) => [...(lists[role]?.keys() ?? [])]));
    layer = [...next].filter((role) => !seen.has(role)).sort((a, b) => a - b);
    layer.forEach((role) => seen.add(role));
    near.push(...layer.filter((role) => graph.fields[role] === field && role !== like));
  }
  return near.slice(0, count);
}

/** The sum of a way in the unit of all its windows, or else in months or years. */
export function span(graph, { path, low, high }) {
  const units = new Set(path.slice(1).map((role, nth) => graph.windows[windowOf(graph, path[nth], role)].unit));
  let unit = units.size === 1 ? [...units][0] : "m";
  if (unit === "m" && low >= LONG * PARTS.m) unit = "y";
  const rounded = (length) => Math.floor((2 * length + PARTS[unit]) / (2 * PARTS[unit]));
  return { low: rounded(low), high: rounded(high), unit };
}

export const windowOf = (graph, from, to) => graph.out[from]?.get(to) ?? graph.into[to].get(from);

/** What two typed names mean, and the ways from the first to the second. */
export async function ask(graph, typed, skip = "") {
  const guesses = typed.map((text) => meant(graph, text, 4, skip)), [from, to] = guesses.map(([first]) => first);
  const known = from !== undefined && to !== undefined;
  return { guesses, from, to, known, ways: known && from !== to ? await routes(graph, from, to) : [] };
}

export const filled = (text, names) => text.replace(/\{(\w+)\}/g, (whole, name) => names[name] ?? whole);

/** The form of a text for a number; of a range, which `count` says, a form that shows it. */
export function counted(forms, number, names) {
  const texts = JSON.parse(forms), text = texts[new Intl.PluralRules(document.documentElement.lang).select(number)] ?? texts.other;
  return filled(names?.count && !/{count}/.test(text) ? texts.other : text, { count: number, ...names });
}

export const node = (tag, text = "", properties = {}) => Object.assign(document.createElement(tag), { textContent: text }, properties);

/** The files of the site, and the graph, loaded when somebody asks for it. */
function siteOf(form) {
  // The form leads to /find/, and all files of the finder and the site are found from there.
  const url = (path) => new URL(path, form.action).href;
  const get = async (path) => {
    const response = await fetch(url(path));
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  };
  let opening;
  const graph = () => {
    opening ??= get("moves.json").then((file) => openGraph(file, (role) => get(`moves/${role}.json`)));
    // What failed is tried anew by the next who asks.
    opening.catch(() => (opening = undefined));
    return opening;
  };
  return { url, get, graph };
}

/** An input with a list of roles, after the combobox of the ARIA practices. */
function combobox(field, graph, status) {
  const list = document.getElementById(`${field.id}-roles`), words = status.dataset;
  let active = -1;
  list.role = "listbox";
  field.role = "combobox";
  field.ariaExpanded = "false";
  field.ariaAutoComplete = "list";
  field.setAttribute("aria-controls", list.id);

  const point = (at) => {
    [...list.children].forEach((option, nth) => (option.ariaSelected = String(nth === at)));
    active = at;
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const show = (shown) => {
    list.hidden = !shown;
    field.ariaExpanded = String(shown);
    point(-1);
  };
  const choose = (option) => {
    field.value = option.textContent;
    show(false);
    status.textContent = "";
  };
  const offer = async () => {
    const text = field.value, known = await graph();
    if (text !== field.value || document.activeElement !== field) return;
    const roles = meant(known, text, 8, words.skip), count = roles.length;
    const option = (role, nth) => ({ role: "option", id: `${list.id}-${nth}`, ariaSelected: "false", textContent: known.roles[role][0] });
    list.replaceChildren(...roles.map((role, nth) => node("li", "", option(role, nth))));
    show(count > 0);
    status.textContent = text.trim() ? (count ? counted(words.roles, count) : words.none) : "";
  };
  const quietly = (task) => task().catch(() => show(false));

  field.addEventListener("focus", () => graph().catch(() => {}));
  field.addEventListener("input", () => quietly(offer));
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    const open = !list.hidden, last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) quietly(offer);
      else if (event.key === "ArrowDown") point(active >= last ? 0 : active + 1);
      else point(active <= 0 ? last : active - 1);
    } else if (event.key === "Escape") {
      if (open) show(false);
      else field.value = "";
    } else if (open && active >= 0 && (event.key === "Enter" || event.key === "Tab")) {
      if (event.key === "Enter") event.preventDefault();
      choose(list.children[active]);
    } else if (open && event.key === "Enter") show(false);
  });
  // A press must not take the focus from the field, whose list would close before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.role === "option" && choose(event.target));
}

const form = globalThis.document?.querySelector("form.finder");

export const site = form && siteOf(form);

if (form) form.querySelectorAll("input").forEach((field) => combobox(field, site.graph, form.querySelector("[role=status]")));
