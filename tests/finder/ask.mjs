// Puts questions to the shipped script: JSON in, JSON out.
import { readFileSync } from "node:fs";

const { script, files, questions, skip } = JSON.parse(readFileSync(0, "utf-8"));
const { ask, nearest, openGraph, pivotOf, span } = await import(script);
const graph = openGraph(JSON.parse(files["/find/moves.json"]), async (role) => JSON.parse(files[`/find/moves/${role}.json`]));
const answers = [];
for (const typed of questions) {
  const { guesses, from, to, known, ways } = await ask(graph, typed, skip);
  const told = ways.map((way) => ({
    path: way.path,
    pages: way.path.slice(1).map((role, nth) => pivotOf(graph, way.path[nth], role)),
    span: span(graph, way),
  }));
  const near = known && !ways.length && from !== to ? [nearest(graph, from, to, graph.out), nearest(graph, to, from, graph.into)] : [];
  answers.push({ guesses, ways: told, near });
}
process.stdout.write(JSON.stringify(answers));
