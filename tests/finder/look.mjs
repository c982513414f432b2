// Puts searches to the shipped scripts: JSON in, JSON out.
import { readFileSync } from "node:fs";

const { script, search, files, texts, skip } = JSON.parse(readFileSync(0, "utf-8"));
const finder = await import(script), { entriesIn, found, rolesIn } = await import(search);
const graph = finder.openGraph(JSON.parse(files["/find/moves.json"]), undefined);
const first = JSON.parse(files["/find/search.json"]);
const answers = texts.map((text) => {
  const roles = first.split ? rolesIn(graph, text, skip, finder) : [];
  const parts = roles.map((role) => files[`/find/search/${role}.json`]).filter(Boolean).map((part) => JSON.parse(part));
  return found(entriesIn([first, ...parts]), text, skip, finder).map((entry) => [entry.kind, entry.text, entry.url]);
});
process.stdout.write(JSON.stringify(answers));
