// Asks Netlify's own programs what they make of a site's files. Arguments: the folder of the
// packages, that of the site, and paths as JSON. Prints the errors of both files, and for each path
// the rule of `_redirects` that fits and the headers, as JSON.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, site, paths] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const load = (name) => import(pathToFileURL(join(modules, name, "lib/index.js")));
const { parseAllHeaders } = await load("@netlify/headers-parser");
const { parseAllRedirects } = await load("@netlify/redirect-parser");
const asked = { minimal: false, configHeaders: [], configRedirects: [] };
const { headers, errors } = await parseAllHeaders({
  ...asked,
  headersFiles: [join(site, "_headers")],
});
const found = await parseAllRedirects({ ...asked, redirectsFiles: [join(site, "_redirects")] });
const matcher = await require("netlify-redirector").parseJSON(JSON.stringify(found.redirects), {});
const answers = JSON.parse(paths).map((path) => {
  const request = { scheme: "https", host: "example.com", path: decodeURIComponent(path), query: "" };
  const rule = matcher.match({
    ...request,
    headers: {},
    cookieValues: {},
    getHeader: () => "",
    getCookie: () => "",
  });
  // A later rule has the last word, as it has for the program that shows a site before it is live.
  const fitting = headers.filter(({ forRegExp }) => forRegExp.test(path));
  return { rule, headers: Object.assign({}, ...fitting.map(({ values }) => values)) };
});
const told = [...errors, ...found.errors].map(String);
console.log(JSON.stringify({ errors: told, count: found.redirects.length, answers }));
