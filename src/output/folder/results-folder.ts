import { join } from 'node:path';
import { RESULT_TABLES, type ResultTable } from '../../definition/result-tables.js';
import type { ExperimentResult } from '../../measure/experiment-result.js';
import { CRATE_FILE, type Publication, roCrateJson } from '../crate/ro-crate.js';
import { figureFile, TABLE_FILES, tableFile } from '../csv/columns.js';
import { breakdownCsv, claimsCsv, countersCsv, samplesCsv, summaryCsv } from '../csv/csv.js';
import { figureData, figureTitle } from '../figure/figure-data.js';
import { type Picture, SVG_ONLY } from '../picture/picture-kinds.js';
import { figureSvg } from '../svg/svg.js';
import { verdictsDocument } from '../verdicts/markdown.js';
import type { JudgedClaims } from '../words/claim-words.js';
import { datapackageJson, resourcesOf } from './datapackage.js';
import { DESCRIPTOR, leftoversIn } from './descriptor.js';
import { OutputError } from './output-error.js';
import { type FolderContent, type NewFile, replaceFiles } from './replace-files.js';

/** The file of a collection that says who wrote it: no data package does. */
export const VERDICTS_FILE = 'claims.md';

/** The files of a collection beside the folders of its results. */
export const COLLECTION_FILES = [tableFile('claims'), VERDICTS_FILE];

const CSV_OF: Readonly<Record<ResultTable, (result: ExperimentResult) => string>> = {
  summary: summaryCsv,
  claims: claimsCsv,
  breakdown: breakdownCsv,
  counters: countersCsv,
};

/** The two that describe the others, as each describes the other. */
const PACKAGE_RESOURCE = {
  path: DESCRIPTOR,
  title: 'Frictionless Data Package: what each file and column is',
  mediatype: 'application/json',
};
const CRATE_RESOURCE = {
  name: 'ro-crate-metadata',
  title: 'RO-Crate: what the folder is, for repositories of research data',
  path: CRATE_FILE,
  format: 'json',
  mediatype: 'application/ld+json',
  encoding: 'utf-8',
};

/** A result, its folder, and the command line that the folder records as its writer. */
export interface Placed {
  readonly result: ExperimentResult;
  readonly folder: string;
  readonly writtenBy: string;
  /** Kinds of file of each figure; default: SVG. */
  readonly pictures?: readonly Picture[];
  /** Whether there is an RO-Crate around it, and what that says; default: none. */
  readonly publication?: Publication | null;
}

/**
 * Writes all files of a result into its folder, which is made if need be, or none of them: an error
 * leaves the folder as it was. Files that the folder's former descriptor lists and this result does
 * not have are removed, so that what is there is of one run.
 * @returns paths of the files
 * @throws OutputError if they cannot be written
 */
export async function writeResults(placed: Placed): Promise<string[]> {
  const content = await contentOf(placed);
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
  { parent, writtenBy }: { readonly parent: string; readonly writtenBy: string },
): Promise<{ readonly byResult: readonly string[][]; readonly own: readonly string[] }> {
  const contents = await Promise.all(results.map(contentOf));
  const files = [
    { name: tableFile('claims'), content: claimsCsv(judged) },
    { name: VERDICTS_FILE, content: verdictsDocument(judged, writtenBy) },
  ];
  const own: FolderContent = { folder: parent, files, stale: await leftoversIn(parent, files) };
  await replaceFiles([...contents, own]);
  return { byResult: contents.map(pathsOf), own: pathsOf(own) };
}

async function contentOf(placed: Placed): Promise<FolderContent> {
  const { folder } = placed;
  const files = await resultFiles(placed);
  return { folder, files, stale: await leftoversIn(folder, files) };
}

function pathsOf({ folder, files }: FolderContent): string[] {
  return files.map(({ name }) => join(folder, name));
}

/** The descriptor comes last: it vouches for the others, and never for a mixture of two runs. */
async function resultFiles({
  result,
  writtenBy,
  pictures = SVG_ONLY,
  publication = null,
}: Placed): Promise<NewFile[]> {
  const resources = resourcesOf(result, pictures);
  const crated = [...resources, PACKAGE_RESOURCE];
  const files = [
    ...result.variants.map((variant) => ({
      name: `${variant.id}.csv`,
      content: samplesCsv(variant),
    })),
    ...RESULT_TABLES.map((table) => ({ name: tableFile(table), content: CSV_OF[table](result) })),
    ...(await drawnFigures(result, pictures)),
    ...(publication === null
      ? []
      : [{ name: CRATE_FILE, content: roCrateJson(result, crated, writtenBy, publication) }]),
    {
      name: DESCRIPTOR,
      content: datapackageJson(
        result,
        writtenBy,
        publication === null ? resources : [...resources, CRATE_RESOURCE],
      ),
    },
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

async function drawnFigures(
  result: ExperimentResult,
  pictures: readonly Picture[],
): Promise<NewFile[]> {
  const files: NewFile[] = [];
  for (const figure of result.figures) {
    const data = figureData(result, figure);
    const svg = figureSvg(data);
    for (const { kind, draw } of pictures) {
      files.push({
        name: figureFile(figure.number, kind),
        content: await draw(svg, figureTitle(data.figure)),
      });
    }
  }
  return files;
}
