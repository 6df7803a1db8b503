import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import { durationIn, formatDuration } from '../../base/duration.js';
import type { ProcessInputOf } from '../../model/input.js';
import { TICK_NS } from '../../model/limits.js';
import { periodicSeries } from '../../model/series.js';
import { durationField, kindField } from '../fields.js';
import { rate } from '../metrics/metric-recipe.js';
import { type ProgramDefinition, processFields } from './program-definition.js';

type PeriodicInput = ProcessInputOf<'periodic'>;

const jitterSchema = kindField('kind', {
  none: z.strictObject({ kind: z.literal('none').describe('It starts when it is due.') }),
  uniform: z.strictObject({
    kind: z.literal('uniform').describe('Any delay up to `most` is as likely as any other.'),
    most: durationField('positive')
      .prefault('1ms')
      .describe('The longest delay.')
      .meta({ title: 'Longest delay' }),
  }),
  exponential: z.strictObject({
    kind: z.literal('exponential').describe('Short delays are likely, long ones are not.'),
    mean: durationField('positive')
      .prefault('1ms')
      .describe('The mean delay.')
      .meta({ title: 'Mean delay' }),
  }),
} satisfies Record<PeriodicInput['jitter']['kind'], z.ZodObject>);

const schema = z.strictObject({
  program: z.literal('periodic').describe('Runs for a while, sleeps, and runs again.'),
  ...processFields,
  run: durationField('positive')
    .describe('How long it runs each time: CPU time with `clock: jiffies`, wall time with `exact`.')
    .meta({ title: 'Run time' }),
  every: durationField('positive')
    .describe(
      'From one start to the next. Starts that it misses because it still runs are left out.',
    )
    .meta({ title: 'Period' }),
  offset: durationField('zero')
    .prefault('0s')
    .describe("When its first start is due, counted from the process's own start."),
  jitter: jitterSchema
    .prefault({ kind: 'none' })
    .describe('How much later than due it starts each time.'),
  clock: z
    .enum(allOf<PeriodicInput['clock']>({ jiffies: true, exact: true }))
    .default('jiffies')
    .describe(
      'What it sleeps by. jiffies: a timer tick of its kernel wakes it. exact: an exact timer ' +
        'wakes it, and it watches the time-stamp counter to know when to stop.',
    ),
  align: z
    .enum(allOf<PeriodicInput['align']>({ none: true, ticks: true }))
    .default('none')
    .describe(
      "ticks: each start counts from the hypervisor's tick before it, `offset` later, so that " +
        'it stays in step with the ticks. How it finds out when they are is left out.',
    ),
});

export const PERIODIC: ProgramDefinition<'periodic', typeof schema> = {
  schema,
  anyVcpu: true,
  resolve: ({ run, every, offset, jitter, clock, align }, base) => ({
    ...base,
    program: 'periodic',
    runNs: run,
    everyNs: every,
    offsetNs: offset,
    jitter: resolveJitter(jitter),
    clock,
    align,
  }),
  check: ({ name, process }, report) => {
    const { run, every, clock, align } = process;
    const path = (field: string) => ['processes', name, field];
    if (run > every) {
      const allowed = `at most ${formatDuration(every)}, as often as it starts`;
      report(path('run'), formatDuration(run), allowed);
    }
    if (align !== 'ticks') return;
    if (clock !== 'exact') {
      report(path('clock'), clock, 'exact, as jiffies know nothing of the hypervisor (align)');
    }
    if (every % TICK_NS !== 0) {
      const allowed = `a whole multiple of the tick, ${durationIn('ms', TICK_NS)} (align: ticks)`;
      report(path('every'), formatDuration(every), allowed);
    }
  },
  setsTimer: ({ clock }) => clock === 'exact',
  sleeps: ({ clock, every, offset }) => (clock === 'jiffies' ? { every, offset } : {}),
  metrics: {
    subjectPrefix: 'ids_',
    of: (process, { prefix, title }) => [
      rate('runs/s', [periodicSeries.runs(process)], {
        name: `${prefix}runs_per_s`,
        label: `${title}, runs`,
        description: `How often in a second ${process} runs to its end`,
      }),
    ],
  },
};

function resolveJitter(jitter: z.output<typeof jitterSchema>) {
  switch (jitter.kind) {
    case 'none':
      return jitter;
    case 'uniform':
      return { kind: jitter.kind, mostNs: jitter.most };
    case 'exponential':
      return { kind: jitter.kind, meanNs: jitter.mean };
  }
}
