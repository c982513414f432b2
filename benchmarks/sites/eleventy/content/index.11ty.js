import { base } from "../layouts/base.js";

export const data = { permalink: "/" };

const entry = (role) =>
  `<li>${role.name} <a href="/${role.side}/${role.slug}/">${role.side} (${role.pivots.length})</a></li>`;

export function render(data) {
  const { from, to } = data.collections;
  return base(
    data,
    "Career pivots",
    "What carries over, what has to change, and how to make the move.",
    `<header class="hero"><h1>Your next role starts in the one you have</h1></header>
<ul class="roles">
${[...from, ...to].map(entry).join("\n")}
</ul>`,
  );
}
