import { z } from 'zod';

/** Nanoseconds that a double holds exactly. */
export const timeNs = z.int().min(0);
const positive = z.int().min(1);
export const index = z.int().min(0);

/** A VCPU of any vector. */
export const vcpuSchema = z.object({
  id: index,
  /** Run queue it joins first. */
  pcpu: index,
  affinity: z.array(index).min(1),
  start_ns: timeNs,
  /** `[run_ns, block_ns]`, repeated cyclically. */
  bursts: z.array(z.tuple([positive, positive])).min(1),
});

/** An operation that all schedulers have. */
export const pauseSchema = z.object({
  op: z.enum(['pause', 'unpause']),
  t_ns: timeNs,
  domain: index,
  vcpu: index,
});

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What every vector expects. */
export const expectationFields = {
  switch_count: z.int().min(0),
  switch_sha256: sha256,
  /** By "domain.vcpu". */
  cpu_ns: z.record(z.string(), timeNs),
  /** `[t_ns, pcpu, "domain.vcpu" or "idle"]`. */
  switches: z.array(z.tuple([timeNs, index, z.string()])).optional(),
};

/** What every scenario has besides. */
export const scenarioFields = {
  name: z.string().min(1),
  pcpus: z.int().min(1).max(32),
  /** Exclusive. */
  end_ns: timeNs,
};

interface AdjustOp {
  readonly op: 'adjust';
  readonly t_ns: number;
  readonly domain: number;
}

/** A scenario, whatever its scheduler. */
export interface Scenario {
  readonly pcpus: number;
  readonly end_ns: number;
  readonly domains: readonly {
    readonly id: number;
    readonly vcpus: readonly z.infer<typeof vcpuSchema>[];
  }[];
  readonly ops: readonly (AdjustOp | z.infer<typeof pauseSchema>)[];
}

/** A vector, as far as it does not matter for which scheduler it is. */
export interface AnyVector extends Scenario {
  readonly name: string;
  readonly expect: z.infer<z.ZodObject<typeof expectationFields>>;
}

/** Says what a vector names that it does not have, or has twice. */
export function checkNames({ value, issues }: z.core.ParsePayload<AnyVector>): void {
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
}

/** Place of the first unpause that has no pause before it, or -1. */
function firstUnmatchedUnpause(ops: Scenario['ops']): number {
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
