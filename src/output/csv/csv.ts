/**
 * The result tables as CSV by RFC 4180, in UTF-8 without byte order mark. Records end in CRLF: the
 * standard says so, Excel and Python's csv write it themselves, and every reader takes it. Missing
 * values are empty cells, never 0.
 */
import { stringify } from 'csv-stringify/sync';
import type {
  CauseResult,
  ClaimResult,
  ConditionResult,
  ExperimentResult,
  Interval,
  VariantResult,
} from '../../measure/experiment-result.js';
import { type Column, columnsOf, type Role, sampleColumns } from './columns.js';

type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** Samples are means over a sample, good to three decimals; statistics over seeds to four. */
const SAMPLE_DECIMALS = 3;
const STATISTIC_DECIMALS = 4;

/** A variant's samples, a row each, ordered by seed and time. They are many, and numbers only. */
export function samplesCsv({ metrics, timesS, runs }: VariantResult): string {
  const lines = [toCsv(sampleColumns(metrics), [], SAMPLE_DECIMALS)];
  const times = timesS.map(exactCell);
  for (const { seed, values } of [...runs].sort((a, b) => a.seed - b.seed)) {
    for (let sample = 0; sample < times.length; sample++) {
      let line = `${seed},${times[sample]}`;
      for (let m = 0; m < metrics.length; m++) {
        line += `,${numberCell(values[m]?.[sample] ?? Number.NaN, SAMPLE_DECIMALS)}`;
      }
      lines.push(`${line}\r\n`);
    }
  }
  return lines.join('');
}

/** A row a variant and metric: the statistics over the seeds. */
export function summaryCsv({ variants }: ExperimentResult): string {
  const rows = variants.flatMap(({ id, metrics, summary }) =>
    metrics.flatMap(({ name, unit }) => {
      const entry = summary[name];
      if (entry === undefined) return [];
      const { mean, sd, n } = entry;
      return [{ variant: id, metric: name, unit, mean, sd, ...boundsOf(entry), n }];
    }),
  );
  return toCsv(columnsOf.summary, rows, STATISTIC_DECIMALS);
}

/** A row a condition of a claim, then one an alternative, then one a cause. */
export function claimsCsv({ claims }: Pick<ExperimentResult, 'claims'>): string {
  const rows = claims.flatMap((claim) => [
    ...claim.conditions.map((one) => claimRow(claim, one, 'condition')),
    ...claim.alternatives.map((one) => claimRow(claim, one, 'alternative')),
    ...claim.causes.map((one) => claimRow(claim, one, 'cause')),
  ]);
  return toCsv(columnsOf.claims, rows, STATISTIC_DECIMALS);
}

/** What is said of the claim as a whole stands in the rows of its conditions only. */
function claimRow(
  claim: ClaimResult,
  { label, unit, sd, n, ...measured }: CauseResult & Partial<ConditionResult>,
  role: Role,
): Row {
  const { id, figure, statement, paper, verdict, basis, evidence } = claim;
  const whole = role === 'condition' ? { paper, verdict, basis, evidence } : null;
  return {
    claim: id,
    figure,
    condition: label,
    statement,
    paper: whole?.paper ?? null,
    measured: measured.mean,
    ...boundsOf(measured),
    unit,
    rule: measured.rule ?? null,
    verdict: whole?.verdict ?? null,
    basis: whole?.basis ?? null,
    condition_verdict: measured.verdict ?? null,
    role,
    margin: measured.margin ?? null,
    margin_unit: measured.marginUnit ?? null,
    sd,
    n,
    evidence: whole?.evidence ?? null,
    finding: measured.finding ?? null,
  };
}

/** A row a variant and part of its IDS's CR3 time. */
export function breakdownCsv({ variants }: ExperimentResult): string {
  const rows = variants.flatMap(({ id, breakdown }) =>
    breakdown.map(({ label, cpu_pct, share_pct }) => ({
      variant: id,
      part: label,
      cpu_pct,
      share_pct,
    })),
  );
  return toCsv(columnsOf.breakdown, rows, STATISTIC_DECIMALS);
}

/** A row a variant and counter. */
export function countersCsv({ variants }: ExperimentResult): string {
  const rows = variants.flatMap(({ id, counters }) =>
    counters.map(({ name, per_s }) => ({ variant: id, counter: name, per_s })),
  );
  return toCsv(columnsOf.counters, rows, STATISTIC_DECIMALS);
}

interface CsvOptions {
  /** Columns of what was set, e.g. a parameter: their numbers read back as the same double. */
  readonly exact?: readonly string[];
  readonly header?: boolean;
}

/** Rows as text, by the list of columns; text that a spreadsheet takes for a formula gets a `'`. */
export function toCsv(
  columns: readonly Column[],
  rows: readonly Row[],
  decimals: number,
  { exact = [], header = true }: CsvOptions = {},
): string {
  return stringify([...rows], {
    columns: columns.map(({ name }) => ({ key: name, header: name })),
    header,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: {
      number: (value: number, { column }) =>
        exact.includes(String(column)) ? exactCell(value) : numberCell(value, decimals),
    },
  });
}

/** A number without needless zeros; empty if it is none. */
export function numberCell(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return '';
  const text = value.toFixed(decimals);
  const point = text.length - decimals - 1;
  if (text[point] !== '.') return text === '-0' ? '0' : text;
  let end = text.length;
  while (text[end - 1] === '0') end--;
  const short = text.slice(0, end - 1 === point ? point : end);
  return short === '-0' ? '0' : short;
}

/** Up to so many decimals a small number is written without an exponent. */
const MOST_DECIMALS = 30;

/** The shortest text that reads back as the same double; empty if it is no number. */
export function exactCell(value: number): string {
  if (!Number.isFinite(value)) return '';
  const text = String(value);
  const [, fraction = '', exponent] = /^-?\d(?:\.(\d+))?e-(\d+)$/.exec(text) ?? [];
  const decimals = fraction.length + Number(exponent);
  return decimals <= MOST_DECIMALS ? value.toFixed(decimals) : text;
}

/** The cells of an interval. */
export function boundsOf({ ci95 }: Pick<Interval, 'ci95'>) {
  return { ci95_lo: ci95?.[0] ?? null, ci95_hi: ci95?.[1] ?? null };
}
