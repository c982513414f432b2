import { base } from "../layouts/base.js";

export const data = { permalink: "/404.html", eleventyExcludeFromCollections: true };

export function render(data) {
  const main = `<header class="hero"><h1>This path does not exist</h1></header>`;
  return base(data, "Page not found", "There is no page at this address.", main);
}
