import type { ExperimentResult, VariantResult } from '../../measure/experiment-result.js';
import { formatNumber } from '../words/numbers.js';
import { padEnd, padStart, widthOf, wrap } from '../words/text.js';
import type { Ink } from './ink.js';

/** The metric that the parts add up to. */
const CHARGED = 'ids_cpu_pct';

const NUMBER_WIDTH = 10;
const GAP = 2;
const MAX_BAR = 40;
/** A shorter bar would say nothing. */
const MIN_BAR = 5;

/** What is broken down: "What Snort is charged for (CR3)". */
export function breakdownTitle(variants: readonly VariantResult[]): string {
  const names = new Set(
    variants.flatMap(({ metrics }) => {
      const label = metrics.find(({ name }) => name === CHARGED)?.label;
      return label?.split(',')[0] ?? [];
    }),
  );
  const [name = 'the IDS'] = names.size === 1 ? names : [];
  return `What ${name} is charged for (CR3)`;
}

/** What the IDS is charged for, for each variant that has one, with bars and a heading. */
export function breakdownTable(result: ExperimentResult, ink: Ink, columns: number): string[] {
  const variants = result.variants.filter(({ breakdown }) => breakdown.length > 0);
  if (variants.length === 0) return [];
  const s6 = result.claims.some(({ id }) => id === 'S6') ? ' (claim S6)' : '';
  const heading = wrap(`${breakdownTitle(variants)}${s6}`, columns).map(ink.bold);
  const labels = variants.flatMap(({ breakdown }) => breakdown.map(({ label }) => label));
  const numbers = 2 * (GAP + NUMBER_WIDTH);
  const labelWidth = Math.min(Math.max(...labels.map(widthOf)), columns - numbers);
  const barWidth = Math.min(MAX_BAR, columns - labelWidth - numbers - GAP);
  // One scale for all variants, so that bars compare.
  const shares = variants.flatMap(({ breakdown }) => breakdown.map(({ share_pct }) => share_pct));
  const signsPerPercent = barWidth < MIN_BAR ? 0 : barWidth / Math.max(1, ...shares);
  const tables = variants.flatMap((variant) => [
    '',
    ...variantLines(variant, labelWidth, signsPerPercent, ink),
  ]);
  return [...heading, ...tables];
}

function variantLines(
  { title, breakdown }: VariantResult,
  labelWidth: number,
  signsPerPercent: number,
  ink: Ink,
): string[] {
  const row = (label: string, cpu: string, share: string, bar = '') =>
    [padEnd(label, labelWidth), padStart(cpu, NUMBER_WIDTH), padStart(share, NUMBER_WIDTH), bar]
      .join(' '.repeat(GAP))
      .trimEnd();
  const titleLines = wrap(title, labelWidth);
  const heads = titleLines.map((line, i) =>
    ink.bold(i === titleLines.length - 1 ? row(line, 'CPU (%)', 'share (%)') : line),
  );
  const rows = breakdown.flatMap(({ label, cpu_pct, share_pct }) => {
    const bar = ink.bar.repeat(Math.max(0, Math.round(share_pct * signsPerPercent) || 0));
    const parts = wrap(label, labelWidth);
    return parts.map((part, i) =>
      i === parts.length - 1
        ? row(part, formatNumber(cpu_pct, 2), formatNumber(share_pct, 1), bar)
        : part,
    );
  });
  return [...heads, ...rows];
}
