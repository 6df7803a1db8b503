import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PACKAGE_ROOT } from './package-root.js';

const EXPERIMENTS = new URL('experiments/', PACKAGE_ROOT);

let experiments: readonly string[] | undefined;

/** Ids of the shipped experiments, which are their file names. */
export function experimentNames(): readonly string[] {
  experiments ??= yamlNames(EXPERIMENTS);
  return experiments;
}

/** Path of a shipped experiment; of a name that there is none of, of a file that is not there. */
export function experimentFile(id: string): string {
  return fileURLToPath(new URL(`${id}.yaml`, EXPERIMENTS));
}

/** Names of the shipped machines, which are their file names. */
export function machineNames(): string[] {
  return yamlNames(new URL('machines/', EXPERIMENTS));
}

/** Path of a shipped machine. */
export function machineFile(name: string): string {
  return fileURLToPath(new URL(`machines/${name}.yaml`, EXPERIMENTS));
}

/** Ids of the shipped sweeps, which are their file names. */
export function sweepNames(): string[] {
  return yamlNames(new URL('sweeps/', EXPERIMENTS));
}

/** Path of a shipped sweep. */
export function sweepFile(id: string): string {
  return fileURLToPath(new URL(`sweeps/${id}.yaml`, EXPERIMENTS));
}

function yamlNames(directory: URL): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** Whether a name in a file means a file of the user's own, not something shipped. */
export function isFilePath(name: string): boolean {
  return /[/\\]|\.ya?ml$/i.test(name);
}
