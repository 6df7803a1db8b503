import { basename, resolve } from 'node:path';
import { throwProblems } from '../base/faults.js';
import { allowedMessage, problemsOf } from '../base/problems.js';
import type { Recording } from '../definition/clients/client-definition.js';
import { type MachineFile, machineSchema } from '../definition/machines/machine-schema.js';
import type { NamedFiles } from '../definition/named-files.js';
import { readNamedFile } from './named-file.js';
import { readRecording } from './recording.js';
import { isFilePath, machineFile, machineNames } from './shipped.js';

/** What was read for a definition, by absolute path. Plain data: it can go to a worker thread. */
export interface ReadFiles {
  readonly machines: ReadonlyMap<string, MachineFile>;
  readonly recordings: ReadonlyMap<string, Recording>;
}

/** Nothing was read yet. */
export const NO_FILES: ReadFiles = { machines: new Map(), recordings: new Map() };

/** Machines and recordings, each read once: variants and the points of a sweep share them. */
export class DefinitionFiles implements NamedFiles {
  private readonly machines: Map<string, MachineFile>;
  private readonly recordings: Map<string, Recording>;

  private readonly onRead: (path: string) => void;

  /**
   * @param known what need not be read
   * @param onRead is told the absolute path of each file before it is read, there or not
   */
  constructor(
    { machines, recordings }: ReadFiles = NO_FILES,
    onRead: (path: string) => void = () => {},
  ) {
    this.machines = new Map(machines);
    this.recordings = new Map(recordings);
    this.onRead = onRead;
  }

  /** All that was read so far. */
  get known(): ReadFiles {
    return { machines: this.machines, recordings: this.recordings };
  }

  recording(
    path: string,
    folder: string,
    refuse: (allowed: string) => void,
  ): Recording | undefined {
    const absolute = resolve(folder, path);
    const known = this.recordings.get(absolute);
    if (known !== undefined) return known;
    this.onRead(absolute);
    const recording = readRecording(absolute, path, refuse);
    if (recording !== undefined) this.recordings.set(absolute, recording);
    return recording;
  }

  machine(
    name: string,
    folder: string,
    refuse: (allowed: string) => void,
  ): MachineFile | undefined {
    const isPath = isFilePath(name);
    const path = isPath ? resolve(folder, name) : machineFile(name);
    const known = this.machines.get(path);
    if (known !== undefined) return known;
    const called = isPath ? name : basename(path);
    this.onRead(path);
    const file = readNamedFile(name, { path, called }, machineNames(), refuse);
    if (file === undefined) return undefined;
    const parsed = machineSchema.safeParse(file.value, { error: allowedMessage });
    if (!parsed.success) throwProblems(file, problemsOf(parsed.error, file.value));
    const machine = parsed.data as MachineFile;
    this.machines.set(path, machine);
    return machine;
  }
}
