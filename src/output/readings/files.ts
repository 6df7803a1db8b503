import type { Matrix } from '../../claims/readings/matrix.js';
import { VERSION } from '../../files/version.js';
import { columnsOf } from '../csv/columns.js';
import { packageJson, type TableDescription, tableResource } from '../folder/datapackage.js';
import { DESCRIPTOR } from '../folder/descriptor.js';
import type { NewFile } from '../folder/replace-files.js';
import { choicesCsv, matrixCsv } from './readings-csv.js';
import { readingsDocument } from './readings-markdown.js';

const TABLES: readonly TableDescription[] = [
  {
    path: 'matrix.csv',
    title: 'Claims by readings',
    columns: columnsOf.matrix,
    primaryKey: ['claim', 'condition', 'reading'],
  },
  {
    path: 'choices.csv',
    title: 'What each reading takes where the paper leaves something open',
    columns: columnsOf.choices,
    primaryKey: ['reading', 'point'],
  },
];

const DOCUMENT = 'readings.md';

/** Names of the files of a matrix. */
export const READINGS_FILES = [...TABLES.map(({ path }) => path), DOCUMENT, DESCRIPTOR];

/**
 * The files of a matrix: its cells, what the readings take, all of it as a document, and the data
 * package.
 * @param writtenBy the command line that may replace them
 */
export function readingsFiles(matrix: Matrix, writtenBy: string): NewFile<string>[] {
  const document = {
    name: 'readings',
    title: 'The same as a document',
    path: DOCUMENT,
    format: 'md',
    mediatype: 'text/markdown',
    encoding: 'utf-8',
  };
  const descriptor = {
    name: 'offloadcage-readings',
    title: 'The claims under several readings of what the paper leaves open',
    offloadcage: { version: VERSION, written_by: writtenBy },
    resources: [...TABLES.map(tableResource), document],
  };
  return [
    { name: 'matrix.csv', content: matrixCsv(matrix) },
    { name: 'choices.csv', content: choicesCsv(matrix) },
    { name: DOCUMENT, content: readingsDocument(matrix, writtenBy) },
    { name: DESCRIPTOR, content: packageJson(descriptor) },
  ];
}
