// Reads Excel workbooks beside the page. Messages are answered in their order, each with the `id` that it came with:
//
//   { id, open: File }          →  { id, sheets: [{ name, rows, columns, hidden }] }
//   { id, rows: sheet }         →  { id, text: ArrayBuffer, last, filled, columns, notes: [{ kind, place }], counts: { kind: n } }
//   what is refused             →  { id, refused: code }
//
// `open` takes a file, another Blob or an ArrayBuffer, and forgets the workbook before. `rows` takes a place in `sheets`; its
// text is UTF-8, separated by tabs, and line n is row n of the sheet. Codes and kinds are those of the crate
// workbook-reader, and three more: `not_loaded` when the program could not be fetched, `not_readable` when the file has
// gone or changed since it was chosen, `stopped` when the program has broken off: then this worker is of no use any more.
import start, { Workbook } from './glue.js';

const ready = start().then(() => true, () => false);
let book;

const bytes = async (file) => {
  if (file.size > Workbook.most_bytes()) throw 'too_large';
  if (!(file instanceof Blob)) return file;
  try { return await file.arrayBuffer(); } catch { throw 'not_readable'; }
};

const open = async (file) => {
  book?.free();
  book = undefined;
  book = new Workbook(new Uint8Array(await bytes(file)));
  const sheet = (_, at) => ({ name: book.name(at), rows: book.height(at), columns: book.width(at), hidden: book.is_hidden(at) });
  return { sheets: Array.from({ length: book.sheets() }, sheet) };
};

const pairs = (lines) => lines.split('\n').slice(0, -1).map((line) => line.split('\t'));

const read = (sheet) => {
  if (!book) throw 'no_sheet';
  const rows = book.rows(sheet);
  try {
    return {
      text: rows.text().buffer, last: rows.last(), filled: rows.filled(), columns: rows.columns(),
      notes: pairs(rows.notes()).map(([kind, place]) => ({ kind, place })),
      counts: Object.fromEntries(pairs(rows.counts()).map(([kind, count]) => [kind, Number(count)])),
    };
  } finally {
    rows.free();
  }
};

const handle = async ({ data }) => {
  const answer = { id: data.id };
  try {
    if (!await ready) throw 'not_loaded';
    Object.assign(answer, data.open ? await open(data.open) : read(data.rows));
  } catch (refused) {
    answer.refused = typeof refused === 'string' ? refused : 'stopped';
  }
  postMessage(answer, answer.text ? [answer.text] : []);
};

// One after the other: a file takes its time to be read.
let last = ready;
onmessage = (event) => { last = last.then(() => handle(event)); };
