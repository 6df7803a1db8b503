import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import type { CageInput } from '../../model/input.js';
import { capField, durationField, kindField, nameField } from '../fields.js';

const idsWindowSchema = kindField('kind', {
  period: z.strictObject({
    kind: z
      .literal('period')
      .describe('The last accounting period of 30 ms alone.')
      .meta({ title: 'Smoothing of RC.ids' }),
  }),
  sliding: z.strictObject({
    kind: z
      .literal('sliding')
      .describe('Mean over a window, read at every tick.')
      .meta({ title: 'Smoothing of RC.ids' }),
    window: durationField('positive')
      .prefault('300ms')
      .describe(
        'Its length, a whole number of ticks of 10 ms. From 300 ms on the sum stays within a ' +
          'point of the limit (experiment ids-window).',
      )
      .meta({ title: 'Window of RC.ids' }),
  }),
  ema: z.strictObject({
    kind: z
      .literal('ema')
      .describe('Exponential smoothing over the periods.')
      .meta({ title: 'Smoothing of RC.ids' }),
    weight: z
      .number()
      .gt(0)
      .max(1)
      .default(0.2)
      .describe('Weight a of the newest period.')
      .meta({ title: 'Weight of the newest period' }),
  }),
} satisfies Record<CageInput['idsWindow']['kind'], z.ZodObject>)
  .prefault({ kind: 'ema' })
  .describe(
    "The time over which RC.ids, the IDS's use, is measured before it is taken off the VM's " +
      'credit. The paper does not say. The VM answers a lower credit with less work for the IDS: ' +
      'a loop of gain g, which is IDS time per request / VM time per request, 1.5 in the Snort ' +
      'experiment. With smoothing weight a, an error is multiplied by 1 - a (1 + g) in each ' +
      'period: a = 0.2 halves it at g = 1.5 and does not overshoot up to g = 4. One period alone ' +
      '(a = 1) swings between the bounds. That was known when smoothing became the default, so ' +
      'claim S1 is no prediction.',
  );

const excessSchema = kindField('kind', {
  forgive: z.strictObject({
    kind: z
      .literal('forgive')
      .describe('It is cut off at 0 and forgotten.')
      .meta({ title: 'Excess' }),
  }),
  carry: z.strictObject({
    kind: z
      .literal('carry')
      .describe('It is taken off the next periods.')
      .meta({ title: 'Excess' }),
    limit: z
      .number()
      .min(0)
      .default(100)
      .describe('Most debt kept, in percent of one PCPU over one accounting period.')
      .meta({ title: 'Most debt', unit: '% of one PCPU' }),
  }),
} satisfies Record<CageInput['excess'], z.ZodObject>)
  .prefault({ kind: 'forgive' })
  .describe(
    "What becomes of the IDS's use beyond the cage's cap. The paper's formula knows no debt, so " +
      'forgive is the default. If the use swings, the long-run sum then lies above the cap.',
  );

/** A cage. What the paper leaves open is a field with a default and the reason for it. */
export const cageSchema = z
  .strictObject({
    vms: z
      .array(nameField)
      .default([])
      .describe(
        'Member VMs: their whole CPU time counts. What the cage leaves them is divided by their ' +
          'weights among those that want it: what one does not use, the others get.',
      ),
    processes: z
      .array(nameField)
      .default([])
      .describe(
        'Member processes in other domains, counted as OC-Monitor measures them. A process of ' +
          'the program oc-limiter can hold one of them to a limit of its own; the paper mentions ' +
          'that for Tripwire only.',
      ),
    several_ids: z
      .literal('sum')
      .default('sum')
      .describe('RC.ids of several member processes is the sum of what each uses.')
      .meta({ title: 'Several IDSes' }),
    cap: capField,
    used_up: z
      .literal('no-credit')
      .default('no-credit')
      .describe(
        "What the VMs get while the IDS's use leaves nothing of the cap: no credit. In Xen's own " +
          'field, a cap of 0 means no cap, which would set them free just when they have to stop.',
      ),
    weight: z
      .int()
      .min(0)
      .max(65535)
      .default(0)
      .describe(
        "Weight of the cage, which replaces its VMs' own; the IDS's use is taken off the share " +
          'that it stands for. 0 = none: VMs that want CPU time compete by their own weights, ' +
          'and only the cap takes account of the IDS. In the experiments of the paper the cages ' +
          'have a cap, and the VMs have weights.',
      ),
    total_credit: z
      .enum(['one-pcpu', 'all-pcpus'])
      .default('one-pcpu')
      .describe(
        'Whose credit the total of the formulas is, where there are several PCPUs. one-pcpu: ' +
          'then cap, RC.ids and credit are all percent of one PCPU, as a cap is in Xen. ' +
          "all-pcpus: the formulas to the letter, with Xen's total of all PCPUs. The cap is then " +
          'percent of the machine, while RC.ids is still percent of one PCPU, and what the IDS ' +
          'uses is taken off as often as there are PCPUs. The paper has one PCPU.',
      )
      .meta({ title: 'Total credit' }),
    enforce: z
      .boolean()
      .default(true)
      .describe('Whether OC-Scheduler enforces the limit, or OC-Monitor only records.')
      .meta({ title: 'Enforcement' }),
    dom0: z
      .literal('pays-itself')
      .default('pays-itself')
      .describe(
        "Who pays for the processes' CPU time: their domain, whose weight, cap and credits stay " +
          'as they are. The cage records the time, and takes it off what its VMs get.',
      )
      .meta({ title: 'Payment of domain 0' }),
    ids_window: idsWindowSchema,
    excess: excessSchema,
    park_below: z
      .enum(allOf<CageInput['parkBelow']>({ effective: true, configured: true }))
      .default('effective')
      .describe(
        'Xen parks a VCPU whose debt exceeds the credit that its cap stands for. effective: the ' +
          "cap that is left after the IDS's use, which is what the line in Xen's scheduler then " +
          'reads. configured: the cap of the cage.',
      )
      .meta({ title: 'Parking bound' }),
    rounding: z
      .enum(allOf<CageInput['rounding']>({ exact: true, percent: true }))
      .default('exact')
      .describe(
        "Whether the cap that is left is exact or, like Xen's cap field, a whole percent. Exact " +
          'is the default, because the paper computes credit and does not set the cap field.',
      )
      .meta({ title: 'Rounding of the cap' }),
    counts: z
      .enum(allOf<CageInput['counts']>({ cr3: true, 'no-kernel-threads': true, own: true }))
      .default('cr3')
      .describe(
        "What counts as a process's time. cr3: all that runs on its page tables, as OC-Monitor " +
          'measures and as the paper explains figure 7. no-kernel-threads: the same without ' +
          'kernel threads that borrow them. own: its own work only, the ideal.',
      )
      .meta({ title: 'Time that counts' }),
  })
  .describe('A Resource Cage: VMs and processes that share one limit.');

/** A cage's settings; durations in nanoseconds. */
export type CageSettings = z.output<typeof cageSchema>;
