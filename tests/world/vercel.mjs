// Reads the routes of a deployment as Vercel's own library does; says what it does not take.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [modules, file] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const { normalizeRoutes } = require('@vercel/routing-utils');
const { routes } = JSON.parse(readFileSync(file, 'utf8'));
const { error } = normalizeRoutes(routes);
console.log(JSON.stringify(error ? error.message : ''));
