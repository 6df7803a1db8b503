import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type CreditVector, creditVectorSchema } from './credit-vector.js';
import { type SedfVector, sedfVectorSchema } from './sedf-vector.js';

/** A vector of any scheduler. */
export type Vector = CreditVector | SedfVector;

/** A vector file that cannot be used; the message is one line naming file, line and field. */
export class VectorFileError extends Error {}

/**
 * Reads vectors, one JSON object a line, gzip or plain (told apart by gzip's magic bytes).
 * @throws VectorFileError
 */
export function readVectorFile(path: string): Vector[] {
  const vectors: Vector[] = [];
  readText(path)
    .split('\n')
    .forEach((line, i) => {
      if (line.trim() !== '') vectors.push(parseVector(line, `${path}: line ${i + 1}`));
    });
  if (vectors.length === 0) throw new VectorFileError(`${path}: has no vectors`);
  return vectors;
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new VectorFileError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new VectorFileError(`${path}: broken gzip data (${(error as Error).message})`);
  }
}

function parseVector(line: string, place: string): Vector {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new VectorFileError(`${place}: is not a JSON object on one line`);
  }
  const parsed = schemaOf(json, place).safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || 'the line';
  throw new VectorFileError(`${place}: ${field}: ${issue.message}`);
}

/** A vector is told by what it expects: accountings are those of credit, decisions of SEDF. */
function schemaOf(json: unknown, place: string) {
  const expected = isObject(json) ? json.expect : {};
  if (!isObject(expected)) return creditVectorSchema;
  const isCredit = 'accounting_count' in expected;
  const isSedf = 'decision_count' in expected;
  if (isObject(json) && isCredit === isSedf) {
    const [either, or] = isCredit ? ['both', 'and'] : ['neither', 'nor'];
    const has = `has ${either} accounting_count (credit) ${or} decision_count (SEDF)`;
    throw new VectorFileError(`${place}: expect: ${has}`);
  }
  return isSedf ? sedfVectorSchema : creditVectorSchema;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
