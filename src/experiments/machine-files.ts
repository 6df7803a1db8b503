import { basename, dirname, resolve } from 'node:path';
import { type MachineFile, machineSchema } from './machine-schema.js';
import { allowedNames } from './nearest.js';
import { allowedMessage, problemsOf, throwProblems } from './problems.js';
import { isFilePath, machineFile, machineNames } from './shipped.js';
import { readYamlFile } from './yaml-file.js';

/** Machines by name, each read once: variants and the points of a sweep share them. */
export class MachineFiles {
  /** By absolute path. Plain data: it can go to a worker thread. */
  readonly known: Map<string, MachineFile>;

  /** @param known machines that need not be read */
  constructor(known: ReadonlyMap<string, MachineFile> = new Map()) {
    this.known = new Map(known);
  }

  /**
   * @param name of a shipped machine, or the path of a file
   * @param definition path of the definition's file, to which a machine's path is relative
   * @param refuse throws, with what would be allowed instead of `name`
   * @throws InputError if the file cannot be read or is no machine
   */
  load(name: string, definition: string, refuse: (allowed: string) => void): MachineFile {
    const isPath = isFilePath(name);
    const path = isPath ? resolve(dirname(definition), name) : machineFile(name);
    const known = this.known.get(path);
    if (known !== undefined) return known;
    const names = machineNames();
    if (!isPath && !names.includes(name)) {
      refuse(`${allowedNames(name, names)} (or the path of a file)`);
    }
    const file = readYamlFile(path, isPath ? name : basename(path));
    const parsed = machineSchema.safeParse(file.value, { error: allowedMessage });
    if (!parsed.success) throwProblems(file, problemsOf(parsed.error, file.value));
    const machine = parsed.data as MachineFile;
    this.known.set(path, machine);
    return machine;
  }
}
