import { RESULT_TABLES, type ResultTable } from '../../definition/result-tables.js';
import type { ExperimentResult } from '../../measure/experiment-result.js';
import { type Column, columnsOf, figureFile, sampleColumns, tableFile } from '../csv/columns.js';
import { type Picture, SVG_ONLY } from '../picture/picture-kinds.js';
import { breakdownTitle } from '../terminal/breakdown-table.js';

/** What a data package says of a CSV file. */
export interface TableDescription {
  readonly path: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
}

/**
 * The Frictionless Data Package (version 2) of a result folder: what each file and column is, and
 * what the results came from. With the tables it tells all that a report shows. No dates or machine
 * names: the same run gives the same bytes.
 * @param writtenBy the command line that may replace the folder
 * @param resources its files
 */
export function datapackageJson(
  result: ExperimentResult,
  writtenBy: string,
  resources: readonly Resource[] = resourcesOf(result),
): string {
  const { id, title, version, definitionHash, seeds, durationS, warmupS, sampleS } = result;
  return packageJson({
    name: id,
    title,
    offloadcage: {
      version,
      written_by: writtenBy,
      definition_hash: definitionHash,
      seeds,
      duration_s: durationS,
      warmup_s: warmupS,
      sample_s: sampleS,
      description: result.description,
      paper: result.paper,
      variants: result.variants.map((variant) => ({
        id: variant.id,
        title: variant.title,
        description: variant.description,
        headlines: variant.headlines,
      })),
      figures: result.figures.map(({ yLabel, yUnit, isMain, ...figure }) => ({
        ...figure,
        y_label: yLabel,
        y_unit: yUnit,
        is_main: isMain,
      })),
      unjudged: result.unjudged,
    },
    resources,
  });
}

/** A file of a data package. */
export interface Resource {
  readonly path: string;
  readonly title: string;
  readonly mediatype: string;
}

/**
 * The files of a result but the data package itself.
 * @param pictures kinds of file of each figure
 */
export function resourcesOf(
  result: ExperimentResult,
  pictures: readonly Picture[] = SVG_ONLY,
): Resource[] {
  return [...tablesOf(result).map(tableResource), ...figureResources(result, pictures)];
}

/** A data package's text. */
export function packageJson(descriptor: object): string {
  const $schema = 'https://datapackage.org/profiles/2.0/datapackage.json';
  return `${JSON.stringify({ $schema, ...descriptor }, null, 2)}\n`;
}

const TITLE_OF: Readonly<Record<ResultTable, (result: ExperimentResult) => string>> = {
  summary: () => 'Metrics by variant, over the seeds',
  claims: () => 'Claims of the paper',
  breakdown: ({ variants }) => breakdownTitle(variants),
  counters: () => 'Drops and events',
};

const KEY_OF: Readonly<Record<ResultTable, readonly string[]>> = {
  summary: ['variant', 'metric'],
  claims: ['claim', 'role', 'condition'],
  breakdown: ['variant', 'part'],
  counters: ['variant', 'counter'],
};

function tablesOf(result: ExperimentResult): TableDescription[] {
  return [
    ...result.variants.map(({ id, title, metrics }) => ({
      path: `${id}.csv`,
      title: `Samples: ${title}`,
      columns: sampleColumns(metrics),
      primaryKey: ['seed', 'time_s'],
    })),
    ...RESULT_TABLES.map((table) => ({
      path: tableFile(table),
      title: TITLE_OF[table](result),
      columns: columnsOf[table],
      primaryKey: KEY_OF[table],
    })),
  ];
}

/** A table as a resource of a data package. */
export function tableResource({ path, title, columns, primaryKey }: TableDescription) {
  return {
    name: path.replace(/\.csv$/, ''),
    type: 'table',
    title,
    path,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: { fields: columns, missingValues: [''], primaryKey },
  };
}

function figureResources({ figures }: ExperimentResult, pictures: readonly Picture[]) {
  return figures.flatMap(({ number, title }) =>
    pictures.map(({ kind, mediatype, encoding }) => ({
      name: kind === 'svg' ? `figure-${number}` : `figure-${number}-${kind}`,
      title,
      path: figureFile(number, kind),
      format: kind,
      mediatype,
      ...(encoding === undefined ? {} : { encoding }),
    })),
  );
}
