import type { ExperimentResult, Metric, VariantResult } from '../experiments/result.js';
import type { Ink } from './ink.js';
import { decimalsFor, formatNumber, halfWidth } from './numbers.js';
import { padEnd, padStart, widthOf, wrap } from './text.js';

/** What the table shows of an experiment with a subject, in this order. */
const HEADLINE_METRICS = [
  'vm_cpu_pct',
  'ids_cpu_pct',
  'ids_true_cpu_pct',
  'ids_proc_pct',
  'dom0_net_cpu_pct',
  'dom0_disk_cpu_pct',
  'total_cpu_pct',
  'idle_pct',
  'throughput_rps',
  'connection_errors_rps',
  'ids_missed_packets_pct',
  'scan_mb_per_s',
  'scan_files_per_s',
];

/** Every subject has it; an experiment without subject shows all its metrics. */
const SUBJECT_METRIC = 'vm_cpu_pct';

const AND = new Intl.ListFormat('en');

const GAP = 2;
const MIN_HEAD_WIDTH = 12;

interface Column {
  readonly head: readonly string[];
  readonly cells: readonly string[];
  readonly width: number;
}

/** The means by metric and variant; variants that do not fit beside one another are stacked. */
export function summaryTable(result: ExperimentResult, ink: Ink, columns: number): string[] {
  const metrics = shownMetrics(result.variants);
  const body = result.variants.map((variant) => columnOf(variant, metrics, result.variants, ink));
  if (body.length === 0 || metrics.length === 0) return [];
  const widest = Math.max(...body.map(({ width }) => width));
  const labels = metrics.map(({ label, unit }) => `${label} (${unit})`);
  const labelWidth = Math.min(
    Math.max(...labels.map(widthOf)),
    Math.max(columns - GAP - widest, Math.floor(columns / 4)),
  );
  const tables: string[][] = [];
  for (const group of groupsThatFit(body, columns - labelWidth)) {
    tables.push(tableOf(labels, labelWidth, group, ink));
  }
  const notes = totalNotes(result.variants).flatMap((note) => wrap(note, columns).map(ink.dim));
  return [...tables.flatMap((table, i) => (i === 0 ? table : ['', ...table])), ...notes];
}

/** What a table shows: the headlines of an experiment with a subject, all metrics of another. */
export function shownMetrics(variants: readonly VariantResult[]): Metric[] {
  const all = new Map<string, Metric>();
  for (const metric of variants.flatMap(({ metrics }) => metrics)) {
    if (!all.has(metric.name)) all.set(metric.name, metric);
  }
  return all.has(SUBJECT_METRIC)
    ? HEADLINE_METRICS.flatMap((name) => all.get(name) ?? [])
    : [...all.values()];
}

function columnOf(
  variant: VariantResult,
  metrics: readonly Metric[],
  variants: readonly VariantResult[],
  ink: Ink,
): Column {
  const parts = metrics.map(({ name }) => {
    const summary = variant.summary[name];
    if (summary === undefined || !Number.isFinite(summary.mean)) return { mean: '-', half: '' };
    // A row has the same decimals throughout.
    const row = variants.map(({ summary: other }) => Math.abs(other[name]?.mean ?? 0));
    const decimals = decimalsFor(Math.max(...row.filter(Number.isFinite)));
    const half = halfWidth(summary);
    return {
      mean: formatNumber(summary.mean, decimals),
      half: half === null ? '' : ` ${ink.plusMinus} ${formatNumber(half, decimals)}`,
    };
  });
  const meanWidth = Math.max(...parts.map(({ mean }) => mean.length));
  const halfWidths = Math.max(...parts.map(({ half }) => half.length));
  const valueWidth = meanWidth + halfWidths;
  const head = wrap(variant.title, Math.max(valueWidth, MIN_HEAD_WIDTH));
  return {
    head,
    cells: parts.map(({ mean, half }) => {
      const [sign = '', number = ''] = splitHalf(half, ink);
      return padStart(mean, meanWidth) + sign + padStart(number, halfWidths - sign.length);
    }),
    width: Math.max(valueWidth, ...head.map(widthOf)),
  };
}

/** " ± 0.12" as sign and number, to align the numbers. */
function splitHalf(half: string, ink: Ink): [string, string] {
  const sign = half === '' ? '' : ` ${ink.plusMinus} `;
  return [sign, half.slice(sign.length)];
}

function groupsThatFit(body: readonly Column[], columns: number): Column[][] {
  const groups: Column[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const column of body) {
    if (used + GAP + column.width > columns) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)?.push(column);
    used += GAP + column.width;
  }
  return groups;
}

function tableOf(
  labels: readonly string[],
  labelWidth: number,
  group: readonly Column[],
  ink: Ink,
): string[] {
  const gap = ' '.repeat(GAP);
  const headRows = Math.max(...group.map(({ head }) => head.length));
  const heads = Array.from({ length: headRows }, (_, i) => {
    // Short heads stand on the last row, next to their numbers.
    const cells = group.map(({ head, width }) =>
      padStart(head[i - headRows + head.length] ?? '', width),
    );
    return ink.bold([padEnd('', labelWidth), ...cells].join(gap));
  });
  const width = group.reduce((sum, column) => sum + GAP + column.width, labelWidth);
  const rows = labels.flatMap((label, r) => {
    const parts = wrap(label, labelWidth);
    return parts.map((part, i) => {
      const isLast = i === parts.length - 1;
      const cells = group.map((column) => padStart(column.cells[r] ?? '', column.width));
      return isLast ? [padEnd(part, labelWidth), ...cells].join(gap) : part;
    });
  });
  return [...heads, ink.rule.repeat(width), ...rows];
}

/** Variants may add up different things: then the table says what. */
function totalNotes(variants: readonly VariantResult[]): string[] {
  const byMeaning = new Map<string, string[]>();
  for (const { title, metrics } of variants) {
    const total = metrics.find(({ name }) => name === 'total_cpu_pct');
    if (total === undefined) continue;
    const meaning = withLabels(total.description, metrics);
    byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), title]);
  }
  if (byMeaning.size < 2) return [];
  return [...byMeaning].map(([meaning, titles]) => `Total, ${AND.format(titles)}: ${meaning}.`);
}

/** A description with the names of the table's rows in the place of those of columns. */
function withLabels(description: string, metrics: readonly Metric[]): string {
  const labels = new Map(metrics.map(({ name, label }) => [name, label]));
  return description.replace(/\w+/g, (word) => labels.get(word) ?? word);
}
