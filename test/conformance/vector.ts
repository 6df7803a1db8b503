import { z } from 'zod';

/** Nanoseconds that a double holds exactly. */
const timeNs = z.int().min(0);
const positive = z.int().min(1);
const index = z.int().min(0);

const vcpu = z.object({
  id: index,
  /** Run queue it joins first. */
  pcpu: index,
  affinity: z.array(index).min(1),
  start_ns: timeNs,
  /** `[run_ns, block_ns]`, repeated cyclically. */
  bursts: z.array(z.tuple([positive, positive])).min(1),
});

const domain = z.object({
  id: index,
  weight: positive,
  cap: z.int().min(0),
  vcpus: z.array(vcpu).min(1),
});

const op = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('adjust'),
    t_ns: timeNs,
    domain: index,
    weight: positive,
    cap: z.int().min(0),
  }),
  z.object({ op: z.enum(['pause', 'unpause']), t_ns: timeNs, domain: index, vcpu: index }),
]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const vcpuState = z.tuple([z.int(), z.int(), z.int()]);

const expectation = z.object({
  switch_count: z.int().min(0),
  switch_sha256: sha256,
  accounting_count: z.int().min(0),
  accounting_sha256: sha256,
  /** By "domain.vcpu". */
  cpu_ns: z.record(z.string(), timeNs),
  /** `[t_ns, pcpu, "domain.vcpu" or "idle"]`. */
  switches: z.array(z.tuple([timeNs, index, z.string()])).optional(),
  /** `[t_ns, balance, sum of active weights, [[credit, priority, flags], ...]]`. */
  accounting: z.array(z.tuple([timeNs, z.int(), z.int(), z.array(vcpuState)])).optional(),
});

/** Place of the first unpause that has no pause before it, or -1. */
function firstUnmatchedUnpause(ops: readonly z.infer<typeof op>[]): number {
  const paused = new Map<string, number>();
  const inTime = [...ops.entries()].sort(([, a], [, b]) => a.t_ns - b.t_ns);
  for (const [i, step] of inTime) {
    if (step.op === 'adjust') continue;
    const id = `${step.domain}.${step.vcpu}`;
    const count = (paused.get(id) ?? 0) + (step.op === 'pause' ? 1 : -1);
    if (count < 0) return i;
    paused.set(id, count);
  }
  return -1;
}

/** One scenario and the schedule that Xen's scheduler makes of it: a line of a vector file. */
export const vectorSchema = z
  .object({
    name: z.string().min(1),
    pcpus: z.int().min(1).max(32),
    /** Exclusive. */
    end_ns: timeNs,
    domains: z.array(domain).min(1),
    ops: z.array(op),
    expect: expectation,
  })
  .check(({ value, issues }) => {
    const complain = (path: (string | number)[], message: string) =>
      issues.push({ code: 'custom', input: value, path, message });
    const known = new Set<string>();
    value.domains.forEach((dom, d) => {
      if (known.has(`${dom.id}`)) complain(['domains', d, 'id'], `${dom.id} is there twice`);
      known.add(`${dom.id}`);
      dom.vcpus.forEach((vcpu, v) => {
        const path = ['domains', d, 'vcpus', v];
        const id = `${dom.id}.${vcpu.id}`;
        if (known.has(id)) complain([...path, 'id'], `${vcpu.id} is there twice`);
        known.add(id);
        const foreign = [vcpu.pcpu, ...vcpu.affinity].find((pcpu) => pcpu >= value.pcpus);
        if (foreign !== undefined) complain(path, `there is no PCPU ${foreign}`);
        if (value.expect.cpu_ns[id] === undefined) {
          complain(['expect', 'cpu_ns'], `has no entry for VCPU ${id}`);
        }
      });
    });
    value.ops.forEach((step, i) => {
      const id = step.op === 'adjust' ? `${step.domain}` : `${step.domain}.${step.vcpu}`;
      if (!known.has(id)) complain(['ops', i], `names ${id}, which does not exist`);
    });
    const unmatched = firstUnmatchedUnpause(value.ops);
    if (unmatched >= 0) complain(['ops', unmatched], 'unpauses what no operation has paused');
  });

export type Vector = z.infer<typeof vectorSchema>;
export type VectorOp = Vector['ops'][number];
