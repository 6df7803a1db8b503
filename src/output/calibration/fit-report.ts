import type { CalibrationRound, Fit } from '../../run/calibration/calibration.js';
import { FITTED_COSTS, type FittedCost, TARGETS } from '../../run/calibration/targets.js';
import { createInk, type Ink, PLAIN } from '../terminal/ink.js';
import type { Terminal } from '../terminal/terminal.js';
import { formatNumber } from '../words/numbers.js';
import { padEnd, padStart } from '../words/text.js';
import { fitMarkdown, fitTable, type JudgedFit } from './fit-table.js';

/** Of a number below 100 with two decimals. */
const MIN_WIDTH = 5;

const HEADS: Readonly<Record<FittedCost, string>> = {
  web_request: 'web',
  dom0_packet: 'dom0',
  snort_packet: 'Snort',
};

const AND = new Intl.ListFormat('en-GB');

/** What a column shows of a round. */
interface Column {
  readonly head: string;
  readonly text: (round: CalibrationRound) => string;
}

/** What `calibrate` prints: rounds as they come, what each fit ends with, and a table of all. */
export class FitReport {
  private readonly ink: Ink;

  constructor(private readonly terminal: Terminal) {
    this.ink = createInk(terminal);
  }

  /** A line, under the names of its columns if it is a fit's first. */
  round(round: CalibrationRound): string {
    const columns = columnsOf(Object.keys(round.readings));
    const line = lineOf(columns, [String(round.round), round.phase], ({ text }) => text(round));
    if (round.round > 1) return line;
    return `${this.ink.bold(lineOf(columns, ['', 'round'], ({ head }) => head))}\n${line}`;
  }

  /** How a fit ended. */
  fit(fit: JudgedFit): string {
    if (fit.outcome !== 'found') return failureText(fit);
    const costs = FITTED_COSTS.map(
      (name) => `  ${name}: { value: ${fit.costs_us[name]}, unit: us }`,
    );
    return [`fitted to ${targetsText(fit)}:`, ...costs].join('\n');
  }

  /** All fits side by side; of a single one only if there are claims. */
  end(fits: readonly JudgedFit[]): string {
    const isSaid = fits.length === 1 && fits.every(({ at_costs }) => at_costs === undefined);
    return isSaid ? '' : ['', ...fitTable(fits, this.ink, this.terminal.columns)].join('\n');
  }
}

/** Why a fit did not end well, in a line. */
export function failureText({ outcome, readings, rounds, ...fit }: Fit): string {
  const targets = targetsText(fit);
  const read = AND.format(
    Object.entries(readings).map(([name, { mean }]) => `${name} ${formatNumber(mean)}`),
  );
  return outcome === 'out of reach'
    ? `no costs read ${targets}; the nearest read ${read}`
    : `not fitted to ${targets} after ${rounds.length} rounds, which read ${read}; ` +
        'try more --rounds, or a --precision of more percent';
}

function targetsText({ targets }: Pick<Fit, 'targets'>): string {
  return AND.format(Object.entries(targets).map(([name, pct]) => `${name} ${pct}`));
}

/** @param targets names of what the costs are fitted to */
function columnsOf(targets: readonly string[]): Column[] {
  return [
    ...FITTED_COSTS.map(
      (name): Column => ({
        head: `${HEADS[name]} us`,
        text: ({ costs_us }) => costs_us[name].toPrecision(3),
      }),
    ),
    ...targets.map(
      (name): Column => ({
        head: TARGETS.find((target) => target.name === name)?.label ?? name,
        text: ({ readings }) => formatNumber(readings[name]?.mean ?? Number.NaN),
      }),
    ),
    { head: 'missed', text: ({ watched }) => formatNumber(watched.missed_pct, 1) },
    { head: 'inside', text: ({ watched }) => formatNumber(watched.inside_missed_pct, 1) },
  ];
}

function lineOf(
  columns: readonly Column[],
  start: readonly [number: string, phase: string],
  textOf: (column: Column) => string,
): string {
  const [number, phase] = start;
  const others = columns.map((one) => padStart(textOf(one), Math.max(MIN_WIDTH, one.head.length)));
  return [`${padStart(number, 3)} ${padEnd(phase, 'approach'.length)}`, ...others].join('  ');
}

/** The table of all fits in Markdown. */
export function reportMarkdown(fits: readonly JudgedFit[]): string {
  return fitMarkdown(fits, PLAIN).join('\n');
}
