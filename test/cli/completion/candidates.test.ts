/** What Tab offers, and that the shells ask for it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listPaths } from '../../../src/sweep/path-list.js';
import { knownPaths, resolvePath } from '../../../src/sweep/paths.js';
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
  ['sweep snort --set cage.enforce=', ['cage.enforce=true', 'cage.enforce=false']],
  ['sweep snort --zip vm1.scheduler=o1,c', ['vm1.scheduler=o1,cfs']],
  ['sweep snort --vary machine_values.snort', ['machine_values.snort_packet=']],
  ['sweep snort --metrics idle_pct,throughput', ['idle_pct,throughput_rps']],
  ['sweep --seeds 2 tripwire --variant law-paper-', ['law-paper-rate']],
  ['sweep snort --form', ['--format']],
  ['show fig1', ['fig10', 'fig11', 'fig11-full-load', 'fig12']],
  ['sweep no-such --vary c', []],
  ['sweep snort -o da', []],
])('%s: %j', async (line, expected) => expect(await words(line)).toEqual(expected));

describe('sweep paths', () => {
  const { definition } = findSweep('snort');
  const paths = listPaths(definition);

  test('all are paths that a sweep takes, with the value that the experiment has', () => {
    const known = knownPaths({ ...definition.variants[0]?.settings });
    for (const { path } of paths)
      expect(resolvePath('--set', path, known).steps.join('.')).toBe(path);
    const byPath = new Map(paths.map((one) => [one.path, one]));
    expect(byPath.get('cages.cage.cap')).toMatchObject({ type: 'number', value: 50 });
    expect(byPath.get('clients.httperf.tick')).toMatchObject({ type: 'duration', value: '1ms' });
    expect(byPath.get('cages.cage.enforce')?.options).toEqual(['true', 'false']);
    const { value } = definition.variants[0]!.machine.costs.snort_packet;
    expect(byPath.get('machine_values.snort_packet')).toMatchObject({ allowed: 'us', value });
    // Of another program than Snort.
    expect(byPath.has('processes.snort.limit')).toBe(false);
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
    expect(stdout.split('\n')).toEqual([
      'cage.cap= cage.counts=',
      'cage.enforce=',
      'true false',
      '',
    ]);
  });

  test('zsh has a script that asks the same', () => {
    expect(existsSync(script('zsh/_offloadcage'))).toBe(true);
    expect(readFileSync(script('zsh/_offloadcage'), 'utf8')).toMatch(/autocomplete words -- /);
  });
});
