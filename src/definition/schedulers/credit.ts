import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import type { SchedulerInput } from '../../model/input.js';

/** How the credit scheduler takes credits. */
export const debitField = z
  .enum(allOf<SchedulerInput['debit']>({ sampled: true, exact: true }))
  .describe(
    'How the credit scheduler takes credits. sampled: those of a whole tick from the VCPU that ' +
      'the tick finds running, as in Xen 3.3. exact: by run time, as no scheduler of the time did.',
  )
  .meta({ title: 'Debiting' });

/** Its keys; what they are is what the model takes. */
export const creditSchema = z.strictObject({
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
