import type { Recording } from './clients/client-definition.js';
import type { MachineFile } from './machines/machine-schema.js';

/** Where the files come from that a definition names. */
export interface NamedFiles {
  /**
   * @param name of a shipped machine, or the path of a file
   * @param folder to which a path is relative
   * @param refuse is told what would be allowed instead of `name`
   * @returns undefined if it is refused
   * @throws InputError if what the name stands for is no machine
   */
  machine(name: string, folder: string, refuse: (allowed: string) => void): MachineFile | undefined;

  /**
   * @param path of a CSV file with times
   * @param folder to which it is relative
   * @param refuse is told what would be allowed instead
   * @returns what the file has; undefined if it is refused
   * @throws InputError if the file has no such times
   */
  recording(path: string, folder: string, refuse: (allowed: string) => void): Recording | undefined;
}
