import type { AccountingInput, DomainInput } from '../../../../src/model/input.js';
import { LoneGuest, type Program } from '../lone-guest.js';

/** A guest that accounts so, with its programs by their nice values. */
export function guest(
  accounting: AccountingInput,
  programs: readonly Program[],
  nices: number[] = [],
  kernel: Pick<DomainInput, 'hz'> = {},
) {
  const scheduler = accounting.startsWith('cfs') ? 'cfs' : 'o1-2.6.16';
  const processes = programs.map((program, i) => ({ program, nice: nices[i] ?? 0 }));
  return new LoneGuest(processes, { accounting, scheduler, ...kernel });
}
