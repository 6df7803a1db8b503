import { createHash } from 'node:crypto';
import type { Definition } from '../experiments/definition.js';
import { definitionHash } from '../experiments/hash.js';
import { InputError } from '../experiments/input-error.js';
import { loadDefinition } from '../experiments/loader.js';
import { metricsOf } from '../experiments/metrics.js';
import { allowedNames } from '../experiments/nearest.js';
import { VERSION } from '../experiments/version.js';
import type { RunTask } from '../experiments/worker.js';
import { readYamlFile } from '../experiments/yaml-file.js';
import { type Axis, parseValues, scalar, splitAssignment } from './axis.js';
import { type KnownPath, knownPaths, resolvePath, withValue } from './paths.js';
import { placeOf, pointCount, runCount, type Sweep, valuesAt } from './sweep.js';
import type { Assignment, NameList, SweepBlock } from './sweep-block.js';

const MAX_RUNS = 10_000_000;

/** What a user asks for. */
export interface SweepRequest {
  /** The definition's file. */
  readonly file: string;
  readonly set: readonly string[];
  readonly vary: readonly string[];
  readonly zip: readonly string[];
  readonly seeds: readonly number[];
  /** Default: the block's, or all; so are the metrics. */
  readonly variants: readonly string[];
  readonly metrics: readonly string[];
  /** What a file says; the flags above come on top. */
  readonly block: SweepBlock;
}

/** A checked sweep, and the task of each run. */
export interface SweepPlan {
  readonly sweep: Sweep;
  readonly taskOf: (run: number) => RunTask;
  /** Metrics to chart, of those in the table. */
  readonly chart: readonly string[];
}

interface PlacedAxis extends Axis {
  readonly place: KnownPath;
}

/**
 * Checks every point of a sweep before anything runs.
 * @throws InputError that names the flag or the point
 */
export function planSweep(request: SweepRequest): SweepPlan {
  loadDefinition(request.file);
  const { value } = readYamlFile(request.file, request.file);
  const { block } = request;
  const known = knownPaths(value);
  const placed = (flag: string, [path, values]: [string, Axis['values']]): PlacedAxis => ({
    path,
    values,
    place: resolvePath(flag, path, known),
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
  const axes = groups.map((group) => group.map(parameterOf));
  const changes = groups.flat();
  const base = sets.reduce((at, one) => withValue(at, one.place.steps, one.values[0]), value);
  const definitionAt = (point: number): Definition =>
    loadPoint(request, base, changes, valuesAt({ axes }, point), sets);
  const first = definitionAt(0);
  const variants = chosenOf(
    { field: '--variant', names: request.variants },
    block.variants,
    first.variants.map(({ id }) => id),
  );
  const grid = { axes, variants, seeds: request.seeds };
  if (runCount(grid) > MAX_RUNS) {
    throw new InputError(`sweep: got ${runCount(grid)} runs; allowed: at most ${MAX_RUNS}`);
  }
  const checked = checkPoints(pointCount(grid), definitionAt, variants);
  const wanted = { field: '--metrics', names: request.metrics };
  const names = chosenOf(wanted, block.metrics, [...checked.metrics.keys()]);
  // Metrics of the command line may leave out what the file charts.
  const charted =
    request.metrics.length === 0
      ? block.chart.names
      : block.chart.names.filter((name) => names.includes(name));
  const chart = charted.length === 0 ? [] : chosen(block.chart.field, charted, names);
  const metrics = names.flatMap((name) => checked.metrics.get(name) ?? []);
  const identity = { version: VERSION, points: checked.hash, ...grid, metrics: names };
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const sweep: Sweep = { experiment: first.id, version: VERSION, hash, ...grid, metrics };
  return { sweep, taskOf: taskMaker(sweep, definitionAt), chart };
}

function parsed(flag: string, text: string): [string, Axis['values']] {
  const [path, said] = splitAssignment(flag, text);
  return [path, parseValues(`${flag} ${path}`, said, flag === '--zip')];
}

function checkAxes(groups: readonly PlacedAxis[][], sets: readonly PlacedAxis[]): void {
  const all = [...sets, ...groups.flat()];
  const names = all.map(({ place }) => place.steps.join('.'));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InputError(`sweep: got ${twice} twice; allowed: once`);
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

/** Zipped lists may repeat a value, but no combination. */
function checkRepeats(group: readonly PlacedAxis[]): void {
  const points = group[0]?.values.map((_, i) =>
    group.map(({ path, values }) => `${path}=${values[i]}`).join(', '),
  );
  const twice = points?.find((point, i) => points.indexOf(point) !== i);
  if (twice !== undefined) {
    throw new InputError(`--zip: got ${twice} twice; allowed: each combination once`);
  }
}

function parameterOf({ place, values }: PlacedAxis) {
  const { steps, isDuration } = place;
  return { column: `${steps.join('.')}${isDuration ? '_s' : ''}`, isDuration, values };
}

function loadPoint(
  { file }: SweepRequest,
  base: unknown,
  changes: readonly PlacedAxis[],
  values: readonly Axis['values'][number][],
  sets: readonly PlacedAxis[],
): Definition {
  const edit = () =>
    changes.reduce((at, { place }, i) => withValue(at, place.steps, values[i]), base);
  try {
    return loadDefinition(file, edit);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const point = [
      ...sets.map(({ path, values: [value] }) => `${path}=${value}`),
      ...changes.map(({ path }, i) => `${path}=${values[i]}`),
    ];
    // Lines and columns are those of the edited text, which nobody sees.
    const message = error.message.replace(/:\d+:\d+: /, ': ');
    throw new InputError(`point ${point.join(', ')}: ${message}`);
  }
}

function checkPoints(
  points: number,
  definitionAt: (point: number) => Definition,
  variants: readonly string[],
) {
  const hash = createHash('sha256');
  const metrics = new Map<string, Sweep['metrics'][number]>();
  for (let point = 0; point < points; point++) {
    const definition = definitionAt(point);
    hash.update(definitionHash(definition));
    for (const { id, input, subject } of definition.variants) {
      if (!variants.includes(id)) continue;
      for (const { name, unit, description } of metricsOf(input, subject)) {
        if (!metrics.has(name)) metrics.set(name, { name, unit, description });
      }
    }
  }
  return { hash: hash.digest('hex'), metrics };
}

/** Tasks come in grid order: neighbours share their point, which is loaded once. */
function taskMaker(sweep: Sweep, definitionAt: (point: number) => Definition) {
  let at = -1;
  let definition: Definition | undefined;
  return (run: number): RunTask => {
    const { point, variant, seed } = placeOf(sweep, run);
    if (definition === undefined || at !== point) definition = definitionAt(point);
    at = point;
    const id = sweep.variants[variant] ?? '';
    const found = definition.variants.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no variant ${id} at point ${point}`);
    const name = `${sweep.experiment}, point ${point + 1}, variant ${id}`;
    return { name, input: found.input, subject: found.subject, seed };
  };
}

/** What the command line wants; if nothing, what the file wants; if nothing, all. */
function chosenOf(flag: NameList, file: NameList, known: readonly string[]): string[] {
  const { field, names } = flag.names.length > 0 ? flag : file;
  return chosen(field, names, known);
}

function chosen(flag: string, wanted: readonly string[], known: readonly string[]): string[] {
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`${flag}: got "${unknown}"; allowed: ${allowedNames(unknown, known)}`);
  }
  return wanted.length === 0 ? [...known] : [...new Set(wanted)];
}
