import type { MachineFile } from './machine-schema.js';

/** Where a definition's machines come from. */
export interface Machines {
  /**
   * @param name of a shipped machine, or the path of a file
   * @param folder to which a machine's path is relative
   * @param refuse is told what would be allowed instead of `name`
   * @returns undefined if it is refused
   * @throws InputError if what the name stands for is no machine
   */
  load(name: string, folder: string, refuse: (allowed: string) => void): MachineFile | undefined;
}
