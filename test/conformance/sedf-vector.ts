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

const shareFields = {
  period_ns: timeNs,
  slice_ns: timeNs,
  latency_ns: timeNs,
  extratime: z.literal([0, 1]),
  weight: z.int().min(0),
};
const shareSchema = z.object(shareFields);
type Share = z.infer<typeof shareSchema>;
const SHARE_KEYS = Object.keys(shareFields) as (keyof Share)[];

const domainSchema = z
  .object({ id: index, ...shareSchema.partial().shape, vcpus: z.array(vcpuSchema).min(1) })
  .check(({ value, issues }) => {
    const missing = SHARE_KEYS.filter((key) => value[key] === undefined);
    if (missing.length === 0 || missing.length === SHARE_KEYS.length) return;
    const message = `is missing: a domain has all of ${SHARE_KEYS.join(', ')}, or none`;
    issues.push({ code: 'custom', input: value, path: [missing[0]!], message });
  });

const decision = z.tuple([
  timeNs,
  index,
  z.string(),
  z.enum(['edf', 'pen', 'util', 'idle']),
  timeNs,
]);

/** A scenario and the schedule that Xen's SEDF makes of it: a line of a file. */
export const sedfVectorSchema = z
  .object({
    scheduler: z.literal('sedf').default('sedf'),
    ...scenarioFields,
    domains: z.array(domainSchema).min(1),
    ops: z.array(
      z.discriminatedUnion('op', [
        z.object({
          op: z.literal('adjust'),
          t_ns: timeNs,
          domain: index,
          ...shareFields,
          /** "domain.vcpu" that asks for it, if it runs then. */
          caller: z.string().optional(),
        }),
        pauseSchema,
      ]),
    ),
    expect: z.object({
      ...expectationFields,
      decision_count: z.int().min(0),
      decision_sha256: sha256,
      /** `[t_ns, pcpu, "domain.vcpu" or "idle", mode, slice_ns]`. */
      decisions: z.array(decision).optional(),
    }),
  })
  .check(checkNames)
  .check(({ value, issues }) => {
    const names = value.domains.flatMap(({ id, vcpus }) => vcpus.map((vcpu) => `${id}.${vcpu.id}`));
    value.ops.forEach((step, i) => {
      if (step.op !== 'adjust' || step.caller === undefined || names.includes(step.caller)) return;
      const message = `names ${step.caller}, which does not exist`;
      issues.push({ code: 'custom', input: value, path: ['ops', i, 'caller'], message });
    });
  });

export type SedfVector = z.infer<typeof sedfVectorSchema>;
