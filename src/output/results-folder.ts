import { join } from 'node:path';
import type { ExperimentResult } from '../experiments/result.js';
import type { JudgedClaims } from './claims-list.js';
import { columnsOf, figureFile, headerOf, TABLE_FILES } from './columns.js';
import { breakdownCsv, claimsCsv, countersCsv, samplesCsv, summaryCsv } from './csv.js';
import { datapackageJson } from './datapackage.js';
import { DESCRIPTOR, readDescriptor } from './descriptor.js';
import { figureData } from './figure-data.js';
import { OutputError } from './output-error.js';
import { type FolderContent, type NewFile, replaceFiles } from './replace-files.js';
import { figureSvg } from './svg.js';
import { VERDICTS_HEADING, verdictsDocument } from './verdicts/markdown.js';

/** The files of a collection that no data package lists, and how they begin. */
export const COLLECTION_FILES = {
  'claims.csv': headerOf(columnsOf.claims),
  'claims.md': VERDICTS_HEADING,
};

/** A result and its folder. */
export interface Placed {
  readonly result: ExperimentResult;
  readonly folder: string;
}

/**
 * Writes all files of a result into `folder`, which is made if need be, or none of them: an error
 * leaves the folder as it was. Files that the folder's former descriptor of the same experiment
 * lists and this result no longer has are removed, so that what is there is of one run.
 * @returns paths of the files
 * @throws OutputError if they cannot be written
 */
export async function writeResults(result: ExperimentResult, folder: string): Promise<string[]> {
  const content = await contentOf({ result, folder });
  await replaceFiles([content]);
  return pathsOf(content);
}

/**
 * Writes several results as `writeResults` does each, and all claims into the folder
 * `parent`, as `claims.csv` and `claims.md`: everything or nothing.
 * @returns paths of the files: by result, and those in `parent`
 */
export async function writeCollection(
  results: readonly Placed[],
  judged: JudgedClaims,
  parent: string,
): Promise<{ readonly byResult: readonly string[][]; readonly own: readonly string[] }> {
  const contents = await Promise.all(results.map(contentOf));
  const files = [
    { name: 'claims.csv', content: claimsCsv(judged) },
    { name: 'claims.md', content: verdictsDocument(judged) },
  ];
  const own: FolderContent = { folder: parent, files, stale: [] };
  await replaceFiles([...contents, own]);
  return { byResult: contents.map(pathsOf), own: pathsOf(own) };
}

async function contentOf({ result, folder }: Placed): Promise<FolderContent> {
  const files = resultFiles(result);
  return { folder, files, stale: await staleFiles(result, folder, files) };
}

function pathsOf({ folder, files }: FolderContent): string[] {
  return files.map(({ name }) => join(folder, name));
}

/** The descriptor comes last: it vouches for the others, and never for a mixture of two runs. */
function resultFiles(result: ExperimentResult): NewFile[] {
  const files = [
    ...result.variants.map((variant) => ({
      name: `${variant.id}.csv`,
      content: samplesCsv(variant),
    })),
    { name: 'summary.csv', content: summaryCsv(result) },
    { name: 'claims.csv', content: claimsCsv(result) },
    { name: 'breakdown.csv', content: breakdownCsv(result) },
    { name: 'counters.csv', content: countersCsv(result) },
    ...result.figures.map((figure) => ({
      name: figureFile(figure.number),
      content: figureSvg(figureData(result, figure)),
    })),
    { name: DESCRIPTOR, content: datapackageJson(result) },
  ];
  const twice = files.find(({ name }, i) => files.findIndex((one) => one.name === name) !== i);
  if (twice !== undefined) {
    throw new OutputError(
      `${twice.name}: two results want this file; allowed: distinct names for variants and ` +
        `for figures, other than those of ${TABLE_FILES.join(', ')}`,
      2,
    );
  }
  return files;
}

/** Plain names only: a descriptor never makes us remove anything outside its folder. */
async function staleFiles(
  { id }: ExperimentResult,
  folder: string,
  files: readonly NewFile[],
): Promise<string[]> {
  const former = await readDescriptor(folder);
  if (former?.name !== id) return [];
  const present = new Set(files.map(({ name }) => name));
  return former.paths.filter((path) => /^[\w-]+\.(csv|svg)$/.test(path) && !present.has(path));
}
