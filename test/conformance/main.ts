/** `npm run conformance -- FILE...`: checks the schedulers against files of test vectors. */
import { firstDifference } from './compare.js';
import { runVector } from './schedule-run.js';
import { readVectorFile, type Vector, VectorFileError } from './vector-file.js';

const USAGE = `Usage: npm run conformance -- FILE...
FILE has test vectors of the credit scheduler or of SEDF, one JSON object per line, plain or gzip.
Exit code: 0 = all match, 1 = some differ, 2 = a file is missing or malformed.`;

process.exitCode = main(process.argv.slice(2));

function main(files: readonly string[]): number {
  if (files.length === 0 || files.some((file) => file.startsWith('-'))) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  let vectors: Vector[];
  try {
    vectors = files.flatMap(readVectorFile);
  } catch (error) {
    if (!(error instanceof VectorFileError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  return check(vectors);
}

function check(vectors: readonly Vector[]): number {
  let matching = 0;
  let report: string | null = null;
  for (const vector of vectors) {
    const difference = firstDifference(runVector(vector));
    if (difference === null) matching++;
    else report ??= `${vector.name}: ${difference}`;
  }
  process.stdout.write(`${matching} of ${vectors.length} vectors match\n`);
  if (report === null) return 0;
  process.stdout.write(`${report}\n`);
  return 1;
}
