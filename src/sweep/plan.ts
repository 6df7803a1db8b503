import { createHash } from 'node:crypto';
import { shortHash } from '../base/hash.js';
import { InputError } from '../base/input-error.js';
import { onOneLine } from '../base/one-line.js';
import { placeless } from '../base/source.js';
import type { Definition } from '../definition/definition.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import { DefinitionFiles, NO_FILES } from '../files/definition-files.js';
import { VERSION } from '../files/version.js';
import { MetricMeanings } from '../measure/metric-meanings.js';
import { definitionHash } from '../run/definition-hash.js';
import { type Axis, type AxisValue, parseValues, scalar, splitAssignment } from './axis.js';
import { checkNames } from './check-names.js';
import { chosen, telling } from './chosen.js';
import {
  type KnownPath,
  resolvePath,
  schemaPaths,
  withoutPaths,
  withValue,
} from './parameter-paths.js';
import { parameterWords } from './parameter-words.js';
import { definitionAt, type PlacedAxis, type PointSource, pointName } from './points.js';
import { columnValues, pointCount, runCount, type Sweep, type VariantLook } from './sweep.js';
import type { Assignment, NameList, SweepBlock } from './sweep-block.js';
import type { SweepWork } from './tasks.js';

const MAX_RUNS = 10_000_000;

/** What a user asks for. */
export interface SweepRequest {
  /** The definition's file, and what it says. */
  readonly file: PointSource['file'];
  readonly value: unknown;
  /** Every path of it. */
  readonly known: readonly KnownPath[];
  readonly set: readonly string[];
  readonly vary: readonly string[];
  readonly zip: readonly string[];
  readonly seeds: readonly number[];
  /** Default: the block's, or all; so are the metrics. */
  readonly variants: readonly string[];
  readonly metrics: readonly string[];
  /** Metrics of the charts; default: the block's, or one of `metrics`. */
  readonly chart: readonly string[];
  /** What a file says; the flags above come on top. */
  readonly block: SweepBlock;
}

/** A checked sweep, and what does its runs. */
export interface SweepPlan {
  readonly sweep: Sweep;
  /** What the sweep says to no effect, or too finely, and the definition does not: a line each. */
  readonly warnings: readonly string[];
  readonly work: SweepWork;
}

/** `field` is the flag, or the place in a file. */
type CheckedAxis = Axis & KnownPath & { readonly field: string };

/**
 * Checks every point of a sweep before anything runs.
 * @throws InputError that names the flag or the point
 */
export function planSweep(request: SweepRequest): SweepPlan {
  const { value, known, block } = request;
  const placed = (field: string, [path, values]: [string, Axis['values']]): CheckedAxis => ({
    field,
    path,
    values,
    ...resolvePath(field, path, known),
  });
  const fromFile = (entries: readonly Assignment[]) =>
    entries.map(({ field, path, values }) => placed(field, [path, values]));
  const sets = [
    ...fromFile(block.set),
    ...request.set.map((text) => {
      const [path, said] = splitAssignment('--set', text);
      return placed('--set', [path, [scalar(said)]]);
    }),
  ];
  const vary = [
    ...fromFile(block.vary),
    ...request.vary.map((text) => placed('--vary', parsed('--vary', text))),
  ];
  const zip = [
    ...fromFile(block.zip),
    ...request.zip.map((text) => placed('--zip', parsed('--zip', text))),
  ];
  const groups = [...vary.map((axis) => [axis]), ...(zip.length === 0 ? [] : [zip])];
  checkAxes(groups, sets);
  const said = [...sets, ...groups.flat()].map(({ steps }) => steps.join('.'));
  const kept = (axis: CheckedAxis) => ({ ...axis, strange: withoutPaths(axis.strange, said) });
  const points: PointSource = {
    file: request.file,
    base: [...impliedBy([...sets, ...groups.flat()]), ...sets.map(kept)].reduce(
      (at, { values: [first], ...place }) => withValue(at, place, first),
      value,
    ),
    sets: sets.map(({ path, values: [said] }) => onOneLine(`${path}=${said}`)),
    axes: groups.map((group) => group.map(kept)),
    files: NO_FILES,
  };
  const files = new DefinitionFiles();
  const first = definitionAt(points, 0, files);
  const variants = chosenOf(
    { field: '--variant', names: request.variants },
    block.variants,
    first.variants.map(({ id }) => id),
  );
  checkNames(
    [...sets, ...groups.flat()],
    first.variants.filter(({ id }) => variants.includes(id)),
  );
  const axes = groups.map((group) => group.map(parameterOf));
  const grid = { axes, variants, seeds: request.seeds };
  const fields = schemaPaths(points.base);
  const named = groups.map((group) =>
    group.map((axis) => ({
      ...parameterOf(axis),
      words: parameterWords(axis.steps, fields, first),
    })),
  );
  if (runCount(grid) > MAX_RUNS) {
    throw new InputError(`sweep: got ${runCount(grid)} runs; allowed: at most ${MAX_RUNS}`);
  }
  const checked = checkPoints(points, files, variants);
  const wanted = { field: '--metrics', names: request.metrics };
  const names = chosenOf(wanted, block.metrics, checked.metrics.names);
  const metrics = names.flatMap((name) => checked.metrics.joined(name, variants));
  const chart = chartOf(request, names);
  const identity = { version: VERSION, points: checked.hash, ...grid, metrics: names };
  const hash = shortHash(JSON.stringify(identity));
  const sweep: Sweep = {
    experiment: first.id,
    version: VERSION,
    hash,
    axes: named,
    variants,
    looks: variants.map((id) => lookOf(id, first)),
    seeds: request.seeds,
    metrics,
    chart,
  };
  const saidAnyway = warningLines(resolveDefinition(placeless(request.file, value), files));
  const warnings = [...checked.warnings].filter((line) => !saidAnyway.includes(line));
  const work = { sweep, points: { ...points, files: files.known } };
  return { sweep, warnings, work };
}

/** What is said of a definition as it is run. */
function warningLines({ warnings, durationNs }: Definition): string[] {
  return warnings.flatMap(({ line, untilNs }) => (durationNs < untilNs ? [line] : []));
}

function parsed(flag: string, text: string): [string, Axis['values']] {
  const [path, said] = splitAssignment(flag, text);
  return [path, parseValues(`${flag} ${path}`, said)];
}

function checkAxes(groups: readonly CheckedAxis[][], sets: readonly CheckedAxis[]): void {
  const all = [...sets, ...groups.flat()];
  const names = all.map(({ steps }) => steps.join('.'));
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) {
    throw new InputError(`${all[twice]?.field}: got ${names[twice]} twice; allowed: once`);
  }
  for (const group of groups) {
    const empty = group.find(({ values }) => values.length === 0);
    if (empty) throw new InputError(`${empty.path}: got no values; allowed: at least one`);
    const length = group[0]?.values.length;
    const odd = group.find(({ values }) => values.length !== length);
    if (odd !== undefined) {
      const got = `--zip: got ${odd.values.length} values of ${odd.path}`;
      throw new InputError(`${got}; allowed: ${length}, as many as of ${group[0]?.path}`);
    }
    checkRepeats(group);
  }
}

/** Refuses values that a table could not tell apart; of axes that are zipped, combinations. */
function checkRepeats(group: readonly CheckedAxis[]): void {
  const [first] = group;
  const columns = group.map(columnValues);
  const known = new Map<string, number>();
  for (let i = 0; i < (first?.values.length ?? 0); i++) {
    const key = JSON.stringify(columns.map((values) => String(values[i])));
    const other = known.get(key);
    if (other !== undefined) {
      const said = (at: number) =>
        group.map(({ path, values }) => `${path}=${values[at]}`).join(', ');
      const got = said(i) === said(other) ? `${said(i)} twice` : `${said(other)} and ${said(i)}`;
      throw new InputError(`${first?.field}: got ${got}; allowed: each value once`);
    }
    known.set(key, i);
  }
}

/** What else has to be set for some paths to be there, and nobody sets. */
function impliedBy(axes: readonly CheckedAxis[]): Pick<PlacedAxis, 'steps' | 'values'>[] {
  const nameOf = (steps: readonly string[]) => steps.join('.');
  const taken = axes.map(({ steps }) => nameOf(steps));
  return axes.flatMap(({ implied }) =>
    implied
      .filter(({ steps }) => !taken.includes(nameOf(steps)))
      .map(({ steps, is }) => ({ steps, values: [is as AxisValue] })),
  );
}

function parameterOf({ steps, isDuration, values }: CheckedAxis) {
  return { column: `${steps.join('.')}${isDuration ? '_s' : ''}`, isDuration, values };
}

function lookOf(id: string, { variants }: Definition): VariantLook {
  const place = variants.findIndex((variant) => variant.id === id);
  return { title: variants[place]?.title ?? id, place };
}

function checkPoints(points: PointSource, files: DefinitionFiles, variants: readonly string[]) {
  const hash = createHash('sha256');
  const metrics = new MetricMeanings();
  const known = new Map<string, number>();
  const warnings = new Set<string>();
  for (let point = 0; point < pointCount(points); point++) {
    const definition = definitionAt(points, point, files);
    const own = definitionHash(definition);
    refuseSame(points, known.get(own), point);
    known.set(own, point);
    hash.update(own);
    for (const line of warningLines(definition)) warnings.add(line);
    for (const variant of definition.variants) {
      if (variants.includes(variant.id)) metrics.add(variant, definition.variants);
    }
  }
  return { hash: hash.digest('hex'), metrics, warnings };
}

/** Two points that lead to one set-up would be the same experiment under two names. */
function refuseSame(points: PointSource, one: number | undefined, other: number): void {
  if (one === undefined) return;
  const got = `${pointName(points, one)} and ${pointName(points, other)}`;
  throw new InputError(
    `sweep: got ${got}, which lead to the same settings; allowed: values that make a difference`,
  );
}

/** Metrics to chart: of the command line, of the file, or of those in the table. */
function chartOf({ chart, metrics, block }: SweepRequest, names: readonly string[]): string[] {
  if (chart.length > 0) return chosen('--chart', chart, names);
  // Metrics of the command line may leave out what the file charts.
  const left = block.chart.names.filter((name) => metrics.length === 0 || names.includes(name));
  if (left.length > 0) return chosen(block.chart.field, left, names);
  return [telling(names, metrics.length > 0 || block.metrics.names.length > 0)];
}

/** What the command line wants; if nothing, what the file wants; if nothing, all. */
function chosenOf(flag: NameList, file: NameList, known: readonly string[]): string[] {
  const { field, names } = flag.names.length > 0 ? flag : file;
  return chosen(field, names, known);
}
