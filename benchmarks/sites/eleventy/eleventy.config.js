import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import MarkdownIt from "markdown-it";

const base = "https://aicareerpivot.com";
const markdown = new MarkdownIt();

const slug = (name) => name.toLowerCase().replaceAll(" ", "-");

// Assets get their digest into their name, as the other sites do.
function stamp(name) {
  const [stem, ending] = name.split(".");
  const digest = createHash("sha256").update(readFileSync(`assets/${name}`)).digest("hex");
  const address = `/assets/${stem}.${digest.slice(0, 16)}.${ending}`;
  mkdirSync("public/assets", { recursive: true });
  copyFileSync(`assets/${name}`, `public${address}`);
  return address;
}

// Pivots of each role, worked out once for all pages; a role is a page of both collections.
function byRole(pivots, side) {
  const roles = new Map();
  for (const pivot of pivots) {
    const name = pivot.data[side];
    if (!roles.has(name)) roles.set(name, []);
    roles.get(name).push(pivot);
  }
  return [...roles]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, list]) => ({ name, side, slug: slug(name), pivots: list }));
}

export default function (eleventy) {
  eleventy.setQuietMode(true);
  eleventy.setLibrary("md", markdown);
  eleventy.addGlobalData("site", () => ({
    name: "AICareerPivot",
    base,
    assets: { style: stamp("style.css"), icon: stamp("icon.svg") },
  }));

  const pivots = (api) => api.getFilteredByGlob("content/pivots/*.md");
  eleventy.addCollection("to", (api) => byRole(pivots(api), "to"));
  eleventy.addCollection("from", (api) => byRole(pivots(api), "from"));
  eleventy.addCollection("into", (api) =>
    Object.fromEntries(byRole(pivots(api), "to").map((role) => [role.name, role.pivots])),
  );

  eleventy.addFilter("slug", slug);
  eleventy.addFilter("block", (text) => markdown.render(text));
  eleventy.addFilter("inline", (text) => markdown.renderInline(text));

  return {
    dir: { input: "content", output: "public", includes: "../layouts" },
    // The bodies hold no template code, so none is looked for.
    markdownTemplateEngine: false,
    templateFormats: ["md", "11ty.js"],
  };
}
