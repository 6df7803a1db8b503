import { z } from 'zod';
import type { ProgramName } from '../../model/input.js';
import type { Settings } from '../settings-schema.js';
import { BATCH } from './batch.js';
import { CGI } from './cgi.js';
import { LOOP } from './loop.js';
import { OC_LIMITER } from './oc-limiter.js';
import { PERIODIC } from './periodic.js';
import type { ProgramDefinition } from './program-definition.js';
import { SNORT } from './snort.js';
import { TRIPWIRE } from './tripwire.js';
import { WEB_SERVER } from './web-server.js';

/** Every program of the model, as a definition has it. */
export const PROGRAM_DEFINITIONS = {
  loop: LOOP,
  snort: SNORT,
  tripwire: TRIPWIRE,
  'oc-limiter': OC_LIMITER,
  webserver: WEB_SERVER,
  periodic: PERIODIC,
  batch: BATCH,
  cgi: CGI,
} satisfies Record<ProgramName, { readonly schema: z.ZodObject }>;

type ProcessSchema = (typeof PROGRAM_DEFINITIONS)[ProgramName]['schema'];

const NAMES = Object.keys(PROGRAM_DEFINITIONS);

/** A process, by its program. */
export const processSchema = z
  .discriminatedUnion(
    'program',
    Object.values(PROGRAM_DEFINITIONS).map(({ schema }) => schema) as [ProcessSchema],
  )
  .describe(`A program in a domain: ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}.`);

export type ProcessSettings = Settings['processes'][string];

/** The same of any program by name; undefined for one that is not the model's own. */
export function ownDefinition(program: string) {
  return Object.hasOwn(PROGRAM_DEFINITIONS, program)
    ? definitionOf(program as ProgramName)
    : undefined;
}

/** What a definition knows of a process's program. */
export function definitionOf(program: ProgramName): ProgramDefinition<ProgramName, z.ZodObject> {
  // The list pairs each name with the schema of its processes; the compiler cannot follow that.
  return PROGRAM_DEFINITIONS[program] as unknown as ProgramDefinition<ProgramName, z.ZodObject>;
}
