/** The JSON Schemas of what each command prints with `--json`, and a check against them. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';
import {
  cacheClearShape,
  cacheInfoShape,
  cachePruneShape,
  errorShape,
  experimentShape,
  initShape,
  listShape,
  mergedShape,
  metricsShape,
  pathsShape,
  planShape,
  reportShape,
  scriptShape,
  sweepShape,
  sweptShape,
  traceShape,
  versionShape,
} from './description-shapes.js';
import { collectionShape, comparisonShape, resultShape, verdictsShape } from './result-shapes.js';
import { fitsShape, readingsShape, sensitivityShape } from './survey-shapes.js';

/** By command: what it may print besides an error. */
const SHAPES = {
  'cache:clear': [cacheClearShape],
  'cache:info': [cacheInfoShape],
  'cache:prune': [cachePruneShape],
  calibrate: [fitsShape],
  compare: [comparisonShape],
  init: [initShape],
  list: [listShape],
  metrics: [metricsShape],
  report: [reportShape],
  reproduce: [resultShape, collectionShape],
  run: [resultShape],
  show: [experimentShape, sweepShape],
  sweep: [sweptShape, planShape, scriptShape],
  'sweep:merge': [mergedShape],
  'sweep:paths': [pathsShape],
  trace: [traceShape],
  verify: [verdictsShape, sensitivityShape, readingsShape],
  version: [versionShape],
} satisfies Record<string, readonly z.ZodObject[]>;

export const COMMANDS = Object.keys(SHAPES);

/** Name of a command's schema: `schemas/sweep-paths.json`. */
export const schemaFile = (command: string) => `schemas/${command.replace(':', '-')}.json`;

export function schemaOf(command: string): Record<string, unknown> {
  const shapes: readonly z.ZodObject[] = SHAPES[command as keyof typeof SHAPES];
  const title = `What \`offloadcage ${command.replace(':', ' ')} --json\` prints`;
  return z.toJSONSchema(z.union([...shapes, errorShape]).meta({ title }));
}

const validators = new Map<string, ValidateFunction>();

/** What is wrong with the object that a command has printed; empty if nothing is. */
export function faultsOf(command: string, printed: unknown): string[] {
  const known = validators.get(command);
  const validate = known ?? new Ajv2020({ allErrors: true }).compile(schemaOf(command));
  validators.set(command, validate);
  if (validate(printed)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
