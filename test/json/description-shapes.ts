/** What `--json` prints of what there is, and of what was written. */
import { z } from 'zod';
import { claimShape, files } from './result-shapes.js';

const named = z.strictObject({ id: z.string(), title: z.string() });

export const listShape = z
  .strictObject({
    experiments: z.array(
      named.extend({
        paper: z.string().describe('Section of the paper; empty if there is none.'),
        variants: z.array(z.string()),
        figures: z.array(named),
        claims: z.array(claimShape),
      }),
    ),
    sweeps: z.array(named.extend({ experiment: z.string() })),
  })
  .describe('What is shipped.');

const parameters = z.array(
  z.strictObject({
    name: z.string(),
    value: z.unknown().optional().describe('As a user would write it; none if nothing is set.'),
    isDefault: z.boolean(),
    description: z.string(),
  }),
);
const entities = z.array(z.strictObject({ name: z.string(), parameters }));
const quantities = z.array(
  z.strictObject({
    name: z.string(),
    value: z.number(),
    unit: z.string(),
    origin: z.enum(['measured', 'published', 'fitted', 'assumed']),
    source: z.string(),
    fits: z.string().nullable().describe('What a fitted value is fitted to.'),
    description: z.string(),
  }),
);

export const experimentShape = named
  .extend({
    description: z.string(),
    paper: z.string(),
    duration_s: z.number(),
    warmup_s: z.number(),
    sample_s: z.number(),
    seeds: z.int(),
    timing: parameters,
    figures: z.array(named),
    variants: z.array(
      named.extend({
        description: z.string(),
        differences: z
          .array(z.strictObject({ setting: z.string(), first: z.unknown(), here: z.unknown() }))
          .describe('Against the first variant.'),
        one_run_with: z
          .array(z.string())
          .describe('Variants that differ from it in their accounting only.'),
        machine: z.strictObject({
          name: z.string(),
          title: z.string(),
          description: z.string(),
          pcpus: z.int(),
          parameters,
          costs: quantities,
          network: quantities,
          disk: quantities,
        }),
        hypervisor: parameters,
        domains: entities,
        processes: entities,
        clients: entities,
        cages: entities,
        assumed: z
          .array(
            z.strictObject({ setting: z.string(), value: z.unknown(), description: z.string() }),
          )
          .describe('Settings that nobody has read or measured.'),
      }),
    ),
  })
  .describe('An experiment, explained.');

const metric = z.strictObject({
  name: z.string(),
  unit: z.string(),
  label: z.string(),
  description: z.string(),
});

export const sweepShape = named
  .extend({
    description: z.string(),
    experiment: z.string(),
    duration_s: z.number(),
    axes: z
      .array(z.array(z.strictObject({ parameter: z.string(), values: z.array(z.unknown()) })))
      .describe('The first is slowest; parameters of one axis advance together.'),
    set: z.record(z.string(), z.unknown()),
    variants: z.array(z.string()),
    seeds: z.array(z.int()),
    metrics: z.array(metric),
    chart: z.array(z.string()),
    points: z.int(),
    runs: z.int(),
  })
  .describe('A sweep, explained.');

export const metricsShape = z
  .strictObject({
    experiment: z.string(),
    metrics: z.array(
      metric.extend({ variants: z.array(z.string()).describe('In which it is that.') }),
    ),
  })
  .describe('The metrics of an experiment.');

export const pathsShape = z
  .strictObject({
    experiment: z.string(),
    paths: z.array(
      z.strictObject({
        path: z.string(),
        type: z.string(),
        allowed: z.string(),
        options: z.array(z.string()),
        value: z.unknown().describe('What the first variant has that has it; null for nothing.'),
        description: z.string(),
      }),
    ),
  })
  .describe('What a sweep can vary.');

const sweepHash = z.string().regex(/^[0-9a-f]{16}$/);
const written = { sweep_hash: sweepHash, file: z.string().describe('The table.'), files };

export const sweptShape = z
  .strictObject({ ...written, runs: z.int() })
  .describe('A finished sweep.');
export const mergedShape = z.strictObject(written).describe('A sweep put together from parts.');

export const planShape = z
  .strictObject({
    points: z.int(),
    runs: z.int(),
    sweep_hash: sweepHash,
    sample_s: z.number().describe('Seconds that a run takes.'),
    estimate_s: z.number().describe('Seconds that all take.'),
  })
  .describe('The plan of a sweep.');

export const scriptShape = z
  .strictObject({ engine: z.string(), shards: z.int(), script: z.string() })
  .describe('A script that runs a sweep in parts.');

export const traceShape = z
  .strictObject({
    experiment: z.string(),
    variant: z.string(),
    seed: z.int(),
    from_s: z.number().describe('After the warm-up.'),
    to_s: z.number(),
    events: z.int(),
    bytes: z.int(),
    file: z.string(),
  })
  .describe('A trace that was written.');

export const reportShape = z
  .strictObject({ file: z.string(), claims: z.int().describe('How many it judges.') })
  .describe('A report that was written.');

export const initShape = z.strictObject({ files }).describe('The files of a new experiment.');

const folder = z.string().describe('Where the store of runs is.');
const limit_bytes = z.int().describe('The most that it may take.');
const usage = { runs: z.int(), bytes: z.int() };
const removed = { removed_runs: z.int(), removed_bytes: z.int() };

export const cacheInfoShape = z
  .strictObject({
    folder,
    limit_bytes,
    ...usage,
    program: z.string().describe('What this program is called in the store.'),
    runs_of_program: z.int(),
    bytes_of_program: z.int(),
  })
  .describe('What the store of runs holds.');

export const cacheClearShape = z
  .strictObject({ folder, ...removed })
  .describe('What was removed from the store of runs.');

export const cachePruneShape = z
  .strictObject({ folder, limit_bytes, ...removed, ...usage })
  .describe('What was removed from the store of runs, and what is left.');

export const versionShape = z
  .strictObject({ version: z.string(), node: z.string(), platform: z.string() })
  .describe('Versions.');

export const errorShape = z
  .strictObject({
    error: z.strictObject({
      message: z.string(),
      messages: z.array(z.string()).min(2).optional().describe('All that is wrong, if several.'),
      code: z.int().describe('The exit code.'),
    }),
  })
  .meta({ id: 'error' })
  .describe('Why the command failed.');
