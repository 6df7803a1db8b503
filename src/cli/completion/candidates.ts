import { InputError } from '../../base/input-error.js';
import { ALL_CLAIMS } from '../../claims/catalog.js';
import { metricsOf } from '../../definition/metrics/metrics.js';
import { loadCatalog } from '../../files/experiment-catalog.js';
import { sweepNames } from '../../files/shipped.js';
import { isFileArgument, isRereadable } from '../../files/text-file.js';
import { PICTURE_KINDS } from '../../output/picture/picture-kinds.js';
import { choices, possiblePaths } from '../../sweep/path-list.js';
import { findSweep, type SweepSource } from '../../sweep/sweep-file.js';
import type { KnownCommand, PartialLine } from './command-line.js';
import { readLine } from './command-line.js';

/**
 * What the word at the end of a command line may become, whole; nothing where any file may come.
 * @param line the command line up to the cursor
 */
export function candidates(line: string, commands: readonly KnownCommand[]): string[] {
  const parts = readLine(line, commands);
  const { before, typed } = parts;
  return candidatesOf(parts)
    .filter((word) => word.startsWith(typed))
    .map((word) => `${before}${word}`);
}

function candidatesOf(parts: PartialLine): readonly string[] {
  const { command, flag, typed, commandWords } = parts;
  if (flag !== undefined) return flag.options ?? valuesOf(flag.name, parts);
  if (command !== undefined && typed.startsWith('-')) {
    return command.flags.filter(({ hidden }) => !hidden).map(({ name }) => `--${name}`);
  }
  return [...commandWords, ...(command === undefined ? [] : argumentsOf(command.id))];
}

function argumentsOf(command: string): string[] {
  switch (command) {
    case 'sweep':
    case 'sweep:paths':
      return [...sweepNames(), ...loadCatalog().map(({ id }) => id)];
    case 'show':
      return [...sweepNames(), ...experimentsAndFigures()];
    case 'reproduce':
      return ['all', ...experimentsAndFigures()];
    case 'compare':
    case 'metrics':
    case 'report':
    case 'trace':
      return experimentsAndFigures();
    case 'verify':
      return ALL_CLAIMS.map(({ id }) => id);
    default:
      return [];
  }
}

function experimentsAndFigures(): string[] {
  return loadCatalog().flatMap(({ id, figures }) => [id, ...figures.map((figure) => figure.id)]);
}

function valuesOf(flag: string, { args, command, typed }: PartialLine): readonly string[] {
  switch (flag) {
    case 'set':
    case 'vary':
    case 'zip':
      return assignments(sourceOf(args), typed);
    case 'from':
      // A time, with `trace`.
      return command?.id === 'init' ? loadCatalog().map(({ id }) => id) : [];
    case 'figures':
      return listed(typed, PICTURE_KINDS);
    case 'metrics':
      return listed(typed, metricNames(sourceOf(args)));
    case 'variant':
      return sourceOf(args).definition.variants.map(({ id }) => id);
    default:
      return [];
  }
}

/** @throws InputError if it is none, or could be read only once: the command is to read it */
function sourceOf([name = '']: readonly string[]): SweepSource {
  if (isFileArgument(name) && !isRereadable(name)) throw new InputError(`${name}: no file`);
  return findSweep(name);
}

function metricNames({ definition }: SweepSource): string[] {
  const metrics = definition.variants.flatMap(({ input, subject }) => metricsOf(input, subject));
  return [...new Set(metrics.map(({ name }) => name))];
}

/** `a,b,c`: the names before the last comma stay. */
function listed(typed: string, names: readonly string[]): string[] {
  const before = typed.slice(0, typed.lastIndexOf(',') + 1);
  const taken = before.split(',');
  return names.filter((name) => !taken.includes(name)).map((name) => `${before}${name}`);
}

/** Paths with their `=`, and after that the values of one that has few. */
function assignments(source: SweepSource, typed: string): string[] {
  const paths = possiblePaths(source);
  const at = typed.indexOf('=');
  if (at < 0)
    return pathsFor(
      paths.map(({ path }) => path),
      typed,
    ).map((path) => `${path}=`);
  const said = typed.slice(0, at);
  const [only, ...others] = paths.filter(({ path }) => path === said || path.endsWith(`.${said}`));
  if (only === undefined || others.length > 0) return [];
  const options = only.options.filter(choices(source)(only.path));
  return listed(typed.slice(at + 1), options).map((values) => `${said}=${values}`);
}

/** Whole paths that begin so; if there is none, their unique ends that do. */
function pathsFor(paths: readonly string[], typed: string): string[] {
  const whole = paths.filter((path) => path.startsWith(typed));
  if (whole.length > 0) return whole;
  const ends = paths.flatMap((path) => {
    const steps = path.split('.');
    return steps.slice(1).map((_, i) => steps.slice(i + 1).join('.'));
  });
  return ends.filter((end) => end.startsWith(typed) && ends.indexOf(end) === ends.lastIndexOf(end));
}
