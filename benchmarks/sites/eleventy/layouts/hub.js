import { base } from "./base.js";
import { card } from "./card.js";

export default function (data) {
  const { name, side, pivots } = data.role;
  const title = side === "to" ? `Paths into ${name}` : `Where ${name} can go next`;
  return base(
    data,
    title,
    `${pivots.length} career pivots: ${title}.`,
    `<p class="back"><a href="/">← Explore more career pivots</a></p>
<header class="hero"><h1>${title}</h1></header>
<h2>${pivots.length} career pivots</h2>
<div class="cards">
${pivots.map(card).join("\n")}
</div>`,
  );
}
