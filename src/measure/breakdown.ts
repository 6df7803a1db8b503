import type { Subject } from '../definition/definition.js';
import type { ModelInput } from '../model/input.js';
import { IDLE_TASK } from '../model/limits.js';
import type { LedgerRow } from '../model/result.js';

/** The kinds of work that an IDS's CR3 time consists of, in the order of the report. */
export const BREAKDOWN_PARTS = [
  { id: 'own', label: 'Own work of the IDS' },
  { id: 'network', label: 'Interrupts and softirqs for the VM' },
  { id: 'disk', label: 'Disk work for the IDS' },
  { id: 'kernel-threads', label: 'Borrowed by kernel threads' },
  { id: 'other-interrupts', label: 'Other interrupts and softirqs' },
  { id: 'switches', label: 'Switches of VCPU and process' },
] as const;

export type BreakdownPartId = (typeof BREAKDOWN_PARTS)[number]['id'];

/** CPU time under the IDS's page tables, in nanoseconds, by part. */
export interface CR3Breakdown {
  readonly partsNs: readonly number[];
  /**
   * Percent of domain 0's network work for the VM, by whatever task, that ran on the IDS's page
   * tables; null if there was no such work.
   */
  readonly networkInsidePct: number | null;
}

/** Splits what was measured as the IDS's time by who really worked; null without an IDS. */
export function breakDown(
  ledger: readonly LedgerRow[],
  input: ModelInput,
  subject: Subject | null,
): CR3Breakdown | null {
  const ids = input.processes.find((process) => process.name === subject?.ids);
  if (subject === null || ids === undefined) return null;
  const processes = new Set(input.processes.map((process) => process.name));
  const dom0 = input.domains[0]?.name;
  const partsNs = BREAKDOWN_PARTS.map(() => 0);
  let networkNs = 0;
  let networkInsideNs = 0;
  for (const row of ledger) {
    const inside = row.domain === ids.domain && row.cr3 === ids.name;
    if (inside) {
      const part = partOf(row, ids.name, subject.vm, processes);
      const at = BREAKDOWN_PARTS.findIndex(({ id }) => id === part);
      partsNs[at] = (partsNs[at] ?? 0) + row.ns;
    }
    const isNetwork = isInterruptWork(row) && row.device === undefined;
    if (row.domain === dom0 && row.beneficiary === subject.vm && isNetwork) {
      networkNs += row.ns;
      if (inside) networkInsideNs += row.ns;
    }
  }
  const networkInsidePct = networkNs === 0 ? null : (100 * networkInsideNs) / networkNs;
  return { partsNs, networkInsidePct };
}

function partOf(
  row: LedgerRow,
  ids: string,
  vm: string,
  processes: ReadonlySet<string>,
): BreakdownPartId {
  if (row.device === 'disk' && (row.task !== ids || isInterruptWork(row))) return 'disk';
  // Idle has no work of its own: what is booked under it interrupted it.
  if (row.task !== IDLE_TASK && !processes.has(row.task)) return 'kernel-threads';
  if (isInterruptWork(row)) return row.beneficiary === vm ? 'network' : 'other-interrupts';
  if (row.context === 'hypervisor' || row.beneficiary === null) return 'switches';
  return row.task === ids ? 'own' : 'switches';
}

function isInterruptWork(row: LedgerRow): boolean {
  return row.context === 'softirq' || row.context === 'interrupt';
}
