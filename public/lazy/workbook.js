// The page's side of the program that reads Excel workbooks. Fetched when one is opened.
let worker;
let last = 0;
const waiting = new Map();

const ask = (message) => new Promise((resolve, reject) => {
  if (!worker) {
    worker = cartera.worker('workbook-reader');
    worker.onmessage = ({ data }) => {
      const { resolve: done, reject: failed } = waiting.get(data.id) ?? {};
      waiting.delete(data.id);
      if (data.refused === 'stopped') stop();
      if (data.refused) failed?.(data.refused); else done?.(data);
    };
    worker.onerror = stop;
  }
  last += 1;
  waiting.set(last, { resolve, reject });
  worker.postMessage({ ...message, id: last });
});

const stop = () => {
  worker?.terminate();
  worker = undefined;
  for (const { reject } of waiting.values()) reject('not_loaded');
  waiting.clear();
};

/** The sheets of a file: name, rows, and whether it is hidden, by tabs. What is refused is thrown as its code. */
export const open = async (file) => {
  const { sheets } = await ask({ open: file });
  return sheets.map(({ name, rows, hidden }) => [name.replaceAll('\t', ' '), rows, hidden ? 1 : 0].join('\t'));
};

/** The rows of a sheet as a file of tab-separated text, which is read beside the page and not in it; and what is to be said of them: kind, how many, and the first places, by tabs. */
export const rows = async (at) => {
  const { text, notes, counts } = await ask({ rows: at });
  const told = Object.entries(counts).filter(([, count]) => count > 0).map(([kind, count]) => {
    const places = notes.filter((note) => note.kind === kind).slice(0, 3).map((note) => note.place);
    return [kind, count, places.join(', ')].join('\t');
  });
  return [new File([text], 'sheet.txt'), ...told];
};

/** Ends the program: its memory goes back. */
export const close = stop;
