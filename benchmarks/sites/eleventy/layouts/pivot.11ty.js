import { base, escape } from "./base.js";
import { card } from "./card.js";

const plain = (html) =>
  html
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name])
    .trim();

// Kept per window. The scale ends after eight years, and early months have more room.
const scales = new Map();

function scale(window) {
  if (!scales.has(window)) {
    const unit = window.includes("year") ? 12 : 1;
    const [start, end] = [window.match(/\d+/g)[0], window.match(/\d+/g).at(-1)].map((count) =>
      (Math.sqrt((count * unit) / 96) * 100).toFixed(1),
    );
    scales.set(
      window,
      `<svg class="scale" height="16" aria-hidden="true"><line x1="0" x2="100%" y1="8" y2="8"/><line class="span" x1="${start}%" x2="${end}%" y1="8" y2="8"/></svg>`,
    );
  }
  return scales.get(window);
}

export function render(data) {
  const { title, description, from, to, window, updated, page, site } = data;
  const faqs = data.faqs.map(({ question, answer }) => ({ question, html: this.block(answer) }));
  const questions = faqs.map(({ question, html }) => ({
    "@type": "Question",
    name: question,
    acceptedAnswer: { "@type": "Answer", text: plain(html) },
  }));
  const crumb = (position, name, path) => ({
    "@type": "ListItem",
    position,
    name,
    item: site.base + path,
  });
  const graph = {
    "@context": "https://schema.org",
    "@graph": [
      { "@type": "FAQPage", mainEntity: questions },
      {
        "@type": "BreadcrumbList",
        itemListElement: [
          crumb(1, "Career pivots", "/"),
          crumb(2, `Paths into ${to}`, `/to/${this.slug(to)}/`),
          crumb(3, title, page.url),
        ],
      },
    ],
  };
  const siblings = [];
  for (const pivot of data.collections.into[to]) {
    if (siblings.length < 12 && pivot.url !== page.url) siblings.push(card(pivot));
  }
  return base(
    data,
    title,
    description,
    `<nav class="crumbs" aria-label="You are here"><ol><li><a href="/">Career pivots</a></li><li><a href="/to/${this.slug(to)}/">Paths into ${escape(to)}</a></li><li><span aria-current="page">From ${escape(from)}</span></li></ol></nav>
<p class="back"><a href="/">← Explore more career pivots</a></p>
<header class="hero">
<p class="path"><a href="/from/${this.slug(from)}/">${escape(from)}</a> <a href="/to/${this.slug(to)}/">${escape(to)}</a></p>
<h1>${escape(title)}</h1>
<p class="deck">${escape(description)}</p>
<p class="meta">Last updated <time>${updated.toISOString().slice(0, 10)}</time> · ${Math.max(1, Math.round(data.content.split(" ").length / 230))}-minute read</p>
</header>
<section class="glance" aria-labelledby="glance"><h2 id="glance">At a glance</h2>
<p class="window">Typical transition window: <strong>${escape(window)}</strong></p>
${scale(window)}
<p><span>You bring</span> <a href="#skills">${data.skills.length} skills that carry over</a></p>
<p><span>Other ways in</span> <a href="#paths">${data.collections.into[to].length} paths</a></p></section>
<details class="contents"><summary>On this page</summary><ul><li><a href="#skills">Skills that carry over</a></li><li><a href="#questions">Frequently asked questions</a></li><li><a href="#paths">Other paths into ${escape(to)}</a></li></ul></details>
<section class="tldr"><h2 id="tldr">TL;DR</h2>
<ul>${data.tldr.map((point) => `<li>${this.inline(point)}</li>`).join("\n")}</ul></section>
<section><h2 id="skills">Skills that carry over</h2>
<ul class="chips">${data.skills.map((skill) => `<li>${escape(skill)}</li>`).join("\n")}</ul></section>
<div class="prose">
${data.content}
</div>
<aside class="call"><h2>Is this pivot realistic for you?</h2>
<p>Run your actual background through it. AICareerPivot maps your transferable skills to ${escape(to)}, flags the real gaps, and builds a week-by-week plan.</p>
<p><a class="button" href="https://aicareerpivot.com">Start your free assessment →</a></p></aside>
<section class="prose"><h2 id="questions">Frequently asked questions</h2>
${faqs.map(({ question, html }) => `<h3>${escape(question)}</h3>\n${html}`).join("\n")}</section>
<script type="application/ld+json">${JSON.stringify(graph).replaceAll("<", "\\u003c")}</script>
<section><h2 id="paths">Other paths into ${escape(to)}</h2>
<div class="cards siblings">
${siblings.join("\n")}
</div></section>
<p class="address">${site.base}${page.url}</p>`,
  );
}
