/** What Tab offers, and that the shells ask for it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DefinitionFiles } from '../../../src/files/definition-files.js';
import { experimentNames } from '../../../src/files/shipped.js';
import { knownPaths, resolvePath } from '../../../src/sweep/parameter-paths.js';
import { listPaths, possiblePaths } from '../../../src/sweep/path-list.js';
import { planSweep } from '../../../src/sweep/plan.js';
import { definitionAt } from '../../../src/sweep/points.js';
import { sweepRequest } from '../../../src/sweep/request.js';
import { findSweep } from '../../../src/sweep/sweep-file.js';
import { offloadcage, root } from '../../commands/offloadcage.js';

const words = async (line: string) =>
  (await offloadcage(['autocomplete', 'words', '--', `offloadcage ${line}`])).stdout
    .split('\n')
    .slice(0, -1);

test.each<[string, string[]]>([
  ['swe', ['sweep']],
  ['sweep snort-c', ['snort-cap']],
  ['sweep mer', ['merge']],
  ['sweep snort --vary cage.c', ['cage.cap=', 'cage.counts=']],
  ['sweep snort-cap --vary=cage.ca', ['--vary=cage.cap=']],
  ['sweep snort --set cage.rounding=', ['cage.rounding=exact', 'cage.rounding=percent']],
  ['sweep snort --set cages.cage.rounding=p', ['cages.cage.rounding=percent']],
  ['init mine --from sn', ['snort']],
  ['trace snort --from sn', []],
  ['reproduce fig4 --set cage.c', ['cage.cap=', 'cage.counts=']],
  ['reproduce --set cage.c', []],
  ['sweep snort --zip vm1.scheduler=o1,c', ['vm1.scheduler=o1,cfs']],
  ['sweep snort --vary machine_values.snort', ['machine_values.snort_packet=']],
  ['sweep snort --metrics idle_pct,throughput', ['idle_pct,throughput_rps']],
  ['sweep --seeds 2 tripwire --variant law-paper-', ['law-paper-rate']],
  ['sweep snort --form', ['--format']],
  ['run a.yaml --figures svg,p', ['svg,png', 'svg,pdf']],
  ['show fig1', ['fig10', 'fig11', 'fig11-full-load', 'fig12']],
  ['sweep no-such --vary c', []],
  ['sweep snort -o da', []],
])('%s: %j', async (line, expected) => expect(await words(line)).toEqual(expected));

describe('sweep paths', () => {
  const source = findSweep('snort');
  const { definition } = source;
  const paths = listPaths(source);

  test('all are paths that a sweep takes, with the value that the experiment has', () => {
    const known = knownPaths({ ...definition.variants[0]?.settings });
    for (const { path } of paths)
      expect(resolvePath('--set', path, known).steps.join('.')).toBe(path);
    const byPath = new Map(paths.map((one) => [one.path, one]));
    expect(byPath.get('cages.cage.cap')).toMatchObject({ type: 'integer', value: 50 });
    expect(byPath.get('clients.httperf.tick')).toMatchObject({ type: 'duration', value: '1ms' });
    // Plain offload gives the VM a cap of its own, which an enforced cage does not allow.
    expect(byPath.get('cages.cage.enforce')?.options).toEqual(['false']);
    expect(byPath.get('machine_values.pcpus')).toMatchObject({ type: 'integer', value: 1 });
    const { value } = definition.variants[0]!.machine.costs.snort_packet;
    expect(byPath.get('machine_values.snort_packet')).toMatchObject({ allowed: 'us', value });
    // Of another program than Snort.
    expect(byPath.has('processes.snort.limit')).toBe(false);
  });

  test.each(experimentNames())('%s takes every value of every choice that needs no other', (id) => {
    const own = findSweep(id);
    const taken = new Map(listPaths(own).map(({ path, options }) => [path, options]));
    const { variants } = own.definition;
    const schedulers = new Set(variants.map(({ input }) => input.hypervisor.scheduler));
    for (const { path, options } of possiblePaths(own)) {
      if (path.endsWith('.sedf.extratime')) continue;
      // Where variants have different schedulers, what suits one of them does not suit another.
      if (path.startsWith('hypervisor.') && schedulers.size > 1) continue;
      // What a process is hangs together with who speaks of it, what a cage enforces with caps, the
      // hypervisor's scheduler with both; a load that is replayed needs its file, what is aligned
      // to ticks an exact clock and a scheduler that has some, a share of SEDF a slice, and LRP a
      // domain that forwards no packets.
      const needsOthers = [
        /\.(program|enforce|clock|align|network\.input)$/,
        /^clients\..*\.kind$/,
        /^hypervisor\.scheduler$/,
      ].some((pattern) => pattern.test(path));
      const isFree = !needsOthers;
      if (isFree) expect([path, taken.get(path)]).toEqual([path, options]);
      else expect(taken.get(path)?.length).toBeGreaterThan(0);
    }
  });

  test('a kind brings the defaults of its fields, and leaves those of the other kinds', () => {
    const windowOf = (name: string, set: string[], vary: string[] = []) => {
      const flags = { set, vary, zip: [], seed: 1, variants: [], metrics: [], chart: [] };
      const { work } = planSweep(sweepRequest(findSweep(name), flags));
      const [variant] = definitionAt(work.points, 0, new DefinitionFiles()).variants;
      return variant?.input.cages[0]?.idsWindow;
    };
    const kind = 'ids_window.kind';
    expect(windowOf('snort', [`${kind}=ema`])).toEqual({ kind: 'ema', weight: 0.2 });
    const sliding = { kind: 'sliding', windowNs: 300e6 };
    expect(windowOf('snort', [`${kind}=sliding`])).toEqual(sliding);
    // Its variants have weights.
    expect(windowOf('ids-window', [`${kind}=sliding`])).toEqual(sliding);
    expect(windowOf('ids-window', [], [`${kind}=period,sliding`])).toEqual({ kind: 'period' });
    const weight = 'ids_window.weight=0.3';
    expect(windowOf('ids-window', [weight], [`${kind}=ema`])).toMatchObject({ weight: 0.3 });
    // A value that somebody sets to no effect is refused.
    expect(() => windowOf('ids-window', [weight], [`${kind}=period`])).toThrow(/weight/);
  });

  test('as text and as JSON', async () => {
    const { stdout } = await offloadcage(['sweep', 'paths', 'snort']);
    for (const { path } of paths) expect(stdout).toContain(path);
    const json = JSON.parse((await offloadcage(['sweep', 'paths', 'snort-cap', '--json'])).stdout);
    expect(json).toEqual(JSON.parse(JSON.stringify({ experiment: 'snort', paths })));
  });
});

describe('autocomplete', () => {
  let home: string;
  const script = (name: string) => join(home, 'offloadcage/autocomplete/functions', name);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'offloadcage-complete-'));
    const { status } = await offloadcage(['autocomplete', 'bash'], {
      env: { XDG_CACHE_HOME: home },
    });
    expect(status).toBe(0);
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('bash: Tab after a path’s beginning, and after an equals sign', () => {
    const run = `offloadcage() { "${process.execPath}" "${join(root, 'bin/run.js')}" "$@"; }`;
    const tab = (line: string, breaks: string) =>
      `COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${breaks}) ` +
      `COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _offloadcage_words; echo "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync(
      'bash',
      [
        '-c',
        [
          `${run}; compopt() { :; }; source '${script('bash/offloadcage.bash')}'`,
          tab('offloadcage sweep snort --vary cage.c', 'offloadcage sweep snort --vary cage.c'),
          tab(
            'offloadcage sweep snort --set=cage.enf',
            "offloadcage sweep snort --set '=' cage.enf",
          ),
          tab(
            'offloadcage sweep snort --set cage.enforce=',
            "offloadcage sweep snort --set cage.enforce '='",
          ),
        ].join('\n'),
      ],
      { encoding: 'utf8' },
    );
    expect(stdout.split('\n')).toEqual(['cage.cap= cage.counts=', 'cage.enforce=', 'false', '']);
  });

  test('zsh has a script that asks the same', () => {
    expect(existsSync(script('zsh/_offloadcage'))).toBe(true);
    expect(readFileSync(script('zsh/_offloadcage'), 'utf8')).toMatch(/autocomplete words -- /);
  });

  test('fish: Tab after a path’s beginning, and a file where nothing is known', async (context) => {
    if (spawnSync('fish', ['--version']).error) return context.skip('fish is not installed');
    const { stdout: completion } = await offloadcage(['autocomplete', 'fish']);
    const script = [
      `function offloadcage; "${process.execPath}" "${join(root, 'bin/run.js')}" $argv; end`,
      completion,
      "complete -C 'offloadcage sweep snort --vary cage.c'",
      "complete -C 'offloadcage sweep snort-cap --vary=cage.ca'",
      "complete -C 'offloadcage run CHANGE'",
    ].join('\n');
    const { stdout } = spawnSync('fish', ['-c', script], {
      cwd: root,
      env: { ...process.env, HOME: home },
      encoding: 'utf8',
    });
    expect(stdout.split('\n')).toEqual([
      'cage.cap=',
      'cage.counts=',
      '--vary=cage.cap=',
      'CHANGELOG.md',
      '',
    ]);
  });
});
