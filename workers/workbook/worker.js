// The worker that reads workbooks.
import start, { Workbook } from './glue.js';

start().then(() => new Workbook());
