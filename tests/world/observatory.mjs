// Scans a server of this machine as Mozilla's Observatory does, and prints the result as JSON.
// Arguments: the folder of the package, the port of http and the port of https. The package's own
// program knows no ports.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, httpPort, httpsPort] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/src/${name}`));
// Hosts that browsers know to ask by https alone; localhost is none of them. npm would have fetched
// the list while it installed the package.
writeFileSync(`${folder}/conf/hsts-preload.json`, "{}");
const { retrieve } = await load("retriever/retriever.js");
const { ALL_TESTS } = await load("constants.js");
const { getGradeForScore, getScoreModifier } = await load("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await load("grader/charts.js");

const requests = await retrieve("localhost", { httpPort, httpsPort });
const results = ALL_TESTS.map((test) => test(requests));
const points = results.map(({ result }) => getScoreModifier(result));
const sum = (numbers) => numbers.reduce((all, number) => all + number, 100);
const plain = sum(points.filter((number) => number < 0));
// Extra credit counts only for those who are good without it.
const score = plain < MINIMUM_SCORE_FOR_EXTRA_CREDIT ? plain : sum(points);
const tests = results.map(({ constructor, result, pass }, at) => [
  constructor.name,
  { result, pass, points: points[at] },
]);
console.log(JSON.stringify({ ...getGradeForScore(score), tests: Object.fromEntries(tests) }));
process.exit(0);
