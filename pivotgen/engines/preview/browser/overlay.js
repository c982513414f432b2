// The browser's side of a preview: a plugin of livereload.js that shows what keeps the site from
// being built, and exchanges a page that changed without losing the reader's place in it.
(() => {
  "use strict";

  const KEPT = "pivotgen-open-details";
  let shown = "";

  class Overlay extends HTMLElement {
    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      root.innerHTML = `<link rel="stylesheet" href="/_pivotgen/overlay.css">
        <button class="badge" type="button" hidden></button>
        <dialog aria-labelledby="title">
          <div class="top">
            <h1 id="title" tabindex="-1" autofocus></h1>
            <button class="hide" type="button">Hide <kbd>Esc</kbd></button>
          </div>
          <p class="note">The page below is the last one that could be built.
            This goes away by itself when everything is mended.</p>
          <ol></ol>
        </dialog>`;
      this.dialog = root.querySelector("dialog");
      this.badge = root.querySelector(".badge");
      this.list = root.querySelector("ol");
      this.title_ = root.querySelector("h1");
      root.querySelector(".hide").addEventListener("click", () => this.dialog.close());
      this.badge.addEventListener("click", () => this.open());
      // Hidden is not mended: the badge stays, and brings it back.
      this.dialog.addEventListener("close", () => { this.badge.hidden = false; });
    }

    open() {
      this.badge.hidden = true;
      if (!this.dialog.open) this.dialog.showModal();
    }

    show(problems) {
      const errors = problems.filter((one) => one.level === "error").length;
      const count = errors === 1 ? "1 problem" : `${errors} problems`;
      this.title_.textContent = `${count} to mend`;
      this.badge.textContent = count;
      this.list.replaceChildren(...problems.map(entry));
      this.open();
    }
  }

  function make(name, text, kind) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  // Words in backticks are what is written in a file.
  function prose(text, kind) {
    const box = make("p", "", kind);
    const parts = text.split("`");
    // One that has no partner is a letter like any other.
    if (parts.length % 2) box.append(...parts.map((one, at) => (at % 2 ? make("code", one) : one)));
    else box.textContent = text;
    return box;
  }

  function entry(problem) {
    const item = make("li", "", problem.level);
    const place = make(problem.editor ? "a" : "span", problem.place, "place");
    if (problem.editor) {
      place.href = problem.editor;
      place.title = "Open in the editor";
    }
    const message = prose(problem.message, "message");
    const head = make("p", "", "head");
    head.append(place, " ", make("code", `${problem.level}[${problem.code}]`));
    item.append(head, message);
    if (problem.frame.length) item.append(lines(problem));
    if (problem.hint) item.append(prose(`Hint: ${problem.hint}`, "hint"));
    if (problem.more) {
      const more = make("p", "More: ", "more");
      more.append(make("code", problem.more));
      item.append(more);
    }
    return item;
  }

  function lines(problem) {
    const box = make("pre");
    // It scrolls, so a keyboard must be able to reach it.
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `Lines around ${problem.place}`);
    const wide = String(problem.frame.at(-1)[0]).length;
    for (const [number, text] of problem.frame) {
      const here = number === problem.line;
      const row = `${here ? ">" : " "} ${String(number).padStart(wide)} | ${text}\n`;
      box.append(make("span", row, here ? "here" : ""));
      if (here) {
        const before = " ".repeat(wide + 5 + problem.column - 1);
        box.append(make("span", `${before}^\n`, "caret"));
      }
    }
    return box;
  }

  async function refresh() {
    const answer = await fetch("/_pivotgen/problems.json");
    const text = await answer.text();
    if (text === shown) return;
    shown = text;
    const { problems } = JSON.parse(text);
    const there = document.querySelector("pivotgen-problems");
    if (!problems.length) {
      // Closing first gives the focus back to where it was.
      there?.dialog.close();
      there?.remove();
      return;
    }
    const overlay = there ?? document.createElement("pivotgen-problems");
    if (!there) document.documentElement.append(overlay);
    overlay.show(problems);
  }

  // A browser keeps the scroll position over a reload, and forgets which details were open.
  const names = () =>
    [...document.querySelectorAll("details")].map((one, at) => [
      `${at} ${one.querySelector("summary")?.textContent.trim()}`,
      one,
    ]);

  function keep() {
    const open = names().map(([name, one]) => [name, one.open]);
    sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, open]));
  }

  function restore() {
    const [path, open] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    sessionStorage.removeItem(KEPT);
    if (path !== location.pathname) return;
    const before = new Map(open);
    for (const [name, one] of names()) one.open = before.get(name) ?? one.open;
  }

  const ours = (script) => /^\/(_pivotgen\/|livereload\.js)/.test(script.getAttribute("src") ?? "");
  const styles = (page) =>
    [...page.querySelectorAll("link[rel~=stylesheet]")].map((one) =>
      one.getAttribute("href").replace(/[?&]livereload=.*/, ""),
    );

  // A page without scripts is what its text says, so that its text can be exchanged in place.
  function simple(page) {
    const scripts = [...page.scripts].filter((one) => !ours(one));
    const data = scripts.every((one) => one.type.endsWith("json"));
    return data && !page.querySelector("meta[http-equiv], dialog[open], iframe");
  }

  async function exchange() {
    if (!simple(document)) return false;
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!simple(page) || `${styles(page)}` !== `${styles(document)}`) return false;
    const open = new Map(names().map(([name, one]) => [name, one.open]));
    const script = page.querySelector("script[src*='snipver=']");
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of page.documentElement.attributes) root.setAttribute(name, value);
    const moved = (head) =>
      [...head.children].filter((one) => !one.matches("link[rel~=stylesheet]") && !ours(one));
    for (const one of moved(document.head)) one.remove();
    document.head.prepend(...moved(page.head));
    document.body.replaceWith(page.body);
    for (const [name, one] of names()) one.open = open.get(name) ?? one.open;
    // What this tab says of itself when it connects again.
    window.LiveReload.options.snipver = new URL(script.src).searchParams.get("snipver");
    return true;
  }

  // One after the other: an answer that comes late must not bring back what is older.
  let turn = Promise.resolve();
  function renew() {
    turn = turn.then(exchange).catch(() => false).then((done) => {
      if (done) return;
      keep();
      location.reload();
    });
  }

  customElements.define("pivotgen-problems", Overlay);
  restore();

  window.LiveReloadPluginPivotgen = class {
    static identifier = "pivotgen";

    static version = "1";

    reload(path) {
      if (path === "pivotgen:problems") {
        refresh();
        return true;
      }
      if (path === "pivotgen:page") {
        renew();
        return true;
      }
      return false;
    }
  };
})();
