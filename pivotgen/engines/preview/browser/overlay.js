// The preview's script in the browser, a plugin of livereload.js. It shows the problems that keep
// the site from being built, and replaces a page that changed while the scroll position stays.
(() => {
  "use strict";

  const own = document.currentScript;
  const STORAGE_KEY = "pivotgen-open-details";
  // The answer of the server that the overlay shows, as text.
  let shownProblems = "";

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
            This list closes by itself when every problem is fixed.</p>
          <ol></ol>
        </dialog>`;
      this.dialog = root.querySelector("dialog");
      this.badge = root.querySelector(".badge");
      this.list = root.querySelector("ol");
      this.title_ = root.querySelector("h1");
      root.querySelector(".hide").addEventListener("click", () => this.dialog.close());
      this.badge.addEventListener("click", () => this.open());
      // Hiding the list fixes nothing, so the badge stays and can open it again.
      this.dialog.addEventListener("close", () => { this.badge.hidden = false; });
    }

    open() {
      this.badge.hidden = true;
      if (!this.dialog.open) this.dialog.showModal();
    }

    show(problems) {
      const errors = problems.filter((problem) => problem.level === "error").length;
      const count = errors === 1 ? "1 problem" : `${errors} problems`;
      this.title_.textContent = `${count} to fix`;
      this.badge.textContent = count;
      this.list.replaceChildren(...problems.map(makeEntry));
      this.open();
    }
  }

  function make(name, text, className) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  // A paragraph in which text in backticks is shown as code.
  function makeParagraph(text, className) {
    const paragraph = make("p", "", className);
    const parts = text.split("`");
    // With an odd number of backticks, none of them is taken for markup.
    if (parts.length % 2 === 0) paragraph.textContent = text;
    else paragraph.append(...parts.map((part, at) => (at % 2 ? make("code", part) : part)));
    return paragraph;
  }

  function makeEntry(problem) {
    const item = make("li", "", problem.level);
    const place = make(problem.editor ? "a" : "span", problem.place, "place");
    if (problem.editor) {
      place.href = problem.editor;
      place.title = "Open in the editor";
    }
    const message = makeParagraph(problem.message, "message");
    const head = make("p", "", "head");
    head.append(place, " ", make("code", `${problem.level}[${problem.code}]`));
    item.append(head, message);
    if (problem.frame.length) item.append(makeFrame(problem));
    if (problem.hint) item.append(makeParagraph(`Hint: ${problem.hint}`, "hint"));
    if (problem.more) {
      const more = make("p", "More: ", "more");
      more.append(make("code", problem.more));
      item.append(more);
    }
    return item;
  }

  // The lines of the file around the problem.
  function makeFrame(problem) {
    const box = make("pre");
    // Long lines scroll, so the box must be reachable with a keyboard.
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `Lines around ${problem.place}`);
    const width = String(problem.frame.at(-1)[0]).length;
    for (const [number, text] of problem.frame) {
      const isFaulty = number === problem.line;
      const row = `${isFaulty ? ">" : " "} ${String(number).padStart(width)} | ${text}\n`;
      box.append(make("span", row, isFaulty ? "here" : ""));
      if (isFaulty) {
        const before = " ".repeat(width + 5 + problem.caret - 1);
        box.append(make("span", `${before}^\n`, "caret"));
      }
    }
    return box;
  }

  async function showProblems() {
    const response = await fetch("/_pivotgen/problems.json");
    const text = await response.text();
    if (text === shownProblems) return;
    shownProblems = text;
    const { problems } = JSON.parse(text);
    const present = document.querySelector("pivotgen-problems");
    if (!problems.length) {
      // Closing the dialog first returns the focus to where it was.
      present?.dialog.close();
      present?.remove();
      return;
    }
    const overlay = present ?? document.createElement("pivotgen-problems");
    if (!present) document.documentElement.append(overlay);
    overlay.show(problems);
  }

  // Every <details> of the page, with a name by which it can be found in the next version.
  const namedDetails = () =>
    [...document.querySelectorAll("details")].map((details, at) => [
      `${at} ${details.querySelector("summary")?.textContent.trim()}`,
      details,
    ]);
  const openState = () => namedDetails().map(([name, details]) => [name, details.open]);

  function setOpenState(state) {
    const open = new Map(state);
    for (const [name, details] of namedDetails()) details.open = open.get(name) ?? details.open;
  }

  // When a page is loaded again, a browser keeps the scroll position, but not which details are
  // open.
  function storeOpenState() {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify([location.pathname, openState()]));
  }

  function restoreOpenState() {
    const [path, state] = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "[]");
    sessionStorage.removeItem(STORAGE_KEY);
    if (path === location.pathname) setOpenState(state);
  }

  // Whether an element is one of the preview's own scripts.
  const isOwn = (element) =>
    /^\/(_pivotgen\/|livereload\.js)/.test(element.getAttribute("src") ?? "");
  const isStylesheet = (element) => element.matches("link[rel~=stylesheet]");
  // The addresses of a page's stylesheets, without what livereload.js adds to load them again.
  const stylesheets = (page) =>
    [...page.querySelectorAll("link[rel~=stylesheet]")].map((link) =>
      link.getAttribute("href").replace(/[?&]livereload=.*/, ""),
    );

  // Whether the page shows nothing but its HTML, because it runs no scripts of its own. Then its
  // HTML can be replaced in place.
  function isStatic(page) {
    const scripts = [...page.scripts].filter((script) => !isOwn(script));
    const isOnlyData = scripts.every((script) => script.type.endsWith("json"));
    return isOnlyData && !page.querySelector("meta[http-equiv], dialog[open], iframe");
  }

  // Replaces the page by its new version in place. Returns false if only a reload is safe.
  async function replacePage() {
    if (!isStatic(document)) return false;
    const response = await fetch(location.href);
    // The server would not know the page by the address that this tab has.
    if (response.redirected) return false;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!isStatic(page) || `${stylesheets(page)}` !== `${stylesheets(document)}`) return false;
    const state = openState();
    const script = page.querySelector("script[data-version]");
    const root = document.documentElement;
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of page.documentElement.attributes) root.setAttribute(name, value);
    // Stylesheets stay, so that the page is never shown without them.
    const replaceable = (head) =>
      [...head.children].filter((element) => !isStylesheet(element) && !isOwn(element));
    for (const element of replaceable(document.head)) element.remove();
    document.head.prepend(...replaceable(page.head));
    document.body.replaceWith(page.body);
    setOpenState(state);
    // The version that this tab will say it holds when it connects again.
    window.LiveReload.options.snipver = script.dataset.version;
    return true;
  }

  // Updates run one after the other, so that a late response never brings back an older version.
  let lastUpdate = Promise.resolve();
  function updatePage() {
    lastUpdate = lastUpdate.then(replacePage).catch(() => false).then((isReplaced) => {
      if (isReplaced) return;
      storeOpenState();
      location.reload();
    });
  }

  // livereload.js reads from the address of its own script which version of the page this tab holds
  // and where to connect. That is where the page came from, as only the browser knows behind a
  // proxy or a tunnel. The delays between two tries to connect are in milliseconds.
  function loadLiveReload() {
    const isSecure = location.protocol === "https:";
    const options = {
      snipver: own.dataset.version,
      host: location.hostname,
      port: location.port || (isSecure ? 443 : 80),
      mindelay: 250,
      maxdelay: 2000,
    };
    const query = Object.entries(options).map(([name, value]) => `${name}=${value}`);
    const script = make("script");
    script.src = `/livereload.js?${query.join("&")}`;
    document.head.append(script);
  }

  customElements.define("pivotgen-problems", Overlay);
  restoreOpenState();

  window.LiveReloadPluginPivotgen = class {
    static identifier = "pivotgen";

    static version = "1";

    // Returns whether the path was one of the preview's messages; see ../tabs.py.
    reload(path) {
      if (path === "pivotgen:problems") {
        showProblems();
        return true;
      }
      if (path === "pivotgen:page") {
        updatePage();
        return true;
      }
      return false;
    }
  };

  loadLiveReload();
})();
