import type { Finding } from '../../claims/sensitivity/findings.js';
import type { Survey } from '../../claims/sensitivity/survey.js';
import { VERSION } from '../../files/version.js';
import { columnsOf } from '../csv/columns.js';
import { packageJson, type TableDescription, tableResource } from '../folder/datapackage.js';
import { DESCRIPTOR } from '../folder/descriptor.js';
import type { NewFile } from '../folder/replace-files.js';
import { effectsCsv, outcomesCsv, pointsCsv } from './sensitivity-csv.js';

const TABLES: readonly TableDescription[] = [
  {
    path: 'points.csv',
    title: 'Points, and what they vary',
    columns: columnsOf.sensitivityPoints,
    primaryKey: ['point', 'cost'],
  },
  {
    path: 'outcomes.csv',
    title: 'What became of the claims at each point',
    columns: columnsOf.sensitivityOutcomes,
    primaryKey: ['point', 'claim'],
  },
  {
    path: 'effects.csv',
    title: 'What each cost does to each claim',
    columns: columnsOf.sensitivityEffects,
    primaryKey: ['claim', 'cost'],
  },
];

/** Names of the files of a survey. */
export const SENSITIVITY_FILES = [...TABLES.map(({ path }) => path), DESCRIPTOR];

/**
 * The files of a survey: its points, what became of the claims there, what follows, and the data
 * package.
 * @param writtenBy the command line that may replace them
 */
export function sensitivityFiles(
  survey: Survey,
  findings: readonly Finding[],
  writtenBy: string,
): NewFile<string>[] {
  const descriptor = {
    name: 'offloadcage-sensitivity',
    title: 'How the claims depend on costs that nobody measured',
    offloadcage: { version: VERSION, written_by: writtenBy },
    resources: TABLES.map(tableResource),
  };
  return [
    { name: 'points.csv', content: pointsCsv(survey) },
    { name: 'outcomes.csv', content: outcomesCsv(survey) },
    { name: 'effects.csv', content: effectsCsv(findings) },
    { name: DESCRIPTOR, content: packageJson(descriptor) },
  ];
}
