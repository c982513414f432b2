// Find your move: names as people type them, the ways between two roles, and the form for both.
// The form works with keyboard, touch and screen reader, after the combobox of the ARIA practices.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// 400 parts are a day, so that the lengths of all units are whole numbers.
const PARTS = { w: 2800, m: 12175, y: 146100 };
// From so many months on a span is told in years.
const LONG = 36;

// The graph: what moves.json says, ready to be asked.

/** The text in small letters without accents, words parted by single blanks. */
export const fold = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();

/** A graph of the parsed moves.json; `load(number)` gets the parsed file of one role, if there are such files. */
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

/** The numbers in a text of letters: five bits in each, the lowest first. */
function numbers(text) {
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

/** The roles that a list of moves names, each with the number of its window. */
function movesIn(text) {
  const [gaps, windows] = text.split(" ").map(numbers), moves = new Map();
  let role = -1;
  gaps.forEach((gap, nth) => moves.set((role += gap + 1), windows[nth]));
  return moves;
}

const slugOf = (graph, role) =>
  graph.slugs[role] ?? graph.roles[role][0].toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** The slug of the pivot from one role to another. */
export const pivotOf = (graph, from, to) => graph.pages[`${from} ${to}`] ?? `${slugOf(graph, from)}-to-${slugOf(graph, to)}`;

// Names.

/** The edits between two words, letters that changed places being one edit; or more than `most`. */
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

/** Whether a short word has the first and the last letter of a longer one, and others in its order: "mgr". */
function shortens(word, other) {
  if (word.length > 5 || word[0] !== other[0] || word.at(-1) !== other.at(-1)) return false;
  let at = -1;
  return [...word].every((letter) => (at = other.indexOf(letter, at + 1)) >= 0);
}

/** How far a typed word is from one of a name: 0 for the same, Infinity for another word. */
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

/** How far what was typed is from a name; Infinity where it means something else. */
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

/** The roles that a text may mean, the likeliest first; `skip` are words that nobody means, such as "a". */
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

// Ways.

/** Which of two ways is better: the shorter longest time, then the shorter least time, then the roles. */
function compare(a, b) {
  if (a.high !== b.high || a.low !== b.low) return a.high - b.high || a.low - b.low;
  const at = a.path.findIndex((role, nth) => role !== b.path[nth]);
  return at < 0 ? 0 : a.path[at] - b.path[at];
}

/** The ways of one layer, each a move longer; `moves(role)` are pairs of a role and a window. */
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

/** The lists of these roles, loaded where the site has a file for each. */
const loaded = (graph, roles) => Promise.all(roles.filter((role) => !graph.out[role]).map((role) => graph.load(role)));

/** The best ways with the fewest moves, each with its path of roles and the sums of its windows. */
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

/** Roles of the field of `like` that can be reached from `start`, the nearest first; of what is loaded. */
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

/** The windows along a path, added up: in their unit where all have the same, and else in months or years. */
export function span(graph, { path, low, high }) {
  const units = new Set(path.slice(1).map((role, nth) => graph.windows[windowOf(graph, path[nth], role)].unit));
  let unit = units.size === 1 ? [...units][0] : "m";
  if (unit === "m" && low >= LONG * PARTS.m) unit = "y";
  const rounded = (length) => Math.floor((2 * length + PARTS[unit]) / (2 * PARTS[unit]));
  return { low: rounded(low), high: rounded(high), unit };
}

const windowOf = (graph, from, to) => graph.out[from]?.get(to) ?? graph.into[to].get(from);

/** What the site answers to two typed names: the roles they may mean, and the ways from the first to the second. */
export async function ask(graph, typed, skip = "") {
  const guesses = typed.map((text) => meant(graph, text, 4, skip)), [from, to] = guesses.map(([first]) => first);
  const known = from !== undefined && to !== undefined;
  return { guesses, from, to, known, ways: known && from !== to ? await routes(graph, from, to) : [] };
}

// The form.

const filled = (text, names) => text.replace(/\{(\w+)\}/g, (whole, name) => names[name] ?? whole);
const node = (tag, text = "", properties = {}) => Object.assign(document.createElement(tag), { textContent: text }, properties);

function start(form) {
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
  const fields = [...form.querySelectorAll("input")], status = form.querySelector("[role=status]");
  fields.forEach((field) => combobox(field, graph, status));
  const answer = document.querySelector(".finder-answer");
  if (answer) answering(form, fields, answer, { graph, url, skip: status.dataset.skip });
}

/** An input with a list of the roles that its text may mean. */
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
    const said = count === 0 ? words.none : count === 1 ? words.one : words.other;
    status.textContent = text.trim() ? filled(said, { count }) : "";
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

/** Answers what the address asks; the form changes the address. */
function answering(form, fields, answer, { graph, url, skip }) {
  const words = answer.dataset, [say, ways] = answer.children, page = document.title;
  // What stands there before anybody has asked.
  const before = [...ways.children];
  let asked = 0;

  const link = (text, path) => node("a", text, { href: url(path) });
  const question = (from, to) => `?${new URLSearchParams({ from, to })}`;
  const inWords = ({ low, high, unit }) => {
    const name = { w: "week", m: "month", y: "year" }[unit];
    return filled(words[high === 1 ? name : `${name}s`], { count: low === high ? high : `${low}–${high}` });
  };
  const show = (headline, sentence, ...parts) => {
    say.replaceChildren(...(headline ? [node("h2", headline)] : []), ...(sentence ? [node("p", sentence)] : []));
    ways.replaceChildren(...parts);
    document.title = headline ? page.replace(/^[^·]*/, `${headline} `) : page;
  };
  const listed = (links, text, className = "") => {
    const list = node("ul", "", { className: "chips" });
    list.append(...links.map((a) => { const item = node("li"); item.append(a); return item; }));
    const part = node("div", "", { className });
    part.append(...(text ? [node("p", text)] : []), list);
    return part;
  };
  /** A way as a line with a stop for each role. */
  const line = (known, way) => {
    const list = node("ol", "", { className: "route" });
    way.path.forEach((role, nth) => {
      const item = node("li"), next = way.path[nth + 1];
      item.append(node("span", known.roles[role][0]));
      if (next !== undefined) {
        const time = inWords(known.windows[windowOf(known, role, next)]);
        const text = filled(words.stop, { to: known.roles[next][0], span: time });
        item.append(" ", link(text, `../pivots/${encodeURIComponent(pivotOf(known, role, next))}/`));
      }
      list.append(item);
    });
    return list;
  };
  /** Other roles that a name may have meant; where it is the very name of the first, those that have it too. */
  const guesses = (known, typed, { guesses: both }) => both.flatMap(([first, ...rest], side) => {
    const isNamed = (role) => known.roles[role].some((name) => fold(name) === fold(typed[side]));
    const others = first !== undefined && isNamed(first) ? rest.filter(isNamed) : rest;
    const links = others.map((role) => {
      const name = known.roles[role][0];
      return link(name, side ? question(typed[0], name) : question(name, typed[1]));
    });
    return links.length ? [listed(links, words.guess, "finder-guess")] : [];
  });
  /** What to say of names that no role has, and a search for them. */
  const unknown = (typed, { guesses: both }) => {
    const names = typed.filter((_, side) => !both[side].length);
    const links = names.map((text) => link(filled(words.search, { text }), `?${new URLSearchParams({ q: text })}`));
    return [names.map((text) => filled(words.unknown, { text })).join(" "), listed(links, "")];
  };
  /** Roles of the same field that can be reached, and those that lead there. */
  const nearby = (known, { from, to }, names) => {
    const name = (role) => known.roles[role][0];
    const ahead = nearest(known, from, to, known.out).map((role) => link(name(role), question(names.from, name(role))));
    const behind = nearest(known, to, from, known.into).map((role) => link(name(role), question(name(role), names.to)));
    return [
      ...(ahead.length ? [listed(ahead, filled(words.ahead, names))] : []),
      ...(behind.length ? [listed(behind, filled(words.behind, names))] : []),
    ];
  };
  /** The pages of both roles. */
  const hubs = (known, { from, to }, names) => {
    const part = node("p");
    const out = link(filled(words.out, { role: names.from }), `../from/${encodeURIComponent(slugOf(known, from))}/`);
    const into = link(filled(words.into, { role: names.to }), `../to/${encodeURIComponent(slugOf(known, to))}/`);
    part.append(out, " · ", into);
    return part;
  };
  /** The headline, the sentence and the parts of an answer. */
  const told = async (typed) => {
    const known = await graph(), result = await ask(known, typed, skip), [best, ...others] = result.ways;
    const more = guesses(known, typed, result);
    if (!result.known) return ["", ...unknown(typed, result), ...more];
    const names = { from: known.roles[result.from][0], to: known.roles[result.to][0] };
    const headline = filled(words.title, names);
    if (result.from === result.to) return [headline, words.same, ...more];
    const pages = hubs(known, result, names);
    if (!best) return [headline, filled(words.none, names), ...nearby(known, result, names), pages, ...more];
    const count = best.path.length - 1;
    const sentence = filled(count === 1 ? words.direct : words.moves, { count, span: inWords(span(known, best)) });
    const rest = others.flatMap((way) => [node("p", inWords(span(known, way)), { className: "route-span" }), line(known, way)]);
    const also = rest.length ? [node("h3", words.others), ...rest] : [];
    return [headline, sentence, line(known, best), ...also, pages, ...more];
  };
  const look = async () => {
    const query = new URLSearchParams(location.search), mine = ++asked;
    const typed = fields.map((field) => (field.value = query.get(field.name) ?? ""));
    if (!typed[0].trim() || !typed[1].trim()) return show("", "", ...before);
    if (ways.contains(before[0])) ways.replaceChildren();
    const parts = await told(typed).catch(() => ["", words.failed]);
    if (mine !== asked) return;
    show(...parts);
    // On a small screen the answer is below; what was asked stays in sight.
    if (say.getBoundingClientRect().bottom > innerHeight) form.scrollIntoView();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = url(question(...fields.map((field) => field.value.trim())));
    if (address !== location.href) history.pushState(null, "", address);
    look();
  });
  addEventListener("popstate", look);
  look();
}

const form = globalThis.document?.querySelector("form.finder");
if (form) start(form);
