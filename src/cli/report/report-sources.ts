import { statSync } from 'node:fs';
import { InputError } from '../../base/input-error.js';
import { claimsOfAny } from '../../claims/catalog.js';
import type { Claim } from '../../claims/claim.js';
import type { Definition } from '../../definition/definition.js';
import { findExperiments, paperExperiments } from '../../files/experiment-catalog.js';
import { loadDefinition } from '../../files/load-definition.js';
import { isFileArgument } from '../../files/text-file.js';
import type { StoredChapter } from '../../output/html/chapter.js';
import { readResult } from '../../output/stored/stored-result.js';
import type { RunFlags } from '../experiment/experiment-flags.js';

/** Stands for every experiment of the paper; none has this id. */
const ALL = 'all';

/** What a report is about; each once. */
export interface ReportSources {
  /** Shipped experiments to run. */
  readonly shipped: readonly Definition[];
  /** Definitions of the user's own to run. */
  readonly own: readonly Definition[];
  /** Results that are read from their folders. */
  readonly stored: readonly StoredChapter[];
  /** Whether it is about the paper as a whole, and so about what claims need besides. */
  readonly isAll: boolean;
}

/**
 * Finds what the names of a command line mean: experiments and figures, definition files, and
 * folders of results. None at all is the paper.
 * @throws InputError for a name that means nothing, a wrong definition, or a damaged folder
 */
export function reportSources(args: readonly string[]): ReportSources {
  const names = args.length === 0 ? [ALL] : [...new Set(args)];
  const folders = names.filter(isFolder);
  const files = names.filter((name) => !folders.includes(name) && isFileArgument(name));
  const shipped = names
    .filter((name) => !folders.includes(name) && !files.includes(name))
    .flatMap((name) => (name === ALL ? paperExperiments().map(({ id }) => id) : [name]));
  return {
    shipped: findExperiments(shipped, [ALL]),
    own: files.map((file) => loadDefinition(file)),
    stored: folders.map((folder) => ({ folder, result: readResult(folder) })),
    isAll: names.includes(ALL),
  };
}

/**
 * Refuses flags that say how to run where nothing is run.
 * @throws InputError
 */
export function refuseIdleFlags(
  { shipped, own }: Pick<ReportSources, 'shipped' | 'own'>,
  { seed, seeds, duration }: RunFlags,
): void {
  if (shipped.length + own.length > 0) return;
  const idle = [
    ...(seed === 1 ? [] : [`--seed ${seed}`]),
    ...(seeds === undefined ? [] : [`--seeds ${seeds}`]),
    ...(duration === undefined ? [] : [`--duration ${duration}`]),
  ];
  if (idle.length === 0) return;
  throw new InputError(
    `${idle.join(' ')}: got it with folders of results only, which are not run again; ` +
      'allowed: with an experiment or a definition',
  );
}

/**
 * The claims that a report asks of several readings: those about the shipped experiments in it.
 * @throws InputError if there are none
 */
export function claimsToRead({ shipped }: ReportSources): readonly Claim[] {
  const claims = claimsOfAny(shipped);
  if (claims.length > 0) return claims;
  throw new InputError(
    '--readings: got nothing that a claim of the paper is about; ' +
      'allowed: with an experiment that `offloadcage list` shows with claims',
  );
}

/** A folder as folders are written, `results/snort`: `snort` alone is the experiment. */
export function isFolder(name: string): boolean {
  const looksLikeOne = /[/\\]/.test(name) || name === '.' || name === '..';
  return looksLikeOne && statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
}
