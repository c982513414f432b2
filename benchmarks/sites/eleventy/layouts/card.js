import { escape } from "./base.js";

// Kept per pivot: a card stands on twelve pages or more and is the same on each.
const made = new Map();

export function card(pivot) {
  const { url, data } = pivot;
  if (!made.has(url)) {
    made.set(
      url,
      `<article class="card">
<p class="move"><span>${escape(data.from)}</span> <span class="line" aria-hidden="true"></span> <span>${escape(data.to)}</span></p>
<h3><a href="${url}">${escape(data.title)}</a></h3>
<p>${escape(data.description)}</p>
<p class="meta">${escape(data.window)}</p>
</article>`,
    );
  }
  return made.get(url);
}
