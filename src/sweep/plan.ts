import { createHash } from 'node:crypto';
import { definitionHash } from '../experiments/hash.js';
import { InputError } from '../experiments/input-error.js';
import { loadDefinition } from '../experiments/loader.js';
import { MachineFiles } from '../experiments/machine-files.js';
import { isMapping } from '../experiments/merge.js';
import { metricsOf } from '../experiments/metrics.js';
import { programHash } from '../experiments/program-hash.js';
import { VERSION } from '../experiments/version.js';
import { readYamlFile } from '../experiments/yaml-file.js';
import { type Axis, parseValues, scalar, splitAssignment } from './axis.js';
import { chartedMetrics, chosen } from './chosen.js';
import { knownPaths, resolvePath, withValue } from './paths.js';
import { definitionAt, type PlacedAxis, type PointSource } from './points.js';
import type { SweepWork } from './run-point.js';
import { pointCount, runCount, type Sweep } from './sweep.js';

const MAX_RUNS = 10_000_000;

/** What a user asks for. */
export interface SweepRequest {
  /** The definition's file. */
  readonly file: string;
  readonly set: readonly string[];
  readonly vary: readonly string[];
  readonly zip: readonly string[];
  readonly seeds: readonly number[];
  readonly variants: readonly string[];
  /** Default: the definition's, or all. */
  readonly metrics: readonly string[];
  /** Metrics of the charts; default: one of `metrics`. */
  readonly chart: readonly string[];
}

/** A checked sweep, and what does its runs. */
export interface SweepPlan {
  readonly sweep: Sweep;
  readonly work: SweepWork;
}

interface CheckedAxis extends PlacedAxis {
  readonly isDuration: boolean;
}

/**
 * Checks every point of a sweep before anything runs.
 * @throws InputError that names the flag or the point
 */
export function planSweep(request: SweepRequest): SweepPlan {
  loadDefinition(request.file);
  const { value } = readYamlFile(request.file, request.file);
  const block = sweepBlock(value);
  const known = knownPaths(value);
  const placed = (flag: string, [path, values]: [string, Axis['values']]): CheckedAxis => ({
    path,
    values,
    ...resolvePath(flag, path, known),
  });
  const sets = request.set.map((text) => {
    const [path, said] = splitAssignment('--set', text);
    return placed('--set', [path, [scalar(said)]]);
  });
  const vary = [
    ...block.vary.map((entry) => placed('sweep.vary', entry)),
    ...request.vary.map((text) => placed('--vary', parsed('--vary', text))),
  ];
  const zip = [
    ...block.zip.map((entry) => placed('sweep.zip', entry)),
    ...request.zip.map((text) => placed('--zip', parsed('--zip', text))),
  ];
  const groups = [...vary.map((axis) => [axis]), ...(zip.length === 0 ? [] : [zip])];
  checkAxes(groups, sets);
  const points: PointSource = {
    file: request.file,
    base: sets.reduce((at, { steps, values: [said] }) => withValue(at, steps, said), value),
    sets: sets.map(({ path, values: [said] }) => `${path}=${said}`),
    axes: groups,
    machines: new Map(),
  };
  const machines = new MachineFiles();
  const first = definitionAt(points, 0, machines);
  const variants = chosen(
    '--variant',
    request.variants,
    first.variants.map(({ id }) => id),
  );
  const axes = groups.map((group) => group.map(parameterOf));
  const grid = { axes, variants, seeds: request.seeds };
  if (runCount(grid) > MAX_RUNS) {
    throw new InputError(`sweep: got ${runCount(grid)} runs; allowed: at most ${MAX_RUNS}`);
  }
  const checked = checkPoints(points, machines, variants);
  const wanted = request.metrics.length > 0 ? request.metrics : block.metrics;
  const names = chosen('--metrics', wanted, [...checked.metrics.keys()]);
  const metrics = names.flatMap((name) => checked.metrics.get(name) ?? []);
  const chart = chartedMetrics(request.chart, names, wanted.length > 0);
  const identity = { version: VERSION, points: checked.hash, ...grid, metrics: names };
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
  const about = { experiment: first.id, version: VERSION, program: programHash(), hash };
  const sweep: Sweep = { ...about, ...grid, metrics, chart };
  return { sweep, work: { sweep, points: { ...points, machines: machines.known } } };
}

function parsed(flag: string, text: string): [string, Axis['values']] {
  const [path, said] = splitAssignment(flag, text);
  return [path, parseValues(`${flag} ${path}`, said)];
}

function sweepBlock(definition: unknown) {
  const sweep = isMapping(definition) && isMapping(definition.sweep) ? definition.sweep : {};
  const axes = (key: string): [string, Axis['values']][] =>
    Object.entries(isMapping(sweep[key]) ? sweep[key] : {}).map(([path, said]) => [
      path,
      Array.isArray(said) ? said : parseValues(`sweep.${key}.${path}`, String(said)),
    ]);
  const metrics = Array.isArray(sweep.metrics) ? sweep.metrics.map(String) : [];
  return { vary: axes('vary'), zip: axes('zip'), metrics };
}

function checkAxes(groups: readonly CheckedAxis[][], sets: readonly CheckedAxis[]): void {
  const all = [...sets, ...groups.flat()];
  const names = all.map(({ steps }) => steps.join('.'));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InputError(`sweep: got ${twice} twice; allowed: once`);
  for (const group of groups) {
    const empty = group.find(({ values }) => values.length === 0);
    if (empty) throw new InputError(`${empty.path}: got no values; allowed: at least one`);
    const odd = group.find(({ values }) => values.length !== group[0]?.values.length);
    if (odd === undefined) continue;
    const length = group[0]?.values.length;
    const got = `--zip: got ${odd.values.length} values of ${odd.path}`;
    throw new InputError(`${got}; allowed: ${length}, as many as of ${group[0]?.path}`);
  }
}

function parameterOf({ steps, isDuration, values }: CheckedAxis) {
  return { column: `${steps.join('.')}${isDuration ? '_s' : ''}`, isDuration, values };
}

function checkPoints(points: PointSource, machines: MachineFiles, variants: readonly string[]) {
  const hash = createHash('sha256');
  const metrics = new Map<string, Sweep['metrics'][number]>();
  for (let point = 0; point < pointCount(points); point++) {
    const definition = definitionAt(points, point, machines);
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
