// The browser's side of a preview: a plugin of livereload.js that shows what keeps the site from
// being built, and what a reload would lose it keeps.
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

  function entry(problem) {
    const item = make("li", "", problem.level);
    const place = make(problem.editor ? "a" : "span", problem.place, "place");
    if (problem.editor) {
      place.href = problem.editor;
      place.title = "Open in the editor";
    }
    const message = make("p", problem.message, "message");
    const head = make("p", "", "head");
    head.append(place, " ", make("code", `${problem.level}[${problem.code}]`));
    item.append(head, message);
    if (problem.frame.length) item.append(lines(problem));
    if (problem.hint) item.append(make("p", `Hint: ${problem.hint}`, "hint"));
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
      if (path === "pivotgen:page") keep();
      return false;
    }
  };
})();
