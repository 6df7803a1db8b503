import type { ExperimentResult, Figure } from '../experiments/result.js';

/** A figure's line with its samples: one series a seed, ordered as the result's runs. */
export interface FigureSeries {
  readonly label: string;
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
  const series = figure.lines.map(({ variant: id, metric, label }) => {
    const variant = variantOf(id);
    const at = variant?.metrics.findIndex(({ name }) => name === metric) ?? -1;
    const runs = variant?.runs.flatMap((run) => run.values[at] ?? []) ?? [];
    return { label, runs };
  });
  const timesS = variantOf(figure.lines[0]?.variant ?? '')?.timesS ?? [];
  return { figure, series, timesS, sampleS: result.sampleS, seeds: result.seeds };
}
