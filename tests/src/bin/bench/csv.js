// A file of 200,000 users, read by the import and by two parsers in JavaScript: from an ArrayBuffer to rows, each in its
// fastest way that yields rows of strings. Then the whole way to checked users.
import start, { Import } from './csv_page.js';
import { inferSchema, initParser } from './udsv.js';

const USERS = 200_000;
const DOMAIN = 'contoso.example';
const RUNS = 9;

let seed = 7;
const draw = (below) => {
  // Marsaglia's xorshift: the same users in every run.
  seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
  return (seed >>> 0) % below;
};
const one = (list) => list[draw(list.length)];
const FIRST = ['Ana', 'Bruno', 'Carla', 'David', 'Elena', 'Felipe', 'Gloria', 'Hugo', 'Inés', 'José', 'Katia', 'Luis', 'Marta', 'Noé',
  'Olga', 'Pablo', 'Rosa', 'Sofía', 'Tomás', 'Zoé'];
const LAST = ['Alonso', 'Blanco', 'Castro', 'Durán', 'Esteve', 'Ferrer', 'García', 'Herrero', 'Iglesias', 'Lozano', 'Müller', 'Núñez',
  'Ortega', 'Prieto', 'Ramos', 'Sánchez', 'Torres', 'Vidal', 'Weber', 'Zamora'];
const DEPARTMENTS = ['Sales', 'Finance', 'Legal', 'Support', 'Logistics', 'Research', 'Sales, Iberia', 'Production, hall 2'];
const CITIES = ['Madrid', 'Barcelona', 'Málaga', 'Bilbao', 'A Coruña', 'Zaragoza', 'Lisboa', 'Wien', 'Berlin', 'Lyon'];

// Cells are quoted where they have to be, as spreadsheets do it.
const cell = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const user = (number) => {
  const first = one(FIRST); const last = `${one(LAST)} ${one(LAST)}`;
  const kind = draw(20);
  const display = kind === 0 ? `${first} "${first.slice(0, 2)}" ${last}` : kind < 4 ? `${last}, ${first}` : `${first} ${last}`;
  const name = `${first}.${number.toString(36)}`.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const phone = `+34 6${String(draw(1e8)).padStart(8, '0')}`;
  return [first, last, display, `${name}@${DOMAIN}`, one(DEPARTMENTS), phone, one(CITIES), 'ES'].map(cell).join(',');
};

const file = () => {
  const lines = ['First name,Last name,Display name,User name,Department,Phone number,City,Usage location'];
  for (let number = 0; number < USERS; number += 1) lines.push(user(number));
  return new TextEncoder().encode(lines.join('\r\n')).buffer;
};

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const text = (buffer) => new TextDecoder().decode(buffer);

// Separator and line break are told to the one that would have to guess them; the other looks at the first line only.
const byUdsv = (buffer) => {
  const whole = text(buffer);
  return initParser(inferSchema(whole)).stringArrs(whole);
};
const byPapa = (buffer) => globalThis.Papa.parse(text(buffer), { delimiter: ',', newline: '\r\n' }).data;

// All three have read the same: the same number of rows, and the same cells in one of 499 of them. Papa keeps the header.
const compare = (ours, udsv, papa) => {
  const counts = [ours.rows(), udsv.length, papa.length - 1];
  if (counts.some((count) => count !== USERS)) throw new Error(`rows: ${counts}`);
  for (let row = 0; row < USERS; row = row === USERS - 1 ? USERS : Math.min(row + 499, USERS - 1)) {
    const cells = JSON.stringify(Array.from({ length: ours.cells(row) }, (_, column) => ours.cell(row, column)));
    if (cells !== JSON.stringify(udsv[row]) || cells !== JSON.stringify(papa[row + 1])) throw new Error(`row ${row}: ${cells}`);
  }
};

globalThis.measured = (async () => {
  const { memory } = await start();
  const buffer = file();
  const read = () => new Import(new Uint8Array(buffer));
  const works = {
    ours: read,
    checked: () => {
      const rows = read();
      const valid = rows.check(DOMAIN);
      if (valid !== USERS) throw new Error(`${valid} users`);
      return rows;
    },
    udsv: () => byUdsv(buffer),
    papa: () => byPapa(buffer),
  };
  // What one file takes on its whole way, with nothing else in the program.
  const before = memory.buffer.byteLength;
  const checked = works.checked();
  const first = memory.buffer.byteLength - before;
  const issues = checked.issues();
  compare(checked, works.udsv(), works.papa());
  checked.free();

  const names = Object.keys(works);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    // In turn, and each of them first at times, so that what disturbs one disturbs the others.
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(run + at) % names.length];
      const begin = performance.now();
      const result = works[name]();
      times[name].push(performance.now() - begin);
      result.free?.();
      await new Promise((next) => setTimeout(next));
    }
  }
  const medians = Object.fromEntries(names.map((name) => [name, median(times[name])]));
  return { ...medians, issues, bytes: buffer.byteLength, first, grown: memory.buffer.byteLength - before };
})();
