import { createIdsUse } from '../cage/ids-use.js';
import { Monitor } from '../cage/monitor.js';
import type { Cage } from '../cage/oc-scheduler.js';
import { TICK_NS } from '../hypervisor/credit/credit-constants.js';
import type { CageInput, ModelInput } from '../input.js';
import type { MachineProcess } from '../machine.js';
import { vmIndices } from './topology.js';

/** The cages with OC-Monitor's measures of their members. */
export function makeCages(input: ModelInput, processes: readonly MachineProcess[]): Cage[] {
  return input.cages.map((cage) => makeCage(input, cage, processes));
}

function makeCage(input: ModelInput, cage: CageInput, processes: readonly MachineProcess[]): Cage {
  const vms = vmIndices(input, cage);
  const monitors = processes
    .filter((process) => cage.processes.includes(process.name) && !vms.includes(process.domain))
    .flatMap(({ tasks }) =>
      tasks.map(({ kernel, task }) => new Monitor(kernel, task, cage.counts)),
    );
  return { input: cage, vms, monitors, idsUse: createIdsUse(cage.idsWindow, TICK_NS) };
}
