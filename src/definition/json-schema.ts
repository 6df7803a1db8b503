import { z } from 'zod';
import { definitionSchema } from './definition-schema.js';
import { machineSchema } from './machines/machine-schema.js';
import { sweepFileSchema } from './sweep-schema.js';

/** JSON Schema of experiment definitions, for editors: `experiments/schema.json`. */
export function definitionJsonSchema(): object {
  return z.toJSONSchema(definitionSchema, { io: 'input' });
}

/** JSON Schema of machine files: `experiments/machines/schema.json`. */
export function machineJsonSchema(): object {
  return z.toJSONSchema(machineSchema, { io: 'input' });
}

/** JSON Schema of sweep files: `experiments/sweeps/schema.json`. */
export function sweepJsonSchema(): object {
  return z.toJSONSchema(sweepFileSchema, { io: 'input' });
}
