import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { findExperiment } from '../experiments/catalog.js';
import type { Definition } from '../experiments/definition.js';
import { resolveDefinition } from '../experiments/loader.js';
import { MachineFiles } from '../experiments/machine-files.js';
import { isMapping } from '../experiments/merge.js';
import { allowedNames } from '../experiments/nearest.js';
import { allowedMessage, problemsOf, show, throwProblems } from '../experiments/problems.js';
import {
  experimentFile,
  experimentNames,
  isFilePath,
  sweepFile,
  sweepNames,
} from '../experiments/shipped.js';
import { sweepFileSchema } from '../experiments/sweep-schema.js';
import { readYamlFile, type YamlFile } from '../experiments/yaml-file.js';
import { readSweepBlock, type SweepBlock } from './sweep-block.js';

/** What a name of the command line sweeps. */
export interface SweepSource {
  /** The sweep's, or the experiment's if it has no file of its own. */
  readonly id: string;
  readonly title: string;
  /** Empty if there is none. */
  readonly description: string;
  /** The experiment at the values that it has without a sweep; its file is `definition.file`. */
  readonly definition: Definition;
  /** What that file says. */
  readonly value: unknown;
  readonly block: SweepBlock;
}

/**
 * The sweep that a user means: a shipped sweep or experiment, or a YAML file of either kind.
 * @throws InputError with the nearest name if there is none
 */
export function findSweep(name: string): SweepSource {
  const sweep = ownSweep(name);
  if (sweep !== null) return sweep;
  const path = isFilePath(name) ? name : findExperiment(name, sweepNames()).file;
  const file = readYamlFile(path, path);
  const definition = resolveDefinition(path, file, new MachineFiles());
  const block = readSweepBlock(file, ['sweep']);
  const { id, title, description } = definition;
  return { id, title, description, definition, value: file.value, block };
}

/** The sweep of that name that has a file of its own, shipped or a user's; otherwise null. */
export function ownSweep(name: string): SweepSource | null {
  if (sweepNames().includes(name)) return loadSweep(sweepFile(name));
  if (!isFilePath(name)) return null;
  const file = readYamlFile(name, name);
  return isSweepFile(file) ? loadSweep(name, file) : null;
}

/** All shipped sweeps, by id. */
export function loadSweeps(): SweepSource[] {
  return sweepNames().map((id) => loadSweep(sweepFile(id)));
}

/** The key that says which experiment tells a sweep's file from a definition. */
function isSweepFile({ value }: YamlFile): boolean {
  return isMapping(value) && Object.hasOwn(value, 'experiment');
}

function loadSweep(path: string, file = readYamlFile(path, path)): SweepSource {
  const parsed = sweepFileSchema.safeParse(file.value, { error: allowedMessage });
  if (!parsed.success) throwProblems(file, problemsOf(parsed.error, file.value));
  const { id, title, description, experiment } = parsed.data as z.output<typeof sweepFileSchema>;
  const own = definitionPath(file, path, experiment);
  const text = readYamlFile(own, own);
  const { value } = text;
  const definition = resolveDefinition(own, text, new MachineFiles());
  const block = readSweepBlock(file, []);
  return { id, title, description: description?.trim() ?? '', definition, value, block };
}

function definitionPath(file: YamlFile, path: string, experiment: string): string {
  if (isFilePath(experiment)) return resolve(dirname(path), experiment);
  const names = experimentNames();
  if (!names.includes(experiment)) {
    const allowed = `${allowedNames(experiment, names)} (or the path of a file)`;
    throwProblems(file, [{ path: ['experiment'], got: show(experiment), allowed }]);
  }
  return experimentFile(experiment);
}
