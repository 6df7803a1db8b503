import { resolve } from 'node:path';
import type { z } from 'zod';
import { throwProblems } from '../base/faults.js';
import { isMapping } from '../base/mappings.js';
import { allowedMessage, problemsOf, show } from '../base/problems.js';
import type { FileName } from '../base/source.js';
import { YamlFile } from '../base/yaml-file.js';
import type { Definition } from '../definition/definition.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import { sweepFileSchema } from '../definition/sweep-schema.js';
import { DefinitionFiles } from '../files/definition-files.js';
import { findExperiment, shippedExperiment } from '../files/experiment-catalog.js';
import { readNamedFile } from '../files/named-file.js';
import { readYamlFile } from '../files/read-yaml.js';
import {
  experimentFile,
  experimentNames,
  isFilePath,
  sweepFile,
  sweepNames,
} from '../files/shipped.js';
import { isFileArgument } from '../files/text-file.js';
import { readSweepBlock, type SweepBlock } from './sweep-block.js';

/** What a name of the command line sweeps. */
export interface SweepSource {
  /** The sweep's, or the experiment's if it has no file of its own. */
  readonly id: string;
  readonly title: string;
  /** Empty if there is none. */
  readonly description: string;
  /** The experiment at the values that it has without a sweep. */
  readonly definition: Definition;
  /** Name and folder of its file, and what that says. */
  readonly file: FileName;
  readonly value: unknown;
  readonly block: SweepBlock;
}

/**
 * The sweep that a user means: a shipped sweep or experiment, or a YAML file of either kind.
 * @throws InputError with the nearest name if there is none
 */
export function findSweep(name: string): SweepSource {
  const found = findSweepOrFile(name);
  if (found instanceof YamlFile)
    return sweepOf(found, resolveDefinition(found, new DefinitionFiles()));
  if (found !== null) return found;
  const { id } = findExperiment(name, sweepNames());
  return sweepOf(readYamlFile(experimentFile(id)), shippedExperiment(id));
}

/**
 * What a user wants to see: the sweep that has a file of its own, or an experiment or figure.
 * @throws InputError with the nearest name if there is neither
 */
export function findShown(name: string): SweepSource | Definition {
  const found = findSweepOrFile(name);
  if (found instanceof YamlFile) return resolveDefinition(found, new DefinitionFiles());
  return found ?? findExperiment(name, sweepNames());
}

/**
 * The sweep of that name that has a file of its own, shipped or a user's; the file if it is that of
 * a definition. A file is read once: it may be a pipe.
 */
function findSweepOrFile(name: string): SweepSource | YamlFile | null {
  if (sweepNames().includes(name)) return loadSweep(readYamlFile(sweepFile(name)));
  if (!isFileArgument(name)) return null;
  const file = readYamlFile(name);
  return isSweepFile(file) ? loadSweep(file) : file;
}

/** A definition as a sweep, with its block `sweep`. */
function sweepOf(file: YamlFile, definition: Definition): SweepSource {
  const { id, title, description } = definition;
  const block = readSweepBlock(file, ['sweep']);
  return { id, title, description, definition, ...partsOf(file), block };
}

function partsOf({ name, folder, value }: YamlFile): Pick<SweepSource, 'file' | 'value'> {
  return { file: { name, folder }, value };
}

/** All shipped sweeps, by id. */
export function loadSweeps(): SweepSource[] {
  return sweepNames().map((id) => loadSweep(readYamlFile(sweepFile(id))));
}

/** The key that says which experiment tells a sweep's file from a definition. */
function isSweepFile({ value }: YamlFile): boolean {
  return isMapping(value) && Object.hasOwn(value, 'experiment');
}

function loadSweep(file: YamlFile): SweepSource {
  const parsed = sweepFileSchema.safeParse(file.value, { error: allowedMessage });
  if (!parsed.success) throwProblems(file, problemsOf(parsed.error, file.value));
  const { id, title, description, experiment } = parsed.data as z.output<typeof sweepFileSchema>;
  const own = readDefinition(file, experiment);
  const definition = isFilePath(experiment)
    ? resolveDefinition(own, new DefinitionFiles())
    : shippedExperiment(experiment);
  const block = readSweepBlock(file, []);
  return { id, title, description: description?.trim() ?? '', definition, ...partsOf(own), block };
}

function readDefinition(file: YamlFile, experiment: string): YamlFile {
  const path = isFilePath(experiment)
    ? resolve(file.folder, experiment)
    : experimentFile(experiment);
  const where = { path, called: path };
  const own = readNamedFile(experiment, where, experimentNames(), (allowed) =>
    throwProblems(file, [{ path: ['experiment'], got: show(experiment), allowed }]),
  );
  return own as YamlFile;
}
