import { InputError } from '../../base/input-error.js';
import { allowedNames } from '../../base/nearest.js';
import type { Definition } from '../../definition/definition.js';
import { fileNameField } from '../../definition/fields.js';
import { metricsOf } from '../../definition/metrics/metrics.js';
import { findDefinition } from '../../files/experiment-catalog.js';
import type { Side } from '../../measure/comparison.js';
import type { ExperimentResult } from '../../measure/experiment-result.js';
import { storedRunMeans } from '../../output/stored/run-means.js';
import { readResult } from '../../output/stored/stored-result.js';
import type { MeasuredExperiment } from '../../run/runner.js';
import { isFolder } from '../report/report-sources.js';

/** What a word of the command line means: variants to run, or of a folder of results. */
export type CompareSource = {
  /** Without the variant. */
  readonly name: string;
  /** Ids of the variants, at least one. */
  readonly variants: readonly string[];
  /** Names of the metrics that they have. */
  readonly metrics: readonly string[];
} & (
  | { readonly definition: Definition; readonly stored: null }
  | { readonly definition: null; readonly stored: ExperimentResult }
);

/**
 * Finds what words mean: an experiment, a figure, a definition file or a folder of results, with
 * all its variants, or, after a colon, with one of them.
 * @throws InputError for a word that means nothing, a damaged folder, or less than two variants
 */
export function compareSources(words: readonly string[]): CompareSource[] {
  const sources = words.map(sourceOf);
  const count = sources.reduce((sum, { variants }) => sum + variants.length, 0);
  if (count < 2) {
    const got = count === 0 ? 'nothing' : `one variant, ${namesOf(sources).join()}`;
    throw new InputError(`compare: got ${got}; allowed: two variants or more`);
  }
  return sources;
}

/**
 * The variants that are compared, in the order of the command line.
 * @param run results of the sources with a definition, in their order
 */
export function sidesOf(
  sources: readonly CompareSource[],
  run: readonly MeasuredExperiment[],
): Side[] {
  const results = [...run];
  return sources.flatMap(({ name, variants, stored }) =>
    stored === null ? runSides(name, results.shift()) : storedSides(name, variants, stored),
  );
}

function sourceOf(word: string): CompareSource {
  const [, before = word, only] = /^(.+):([^:/\\]+)$/.exec(word) ?? [];
  const isOne = only !== undefined && fileNameField.safeParse(only).success;
  const name = isOne ? before : word;
  const found = isFolder(name)
    ? { definition: null, stored: readResult(name) }
    : { definition: findDefinition(name), stored: null };
  const ids = (found.stored ?? found.definition).variants.map(({ id }) => id);
  if (isOne && !ids.includes(only)) {
    throw new InputError(`${word}: got variant "${only}"; allowed: ${allowedNames(only, ids)}`);
  }
  const variants = isOne ? [only] : ids;
  return { name, variants, metrics: metricsIn(found, variants), ...found };
}

type Found = Pick<CompareSource, 'definition' | 'stored'>;

function metricsIn({ definition, stored }: Found, ids: readonly string[]): string[] {
  const all =
    stored === null
      ? (definition?.variants ?? []).map(({ id, input, subject }) => {
          return { id, metrics: metricsOf(input, subject) };
        })
      : stored.variants;
  const own = all.filter(({ id }) => ids.includes(id));
  return own.flatMap(({ metrics }) => metrics.map(({ name }) => name));
}

function namesOf(sources: readonly CompareSource[]): string[] {
  return sources.flatMap(({ name, variants }) => variants.map((id) => `${name}:${id}`));
}

function runSides(name: string, result: MeasuredExperiment | undefined): Side[] {
  return (result?.variants ?? []).map(({ id, title, metrics, headlines, summary, runs }) => ({
    name: `${name}:${id}`,
    title,
    seeds: result?.seeds ?? [],
    metrics,
    headlines,
    summary,
    valuesOf: (metric) => {
      const at = metrics.findIndex((one) => one.name === metric);
      return runs.map(({ means }) => means[at] ?? Number.NaN);
    },
  }));
}

function storedSides(name: string, ids: readonly string[], result: ExperimentResult): Side[] {
  return ids.flatMap((id) => {
    const variant = result.variants.find((one) => one.id === id);
    if (variant === undefined) return [];
    const { title, metrics, headlines, summary } = variant;
    return [
      {
        name: `${name}:${id}`,
        title,
        seeds: result.seeds,
        metrics,
        headlines,
        summary,
        valuesOf: (metric: string) => storedRunMeans(variant, metric),
      },
    ];
  });
}
