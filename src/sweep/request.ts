import { formatDuration, parseDuration } from '../base/duration.js';
import { fittingSample } from '../definition/sampling.js';
import { seedList } from '../run/runner.js';
import { splitAssignment } from './axis.js';
import { knownPaths, machinePaths, resolvePath } from './parameter-paths.js';
import type { SweepRequest } from './plan.js';
import type { Assignment } from './sweep-block.js';
import type { SweepSource } from './sweep-file.js';

/** What the command line adds to a sweep, or says instead. */
export interface SweepFlags {
  readonly set: readonly string[];
  readonly vary: readonly string[];
  readonly zip: readonly string[];
  readonly duration?: string | undefined;
  /** First seed, and how many. */
  readonly seed: number;
  readonly seeds?: number | undefined;
  readonly variants: readonly string[];
  readonly metrics: readonly string[];
  readonly chart: readonly string[];
}

/**
 * A sweep with what the command line changes. Lists and counts of the command line stand in the
 * place of the file's; a path that it sets, varies or zips is no longer what the file says, however
 * the file says it; all other paths of the file stay.
 * @throws InputError for a path that the definition does not know
 */
export function sweepRequest(
  { definition, file, value, block }: Pick<SweepSource, 'definition' | 'file' | 'value' | 'block'>,
  flags: SweepFlags,
): SweepRequest {
  const { sampleNs } = definition;
  const { vary, zip, variants, metrics, chart, duration } = flags;
  const set = [...flags.set, ...(duration === undefined ? [] : [`duration=${duration}`])];
  const known = [...knownPaths(value), ...machinePaths(definition)];
  const place = (field: string, path: string) => resolvePath(field, path, known).steps.join('.');
  const placesOf = (flag: string, texts: readonly string[]) =>
    texts.map((text) => place(flag, splitAssignment(flag, text)[0]));
  const taken = [...placesOf('--set', set), ...placesOf('--vary', vary), ...placesOf('--zip', zip)];
  const kept = (assignments: readonly Assignment[]) =>
    assignments.filter(({ field, path }) => !taken.includes(place(field, path)));
  const said = [
    ...taken,
    ...[block.set, block.vary, block.zip].flat().map(({ field, path }) => place(field, path)),
  ];
  const sample = said.includes('sample') ? sampleNs : sampleFor(duration, sampleNs);
  return {
    file,
    value,
    known,
    set: sample === sampleNs ? set : [...set, `sample=${formatDuration(sample)}`],
    vary,
    zip,
    block: { ...block, set: kept(block.set), vary: kept(block.vary), zip: kept(block.zip) },
    seeds: seedList(flags.seed, flags.seeds ?? block.seeds ?? definition.seedCount),
    variants,
    metrics,
    chart,
  };
}

/** A measured time of the command line need be no multiple of the definition's sampling period. */
function sampleFor(duration: string | undefined, sampleNs: number): number {
  const durationNs = duration === undefined ? sampleNs : (parseDuration(duration) ?? sampleNs);
  return fittingSample(durationNs, sampleNs);
}

/** A sweep as its file has it. */
export function asWritten(source: SweepSource): SweepRequest {
  const none = { set: [], vary: [], zip: [], variants: [], metrics: [], chart: [] };
  return sweepRequest(source, { ...none, seed: 1 });
}
