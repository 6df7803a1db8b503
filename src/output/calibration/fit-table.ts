import type { ClaimsAtCosts } from '../../claims/claims-at-costs.js';
import type { ConditionResult, Interval } from '../../measure/experiment-result.js';
import type { Fit } from '../../run/calibration/calibration.js';
import { FITTED_COSTS } from '../../run/calibration/targets.js';
import type { Ink } from '../terminal/ink.js';
import { stackedTable } from '../terminal/stacked-table.js';
import { formatNumber } from '../words/numbers.js';
import { widthOf } from '../words/text.js';
import { textColumn } from '../words/value-column.js';

/** A fit, with claims at its costs if they were asked for. */
export interface JudgedFit extends Fit {
  readonly at_costs?: ClaimsAtCosts;
}

/** Claims for which the paper gives a number, so that no fit may miss it. */
const NUMBERED = ['S1', 'S3', 'S5', 'T1'];

/** What is shown of each variant with Snort. */
const SERVED = [
  { metric: 'replies_rps', label: 'replies/s', decimals: 0 },
  { metric: 'missed_pct', label: '% of packets missed', decimals: 1 },
  { metric: 'idle_pct', label: '% of the CPU idle', decimals: 1 },
] as const;

/** A quantity with its value at each fit. */
interface Row {
  readonly label: string;
  readonly cells: readonly string[];
}

/** Fits side by side: costs, readings, and claims at these costs. */
export function fitTable(fits: readonly JudgedFit[], ink: Ink, columns: number): string[] {
  const rows = rowsOf(fits, ink);
  const labels = rows.map(({ label }) => label);
  const body = headsOf(fits).map((head, f) =>
    textColumn(
      head,
      rows.map(({ cells }) => cells[f] ?? ''),
      true,
    ),
  );
  const width = Math.min(Math.max(...labels.map(widthOf)), Math.floor(columns / 2));
  return [...stackedTable(labels, width, body, ink, columns), ...conclusion(fits, ink)];
}

/** The same in Markdown (GitHub's), for documents. */
export function fitMarkdown(fits: readonly JudgedFit[], ink: Ink): string[] {
  const heads = headsOf(fits);
  const lines = [
    ['', ...heads],
    ['---', ...heads.map(() => '---:')],
    ...rowsOf(fits, ink).map(({ label, cells }) => [label, ...cells]),
  ].map((cells) => `| ${cells.map((cell) => cell.replaceAll('\u00a0', ' ')).join(' | ')} |`);
  const said = conclusion(fits, ink);
  return said.length === 0 ? lines : [...lines, '', ...said];
}

/** What was asked for, as far as the fits differ in it. */
function headsOf(fits: readonly JudgedFit[]): string[] {
  return fits.map(({ targets }) => {
    const own = Object.entries(targets).filter(([name, pct]) =>
      fits.some((other) => other.targets[name] !== pct),
    );
    return own.length === 0 ? 'value' : own.map((one) => one.join(' ')).join(', ');
  });
}

function rowsOf(fits: readonly JudgedFit[], ink: Ink): Row[] {
  const [first] = fits;
  if (first === undefined) return [];
  const row = (label: string, cell: (fit: JudgedFit) => string): Row => ({
    label,
    cells: fits.map(cell),
  });
  const claims = first.at_costs?.claims ?? [];
  const served = first.at_costs?.served ?? [];
  return [
    row('fit', ({ outcome }) => (outcome === 'found' ? 'fitted' : outcome)),
    ...FITTED_COSTS.map((name) => row(`${name} (us)`, (fit) => costText(fit, name, ink))),
    ...targetsOf(fits).map((name) => row(name, ({ readings }) => meanText(readings[name]))),
    ...claims.flatMap(({ id, conditions }, c) =>
      conditions.map(({ label, rule }, i) =>
        row(`${id} ${label} (${rule})`, ({ at_costs }) =>
          conditionText(at_costs?.claims[c]?.conditions[i], ink),
        ),
      ),
    ),
    ...SERVED.flatMap(({ metric, label, decimals }) =>
      served.map(({ title }, v) =>
        row(`${label}, ${title}`, ({ at_costs }) =>
          meanText(at_costs?.served[v]?.[metric], decimals),
        ),
      ),
    ),
  ];
}

/** Names of all targets of all fits. */
function targetsOf(fits: readonly JudgedFit[]): string[] {
  return [...new Set(fits.flatMap(({ targets }) => Object.keys(targets)))];
}

function costText({ costs_us, errors_pct }: Fit, name: keyof Fit['costs_us'], ink: Ink): string {
  const cost = costs_us[name];
  const text = cost.toPrecision(3);
  if (errors_pct === null) return text;
  const decimals = text.split('.')[1]?.length ?? 0;
  return `${text} ${ink.plusMinus} ${((cost * errors_pct[name]) / 100).toFixed(decimals)}`;
}

function meanText(reading: Interval | undefined, decimals?: number): string {
  return reading === undefined ? '-' : formatNumber(reading.mean, decimals);
}

/** A value that its rule does not allow has a mark, and one that the seeds do not decide. */
function conditionText(condition: ConditionResult | undefined, ink: Ink): string {
  const text = meanText(condition);
  if (condition?.verdict === 'fails') return `${ink.fails}${text}`;
  return condition?.verdict === 'undecided' ? `? ${text}` : text;
}

/** Where the claims that give a number hold together, and where all do. */
function conclusion(fits: readonly JudgedFit[], ink: Ink): string[] {
  const judged = fits.filter(({ at_costs }) => at_costs !== undefined);
  if (judged.length === 0) return [];
  const heads = headsOf(fits);
  const holdAt = (ids: readonly string[] | null) =>
    fits.flatMap(({ at_costs }, f) =>
      at_costs?.claims.every(
        ({ id, verdict }) => verdict === 'holds' || (ids !== null && !ids.includes(id)),
      )
        ? [heads[f] ?? '']
        : [],
    );
  const sentence = (what: string, where: readonly string[]) =>
    where.length === 0
      ? `${what} hold together at none of these.`
      : `${what} hold at ${where.join('; ')}.`;
  return [
    '',
    `${ink.fails.trim()} outside what the claim allows; ? not decided by these seeds.`,
    sentence(`S1, S3, S5 and T1, for which the paper gives numbers,`, holdAt(NUMBERED)),
    sentence('All of these claims', holdAt(null)),
  ];
}
