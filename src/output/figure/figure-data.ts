import type { ExperimentResult, Figure } from '../../measure/experiment-result.js';
import { looksOf } from './looks.js';
import { toldApart } from './told-apart.js';

/** A figure's line with its samples: one series a seed, ordered as the result's runs. */
export interface FigureSeries {
  /** Unlike every other's of the figure. */
  readonly label: string;
  /** How it is drawn: see `looksOf`. */
  readonly look: number;
  readonly runs: readonly Float64Array[];
}

/** A figure with everything that is needed to draw it. */
export interface FigureData {
  readonly figure: Figure;
  readonly series: readonly FigureSeries[];
  /** End of each sample, seconds after the warm-up. */
  readonly timesS: readonly number[];
  readonly sampleS: number;
  readonly seeds: readonly number[];
}

/** A figure's number and title in words. */
export function figureTitle({ number, title }: FigureData['figure']): string {
  return `Figure ${number}: ${title}`;
}

/** Looks up the samples of a figure's lines; a metric that its variant lacks gives no runs. */
export function figureData(result: ExperimentResult, figure: Figure): FigureData {
  const variantOf = (id: string) => result.variants.find((variant) => variant.id === id);
  const looks = looksOf(figure.lines);
  const labels = toldApart(
    figure.lines.map(({ label }) => label),
    [
      figure.lines.map(({ variant }) => variantOf(variant)?.title ?? variant),
      figure.lines.map(({ metric }) => metric),
      figure.lines.map(({ variant, metric }) => `${variant}, ${metric}`),
    ],
  );
  const series = figure.lines.map(({ variant: id, metric }, i) => {
    const variant = variantOf(id);
    const at = variant?.metrics.findIndex(({ name }) => name === metric) ?? -1;
    const runs = variant?.runs.flatMap((run) => run.values[at] ?? []) ?? [];
    return { label: labels[i] ?? '', look: looks[i] ?? i, runs };
  });
  const timesS = variantOf(figure.lines[0]?.variant ?? '')?.timesS ?? [];
  return { figure, series, timesS, sampleS: result.sampleS, seeds: result.seeds };
}
