import type {
  ExperimentResult,
  Figure,
  Summary,
  VariantResult,
} from '../../measure/experiment-result.js';
import { columnsOf, tableFile } from '../csv/columns.js';
import { storedMetrics, storedRuns } from './samples.js';
import { storedClaims } from './stored-claims.js';
import { readStoredPackage, type StoredFigure } from './stored-package.js';
import { readTable } from './stored-table.js';
import { storedSummary } from './summary.js';

/**
 * Reads a result back from its folder, as it was written: nothing is simulated or judged again.
 * Numbers are those of the files, which are rounded.
 * @throws InputError with file, line or field, value and what is allowed
 */
export function readResult(folder: string): ExperimentResult {
  const described = readStoredPackage(folder);
  const { offloadcage: own } = described;
  const tables = {
    summary: readTable(folder, tableFile('summary'), columnsOf.summary),
    breakdown: readTable(folder, tableFile('breakdown'), columnsOf.breakdown),
    counters: readTable(folder, tableFile('counters'), columnsOf.counters),
  };
  const variants = own.variants.map((variant): VariantResult => {
    const { id } = variant;
    const metrics = storedMetrics(described, folder, id);
    const rowsOf = (table: keyof typeof tables) =>
      tables[table].filter((row) => row.text('variant') === id);
    return {
      ...variant,
      metrics,
      ...storedRuns(folder, id, metrics, own.seeds),
      summary: Object.fromEntries(
        rowsOf('summary').map((row): [string, Summary] => [
          row.text('metric'),
          storedSummary(row, 'mean'),
        ]),
      ),
      breakdown: rowsOf('breakdown').map((row) => ({
        label: row.text('part'),
        cpu_pct: row.number('cpu_pct'),
        share_pct: row.number('share_pct'),
      })),
      counters: rowsOf('counters').map((row) => ({
        name: row.text('counter'),
        per_s: row.number('per_s'),
      })),
    };
  });
  return {
    id: described.name,
    title: described.title,
    description: own.description,
    paper: own.paper,
    version: own.version,
    definitionHash: own.definition_hash,
    seeds: own.seeds,
    durationS: own.duration_s,
    warmupS: own.warmup_s,
    sampleS: own.sample_s,
    variants,
    figures: own.figures.map(figureOf),
    claims: storedClaims(folder),
    unjudged: own.unjudged,
  };
}

function figureOf({ y_label, y_unit, is_main, ...figure }: StoredFigure): Figure {
  return { ...figure, yLabel: y_label, yUnit: y_unit, isMain: is_main };
}
