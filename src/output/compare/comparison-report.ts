import type { ComparedMetric, Comparison, Side } from '../../measure/comparison.js';
import { areSame, differenceUnit } from '../../measure/difference.js';
import type { Interval } from '../../measure/experiment-result.js';
import { barChart } from '../sweep/bar-chart.js';
import type { SweepChart } from '../sweep/chart-data.js';
import { createInk, type Ink } from '../terminal/ink.js';
import { stackedTable } from '../terminal/stacked-table.js';
import type { Terminal } from '../terminal/terminal.js';
import { fewSeedsWarning } from '../words/summary-notes.js';
import { isZero, rowTexts } from '../words/summary-rows.js';
import { widthOf, wrap } from '../words/text.js';
import { COLUMN_GAP, valueColumn } from '../words/value-column.js';

/** How a comparison is printed. */
export interface CompareStyle extends Terminal {
  readonly chart: boolean;
}

/** A comparison for people: what is compared, means, differences to the first, and a chart. */
export function renderComparison(comparison: Comparison, style: CompareStyle): string {
  const ink = createInk(style);
  const { columns } = style;
  const { sides } = comparison;
  const rows = comparison.metrics.filter((metric) => !isZero(metric));
  const names = headsOf(sides);
  const lines = [
    ...sides.flatMap((side, i) => sideLines(side, names[i] ?? '', columns)),
    '',
    ...wrap(`Means; ${ink.plusMinus} is the half width of the 95% interval`, columns).map(ink.bold),
    '',
    ...tableOf(rows, names, (row) => row.cells, unitOf, ink, columns),
    '',
    ...wrap(`Differences to ${names[0]}`, columns).map(ink.bold),
    ...pairingLines(comparison, names, columns),
    '',
    ...tableOf(
      rows.filter(({ differences }) => differences.some((one) => one !== null)),
      names.slice(1),
      (row) => row.differences.slice(1).map(asCell),
      ({ unit }) => differenceUnit(unit),
      ink,
      columns,
    ),
    ...notesOf(sides).flatMap((note) => wrap(note, columns).map(ink.dim)),
  ];
  const chart = style.chart ? chartLines(rows, names, sides, ink, columns) : [];
  return [...lines, ...chart].join('\n');
}

/** Titles, where they tell the sides apart; else their names. */
export function headsOf(sides: readonly Side[]): string[] {
  return sides.map(({ title, name }) =>
    sides.filter((other) => other.title === title).length === 1 ? title : name,
  );
}

function sideLines({ name, title, seeds }: Side, head: string, columns: number): string[] {
  const what = head === name ? `${name}, ${title}` : `${title}: ${name}`;
  const [first = 0, ...others] = seeds;
  const last = others.at(-1);
  const which = last === undefined ? `seed ${first}` : `seeds ${first} to ${last}`;
  return wrap(`${what} (${which})`, columns);
}

/** Who is paired with the first, and who is not. */
function pairingLines({ sides, metrics }: Comparison, names: readonly string[], columns: number) {
  const [first] = sides;
  const others = sides.slice(1).map((side, i) => {
    const known = metrics.flatMap(({ name, differences }) => {
      const found = differences[i + 1];
      return found === null || found === undefined ? [] : [{ name, paired: found.paired }];
    });
    const isSame = areSame(side.seeds, first?.seeds ?? []);
    return { head: names[i + 1] ?? '', known, isSame };
  });
  const sentences = others.flatMap(({ head, known, isSame }) => {
    const loose = known.filter(({ paired }) => !paired).map(({ name }) => name);
    if (loose.length === 0) return [`${head}: paired, seed by seed.`];
    if (loose.length === known.length && !isSame) return [`${head}: not paired, other seeds.`];
    if (loose.length === known.length) return [`${head}: not paired.`];
    return [`${head}: paired, seed by seed, but for ${loose.join(', ')}: the files do not tell.`];
  });
  return sentences.flatMap((sentence) => wrap(sentence, columns));
}

function asCell(difference: ComparedMetric['differences'][number]): Interval | null {
  return difference === null ? null : { ...difference, sd: null, n: 0 };
}

const unitOf = ({ unit }: ComparedMetric): string => unit;

function tableOf(
  rows: readonly ComparedMetric[],
  heads: readonly string[],
  cellsOf: (row: ComparedMetric) => readonly (Interval | null)[],
  unit: (row: ComparedMetric) => string,
  ink: Ink,
  columns: number,
): string[] {
  if (rows.length === 0) return ['Nothing that both have.'];
  const texts = rows.map((row) => rowTexts({ cells: cellsOf(row) }));
  const body = heads.map((head, i) =>
    valueColumn(
      head,
      texts.flatMap((row) => row[i] ?? []),
      ink,
    ),
  );
  const widest = Math.max(...body.map(({ width }) => width));
  const labels = rows.map((row) => `${row.label} (${unit(row)})`);
  const labelWidth = Math.min(
    Math.max(...labels.map(widthOf)),
    Math.max(columns - COLUMN_GAP - widest, Math.floor(columns / 4)),
  );
  return stackedTable(labels, labelWidth, body, ink, columns);
}

function notesOf(sides: readonly Side[]): string[] {
  const warning = fewSeedsWarning(Math.min(...sides.map(({ seeds }) => seeds.length)));
  return warning === null ? [] : [warning];
}

/** The first metric that all have, as bars. */
function chartLines(
  rows: readonly ComparedMetric[],
  names: readonly string[],
  sides: readonly Side[],
  ink: Ink,
  columns: number,
): string[] {
  const row = rows.find(({ cells }) => cells.every((cell) => cell !== null));
  if (row === undefined) return [];
  const estimates = row.cells.map((cell) => ({
    mean: cell?.mean ?? Number.NaN,
    low: cell?.ci95?.[0] ?? Number.NaN,
    high: cell?.ci95?.[1] ?? Number.NaN,
  }));
  const chart: SweepChart = {
    metric: { ...row, description: '' },
    name: row.label,
    axes: [{ title: 'Variant', unit: '', labels: names, numbers: null, isDuration: false }],
    fixed: [],
    seeds: sides[0]?.seeds.length ?? 0,
    variants: [{ name: '', look: 0, estimates }],
  };
  const title = wrap(`${row.label} (${row.unit})`, columns).map(ink.bold);
  return ['', ...title, '', ...barChart(chart, ink, columns)];
}
