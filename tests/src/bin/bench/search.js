// A million customers, searched by the index and by plain JavaScript over the same lower-cased strings.
import start, { Index } from './search_page.js';

const CUSTOMERS = 1_000_000;
const RUNS = 7;
// Two that hardly anybody has, two that one in a hundred has, one that every second has.
const NEEDLES = ['zyxwv quiver', 'qqjz', 'vineyard', 'orchard', 'iberia'];

let seed = 7;
const draw = (below) => {
  // Marsaglia's xorshift: the same customers in every run.
  seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
  return (seed >>> 0) % below;
};
const WORDS = ['hermanos', 'consulting', 'legal', 'marine', 'robotics', 'brewing', 'talleres', 'panaderia', 'software', 'abogados',
  'construcciones', 'logistica', 'estudio', 'clinica', 'farmacia', 'garden', 'harbour', 'northern', 'electric', 'media'];

const customer = (number) => {
  const parts = [WORDS[draw(20)], WORDS[draw(20)], number.toString(36)];
  if (draw(2) === 0) parts.push('iberia');
  if (draw(100) === 0) parts.push('vineyard');
  if (draw(100) === 0) parts.push('orchard');
  if (number === 777_777) parts.push('zyxwv quiver');
  if (number === 123_456) parts.push('qqjz');
  const hex = number.toString(16).padStart(12, '0');
  return [`${hex.slice(4)}-0000-4000-8000-${hex}`, parts.join(' '), `${parts[0]}${number.toString(36)}.onmicrosoft.com`];
};

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

globalThis.measured = (async () => {
  await start();
  const index = new Index();
  const strings = [];
  for (let number = 0; number < CUSTOMERS; number += 1) {
    const [id, name, domain] = customer(number);
    index.push(id, name, domain);
    strings.push(`${name} ${domain} ${id}`);
  }
  const plain = (needle) => {
    let count = 0;
    for (let at = 0; at < strings.length; at += 1) if (strings[at].includes(needle)) count += 1;
    return count;
  };
  const rows = [];
  for (const needle of NEEDLES) {
    const ours = []; const theirs = [];
    let hits = 0;
    // Paired and in turn, so that what disturbs one disturbs the other.
    for (let run = 0; run < RUNS; run += 1) {
      const begin = performance.now();
      hits = index.search(needle);
      const middle = performance.now();
      const counted = plain(needle);
      theirs.push(performance.now() - middle);
      ours.push(middle - begin);
      if (counted !== hits) throw new Error(`${needle}: ${hits} and ${counted}`);
      await new Promise((next) => setTimeout(next));
    }
    rows.push({ needle, hits, ours: median(ours), theirs: median(theirs) });
  }
  return rows;
})();
