import type { Settings } from './settings-schema.js';
import type { Path } from './source.js';

/** Something in a definition that is allowed and does nothing. */
interface Warning {
  readonly path: Path;
  readonly message: string;
}

/**
 * Processes that a cage lists and whose VM it has, too: all of the VM's time counts already. One
 * that an OC-Limiter limits is a member for its measure.
 */
export function warningsOf({ cages, processes }: Settings): Warning[] {
  const limited = Object.values(processes).flatMap((one) =>
    one.program === 'oc-limiter' ? [one.target] : [],
  );
  return Object.entries(cages).flatMap(([name, cage]) =>
    cage.processes.flatMap((process, i) => {
      const domain = processes[process]?.domain ?? '';
      if (!cage.vms.includes(domain) || limited.includes(process)) return [];
      const why = `it runs in ${domain}, which counts as a whole`;
      const message = `${process} adds nothing to RC.ids: ${why}`;
      return [{ path: ['cages', name, 'processes', i], message }];
    }),
  );
}
