import { z } from 'zod';
import type { Path } from '../../base/source.js';
import type { ProcessBase, ProcessInputOf, ProgramName } from '../../model/input.js';
import { durationField, nameField } from '../fields.js';
import type { MachineFile } from '../machines/machine-schema.js';
import type { MetricRecipe } from '../metrics/metric-recipe.js';
import type { Settings } from '../settings-schema.js';

/** Says what is wrong: where, what is there, and what would be allowed. */
export type Report = (path: Path, got: unknown, allowed: string) => void;

/** A process among everything else of a variant. */
export interface ProcessSite<Process> {
  readonly name: string;
  readonly process: Process;
  readonly settings: Settings;
  readonly machine: MachineFile;
}

/**
 * The seat of a program in a definition: what a user may write of it, and what comes of that. A
 * program is one file in this folder and one entry in `programs.ts`, beside its file and entry in
 * the model.
 */
export interface ProgramDefinition<Name extends ProgramName, Schema extends z.ZodObject> {
  /** Its keys, `program` among them, whose description says what it is. */
  readonly schema: Schema;
  /** The model's input; `base` is what all processes have. */
  readonly resolve: (process: z.output<Schema>, base: ProcessBase) => ProcessInputOf<Name>;
  /** What no schema can see. */
  readonly check?: (site: ProcessSite<z.output<Schema>>, report: Report) => void;
  /** Why it does nothing, if so. */
  readonly idle?: (site: ProcessSite<z.output<Schema>>) => string | null;
  /** By field that changes nothing: why. */
  readonly idleFields?: (site: ProcessSite<z.output<Schema>>) => Readonly<Record<string, string>>;
  /** The process without which it does nothing. */
  readonly needs?: (process: z.output<Schema>) => string;
  /** Whether it reads files of the domain that it watches, through the machine's disk. */
  readonly readsDisk?: true;
  /** Whether it listens to the packets of the domain that it watches. */
  readonly listens?: true;
  /** Whether it uses no device, and may run on any VCPU of its domain. */
  readonly anyVcpu?: true;
  /** Whether an exact timer wakes it, which is an interrupt line of its own. */
  readonly setsTimer?: (process: z.output<Schema>) => boolean;
  /** Durations that end with a jiffy of its kernel, by field. */
  readonly sleeps?: (process: z.output<Schema>) => Readonly<Record<string, number>>;
  /** What is measured of it besides its CPU time. */
  readonly metrics?: ProgramMetrics;
}

/** The metrics of a program: of any process, and of the one that the experiment is about. */
export interface ProgramMetrics {
  /** Begins the names of those about the subject. */
  readonly subjectPrefix: string;
  readonly of: (process: string, naming: ProgramNaming) => readonly MetricRecipe[];
}

export interface ProgramNaming {
  /** Begins their names. */
  readonly prefix: string;
  /** Begins their labels. */
  readonly title: string;
}

/** The keys of every process. */
export const processFields = {
  domain: nameField.describe('The domain it runs in.'),
  vcpu: z
    .int()
    .min(0)
    .default(0)
    .describe(
      'The VCPU of its domain on which it runs, counted from 0. Programs that use a device run ' +
        'on the first, which devices interrupt.',
    )
    .meta({ title: 'VCPU' }),
  nice: z
    .int()
    .min(-20)
    .max(19)
    .default(0)
    .describe('Unix nice value, -20 (first) to 19.')
    .meta({ title: 'Nice value' }),
  start: durationField('zero')
    .prefault('0s')
    .describe('When it starts, counted from the beginning of the warm-up.'),
};
