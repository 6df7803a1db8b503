import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import type { SchedulerInputOf } from '../../model/input.js';
import type { SchedulerDefinition } from './scheduler-definition.js';

/** How the credit scheduler takes credits. */
export const debitField = z
  .enum(allOf<SchedulerInputOf<'credit'>['debit']>({ sampled: true, exact: true }))
  .describe(
    'How the credit scheduler takes credits. sampled: those of a whole tick from the VCPU that ' +
      'the tick finds running, as in Xen 3.3. exact: by run time, as no scheduler of the time did.',
  )
  .meta({ title: 'Debiting' });

/** Its keys; what they are is what the model takes. */
const schema = z.strictObject({
  scheduler: z
    .literal('credit')
    .default('credit')
    .describe("Xen 3.3's credit scheduler: weights, caps, boost."),
  debit: debitField.default('sampled'),
  boost: z
    .boolean()
    .default(true)
    .describe(
      'Whether a VCPU that wakes up with credit left goes before all others, as in Xen. Without ' +
        'it, a VM that waits for its network or disk waits for the CPU, too.',
    ),
});

export const CREDIT: SchedulerDefinition<'credit', typeof schema> = {
  schema,
  resolve: (hypervisor) => hypervisor,
};
