import { BATCH } from './batch.js';
import { LOOP } from './loop.js';
import { OC_LIMITER } from './oc-limiter.js';
import { PERIODIC } from './periodic.js';
import type { ProgramKind } from './program-kind.js';
import { SNORT } from './snort.js';
import { TRIPWIRE } from './tripwire.js';
import { WEB_SERVER } from './web-server.js';

/** Every program that a process can run, by the name that its input has under `program`. */
export const PROGRAMS = {
  loop: LOOP,
  snort: SNORT,
  webserver: WEB_SERVER,
  tripwire: TRIPWIRE,
  'oc-limiter': OC_LIMITER,
  periodic: PERIODIC,
  batch: BATCH,
};

type Programs = typeof PROGRAMS;
export type ProgramName = keyof Programs;
type InputOf<Kind> = Kind extends ProgramKind<infer Input> ? Input : never;

/** A process, by the program that it runs. */
export type ProcessInput = { [Name in ProgramName]: ProcessInputOf<Name> }[ProgramName];

/** A process that runs this program. */
export type ProcessInputOf<Name extends ProgramName> = InputOf<Programs[Name]>;

/** The kind of a process's program. */
export function programOf(process: ProcessInput): ProgramKind<ProcessInput> {
  // The list pairs each name with the kind that takes its input; the compiler cannot follow that.
  return PROGRAMS[process.program] as ProgramKind<ProcessInput>;
}
