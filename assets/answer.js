// The finder's answer to what the address asks: the ways that finder.js finds, as lines with stops.

// A line does not end behind it, which it may behind a dash.
const JOINED = "\u2060";
// What a headline and a sentence need, in pixels.
const ROOM = 160;

function start(form, answer, finder) {
  const { ask, counted, filled, fold, nearest, node, pivotOf, site, slugOf, span, windowOf } = finder, { graph, url } = site;
  const fields = [...form.querySelectorAll("input")], { skip } = form.querySelector("[role=status]").dataset;
  const words = answer.dataset, [say, ways] = answer.children, page = document.title;
  // What stands there before anybody has asked.
  const before = [...ways.children];
  let asked = 0;

  const link = (text, path) => node("a", text, { href: url(path) });
  const question = (from, to) => `?${new URLSearchParams({ from, to })}`;
  const inWords = ({ low, high, unit }) => {
    const forms = { w: words.weeks, m: words.months, y: words.years }[unit];
    return counted(forms, high, low === high ? {} : { count: `${low}–${JOINED}${high}` });
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
  /** Other roles that a name may mean; where the first has that very name, others that have it too. */
  const guesses = (known, typed, { guesses: both }) => both.flatMap(([first, ...rest], side) => {
    const isNamed = (role) => known.roles[role].some((name) => fold(name) === fold(typed[side]));
    const others = first !== undefined && isNamed(first) ? rest.filter(isNamed) : rest;
    const links = others.map((role) => {
      const name = known.roles[role][0];
      return link(name, side ? question(typed[0], name) : question(name, typed[1]));
    });
    return links.length ? [listed(links, words.guess, "finder-guess")] : [];
  });
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
  const hubs = (known, { from, to }, names) => {
    const part = node("p");
    const out = link(filled(words.out, { role: names.from }), `../from/${encodeURIComponent(slugOf(known, from))}/`);
    const into = link(filled(words.into, { role: names.to }), `../to/${encodeURIComponent(slugOf(known, to))}/`);
    part.append(out, " · ", into);
    return part;
  };
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
    const time = { span: inWords(span(known, best)) };
    const sentence = count === 1 ? filled(words.direct, time) : counted(words.moves, count, time);
    const rest = others.flatMap((way) => [node("p", inWords(span(known, way)), { className: "route-span" }), line(known, way)]);
    const also = rest.length ? [node("h3", words.others), ...rest] : [];
    return [headline, sentence, line(known, best), ...also, pages, ...more];
  };
  const look = async () => {
    const query = new URLSearchParams(location.search), mine = ++asked;
    const typed = fields.map((field) => (field.value = query.get(field.name) ?? ""));
    if (!typed[0].trim() || !typed[1].trim()) return show("", "", ...(query.get("q")?.trim() ? [] : before));
    if (ways.contains(before[0])) ways.replaceChildren();
    // On a small screen the answer is below. The page goes there before it comes, and what was asked stays in sight.
    if (say.getBoundingClientRect().top + ROOM > innerHeight) form.scrollIntoView();
    const parts = await told(typed).catch(() => ["", words.failed]);
    if (mine === asked) show(...parts);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = url(question(...fields.map((field) => field.value.trim())));
    if (address !== location.href) history.pushState(null, "", address);
    // The search empties its results.
    dispatchEvent(new PopStateEvent("popstate"));
  });
  addEventListener("popstate", look);
  look();
}

// The search is loaded for those who search.
const search = document.querySelector(".finder-words"), later = document.querySelector(".search-script");
if (search && later) {
  const load = () => document.body.append(later.content);
  if (new URLSearchParams(location.search).has("q")) load();
  else search.addEventListener("focusin", load, { once: true });
}

const form = document.querySelector("form.finder"), { src } = document.querySelector('script[src*="/finder."]');
import(src).then((finder) => start(form, document.querySelector(".finder-answer"), finder));
