import { basename, resolve } from 'node:path';
import { throwProblems } from '../base/faults.js';
import { allowedMessage, problemsOf } from '../base/problems.js';
import { type MachineFile, machineSchema } from '../definition/machines/machine-schema.js';
import type { Machines } from '../definition/machines/machines.js';
import { readNamedFile } from './named-file.js';
import { isFilePath, machineFile, machineNames } from './shipped.js';

/** Machines by name, each read once: variants and the points of a sweep share them. */
export class MachineFiles implements Machines {
  /** By absolute path. Plain data: it can go to a worker thread. */
  readonly known: Map<string, MachineFile>;

  /** @param known machines that need not be read */
  constructor(known: ReadonlyMap<string, MachineFile> = new Map()) {
    this.known = new Map(known);
  }

  load(name: string, folder: string, refuse: (allowed: string) => void): MachineFile | undefined {
    const isPath = isFilePath(name);
    const path = isPath ? resolve(folder, name) : machineFile(name);
    const known = this.known.get(path);
    if (known !== undefined) return known;
    const called = isPath ? name : basename(path);
    const file = readNamedFile(name, { path, called }, machineNames(), refuse);
    if (file === undefined) return undefined;
    const parsed = machineSchema.safeParse(file.value, { error: allowedMessage });
    if (!parsed.success) throwProblems(file, problemsOf(parsed.error, file.value));
    const machine = parsed.data as MachineFile;
    this.known.set(path, machine);
    return machine;
  }
}
