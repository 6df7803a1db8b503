import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { Column } from '../csv/columns.js';
import type { Row } from '../csv/csv.js';

/** ZIP knows no earlier time; by the local clock, as it knows no time zones. */
const NO_TIME = new Date(1980, 0, 1);
/** Excel's own. */
const FONT = { fontFamily: 'Calibri', fontSize: 11 };
const MIN_WIDTH = 8;
const MAX_WIDTH = 60;

/**
 * A table as a workbook of Excel: the table, its columns explained, and what it is of. The same
 * bytes whenever it is written.
 * @param about goes into the third sheet
 */
export async function xlsxFile(
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
  about: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  const table: SheetData = [headOf(columns.map(({ name }) => name))];
  for await (const row of rows) table.push(columns.map(({ name }) => cellOf(row[name])));
  const explained: SheetData = [
    headOf(['name', 'type', 'unit', 'description']),
    ...columns.map(({ name, type, unit, description }) => [name, type, unit ?? null, description]),
  ];
  const facts: SheetData = Object.entries(about).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
  const sheets = [
    sheetOf(
      'sweep',
      table,
      columns.map(({ name }) => name.length),
    ),
    sheetOf('columns', explained, [30, 10, 12, MAX_WIDTH]),
    sheetOf('about', [headOf(['what', 'value']), ...facts], [20, MAX_WIDTH]),
  ];
  const buffer = await writeXlsxFile(sheets, FONT).toBuffer();
  const files = unzipSync(buffer);
  const styles = strFromU8(files[STYLES] ?? new Uint8Array());
  return zipSync({ ...files, [STYLES]: strToU8(withDefaultStyle(styles)) }, { mtime: NO_TIME });
}

const STYLES = 'xl/styles.xml';

/** The style "Normal", which the library leaves out and readers miss. */
function withDefaultStyle(styles: string): string {
  const named = '<cellStyle name="Normal" xfId="0" builtinId="0"/>';
  return styles
    .replace('<cellXfs', '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs')
    .replace('</cellXfs>', `</cellXfs><cellStyles count="1">${named}</cellStyles>`);
}

function sheetOf(sheet: string, data: SheetData, widths: readonly number[]) {
  const columns = widths.map((width) => ({
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width + 2)),
  }));
  return { sheet, data, columns, stickyRowsCount: 1 };
}

function headOf(names: readonly string[]) {
  return names.map((value) => ({ value, fontWeight: 'bold' as const }));
}

/** Text is text whatever it starts with; what is no number is an empty cell. */
function cellOf(value: Row[string] | undefined) {
  if (typeof value === 'string') return value === '' ? null : { value, type: String };
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}
