import { BATCH } from './batch.js';
import { CGI } from './cgi.js';
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
  cgi: CGI,
};

type Programs = typeof PROGRAMS;
export type ProgramName = keyof Programs;
type InputOf<Kind> = Kind extends ProgramKind<infer Input> ? Input : never;

/** A process, by the program that it runs. */
export type ProcessInput = { [Name in ProgramName]: ProcessInputOf<Name> }[ProgramName];

/** A process that runs this program. */
export type ProcessInputOf<Name extends ProgramName> = InputOf<Programs[Name]>;

/** Programs that are not the model's own, by the name that their processes have. */
export type OtherPrograms = Readonly<Record<string, ProgramKind<never>>>;

/** No programs but the model's own. */
export const NO_OTHERS = {} satisfies OtherPrograms;

/** A process that runs one of these programs. */
export type OtherProcess<Others extends OtherPrograms> = {
  [Name in keyof Others]: InputOf<Others[Name]> & { readonly program: Name };
}[keyof Others];

/**
 * The kind of a process's program.
 * @throws an Error if there is no such program, or one of the others has the name of an own one
 */
export function programOf(
  { name, program }: ProcessInput,
  others: OtherPrograms,
): ProgramKind<ProcessInput> {
  const kinds = [PROGRAMS, others].flatMap((list: OtherPrograms) =>
    Object.hasOwn(list, program) ? [list[program]] : [],
  );
  if (kinds.length !== 1) {
    const wrong = kinds.length === 0 ? 'there is no such program' : 'the model has its own';
    throw new Error(`process ${name}: got the program ${program}, but ${wrong}`);
  }
  // The lists pair each name with the kind that takes its input; the compiler cannot follow that.
  return kinds[0] as ProgramKind<ProcessInput>;
}
