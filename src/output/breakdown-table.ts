import type { ExperimentResult, VariantResult } from '../experiments/result.js';
import type { Ink } from './ink.js';
import { formatNumber } from './numbers.js';
import { padEnd, padStart, widthOf, wrap } from './text.js';

const NUMBER_WIDTH = 10;
const GAP = 2;
const MAX_BAR = 40;
/** A shorter bar would say nothing. */
const MIN_BAR = 5;

/** What the IDS's CR3 time consists of, for each variant that has it, with bars. */
export function breakdownTable(result: ExperimentResult, ink: Ink, columns: number): string[] {
  const variants = result.variants.filter(({ breakdown }) => breakdown.length > 0);
  if (variants.length === 0) return [];
  const labels = variants.flatMap(({ breakdown }) => breakdown.map(({ label }) => label));
  const numbers = 2 * (GAP + NUMBER_WIDTH);
  const labelWidth = Math.min(Math.max(...labels.map(widthOf)), columns - numbers);
  const barWidth = Math.min(MAX_BAR, columns - labelWidth - numbers - GAP);
  // One scale for all variants, so that bars compare.
  const shares = variants.flatMap(({ breakdown }) => breakdown.map(({ share_pct }) => share_pct));
  const signsPerPercent = barWidth < MIN_BAR ? 0 : barWidth / Math.max(1, ...shares);
  return variants.flatMap((variant, i) => [
    ...(i === 0 ? [] : ['']),
    ...variantLines(variant, labelWidth, signsPerPercent, ink),
  ]);
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
