import { z } from 'zod';
import {
  checkNames,
  expectationFields,
  index,
  pauseSchema,
  scenarioFields,
  sha256,
  timeNs,
  vcpuSchema,
} from './vector.js';

const shareFields = { weight: z.int().min(1), cap: z.int().min(0) };
const vcpuState = z.tuple([z.int(), z.int(), z.int()]);

/** A scenario and the schedule that Xen's credit scheduler makes of it: a line of a file. */
export const creditVectorSchema = z
  .object({
    scheduler: z.literal('credit').default('credit'),
    ...scenarioFields,
    domains: z
      .array(z.object({ id: index, ...shareFields, vcpus: z.array(vcpuSchema).min(1) }))
      .min(1),
    ops: z.array(
      z.discriminatedUnion('op', [
        z.object({ op: z.literal('adjust'), t_ns: timeNs, domain: index, ...shareFields }),
        pauseSchema,
      ]),
    ),
    expect: z.object({
      ...expectationFields,
      accounting_count: z.int().min(0),
      accounting_sha256: sha256,
      /** `[t_ns, balance, sum of active weights, [[credit, priority, flags], ...]]`. */
      accounting: z.array(z.tuple([timeNs, z.int(), z.int(), z.array(vcpuState)])).optional(),
    }),
  })
  .check(checkNames);

export type CreditVector = z.infer<typeof creditVectorSchema>;
