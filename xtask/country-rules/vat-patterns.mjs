// Prints jsvat's patterns as JSON: { "ES": ["^(ES)...$", ...], ... }
import * as jsvat from 'jsvat';

const tables = Object.values(jsvat).filter((value) => value?.rules?.regex && value.codes);
const patterns = tables.map(({ codes, rules }) => [codes[0], rules.regex.map((regex) => regex.source)]);
console.log(JSON.stringify(Object.fromEntries(patterns)));
