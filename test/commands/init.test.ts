import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { definitionJsonSchema, machineJsonSchema } from '../../src/definition/json-schema.js';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionHash } from '../../src/run/definition-hash.js';
import { bin, offloadcage } from './offloadcage.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'offloadcage-init-'));
});

afterEach(() => rmSync(cwd, { recursive: true, force: true }));

describe('init', () => {
  test('writes a definition that runs as it is, with its schema', async () => {
    const { status, stdout } = await offloadcage(['init', 'my-first'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('offloadcage run my-first.yaml');
    expect(readdirSync(cwd).sort()).toEqual(['my-first.yaml', 'offloadcage.schema.json']);
    const schema = JSON.parse(readFileSync(join(cwd, 'offloadcage.schema.json'), 'utf8'));
    expect(schema).toEqual({ written_by: 'offloadcage init', ...definitionJsonSchema() });
    const run = await offloadcage(['run', 'my-first.yaml', '--duration', '2', '--seeds', '1'], {
      cwd,
    });
    expect(run.stderr).toContain('results/my-first');
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('Figure 1: ');
  });

  test('--from copies a shipped experiment, and --machine its machine: the same runs', async () => {
    for (const definition of loadCatalog()) {
      const { id } = definition;
      const outcome = await offloadcage(['init', `my-${id}`, '--from', id, '--machine'], { cwd });
      expect([outcome.stderr, outcome.status]).toEqual(['', 0]);
      const copy = loadDefinition(join(cwd, `my-${id}.yaml`));
      expect(copy.id).toBe(`my-${id}`);
      for (const { machineName } of copy.variants)
        expect(machineName).toBe(`my-${id}-machine.yaml`);
      expect(definitionHash({ ...copy, id })).toBe(definitionHash(definition));
      const { stdout } = await offloadcage(['init', id, '--from', id], { cwd });
      expect(stdout).toBe(
        `wrote ${id}.yaml and offloadcage.schema.json\nNext: offloadcage run ${id}.yaml\n`,
      );
      expect(definitionHash(loadDefinition(join(cwd, `${id}.yaml`)))).toBe(
        definitionHash(definition),
      );
    }
    const schema = JSON.parse(readFileSync(join(cwd, 'offloadcage.machine.schema.json'), 'utf8'));
    expect(schema).toEqual({ written_by: 'offloadcage init', ...machineJsonSchema() });
    const [first] = readFileSync(join(cwd, 'my-snort-machine.yaml'), 'utf8').split('\n', 1);
    expect(first).toBe('# yaml-language-server: $schema=offloadcage.machine.schema.json');
  });

  test('a cost of the copied machine counts, and a changed copy is kept', async () => {
    const init = ['init', 'mine', '--machine'];
    expect((await offloadcage(init, { cwd })).stdout).toBe(
      'wrote mine.yaml, mine-machine.yaml, offloadcage.schema.json and ' +
        'offloadcage.machine.schema.json\nNext: offloadcage run mine.yaml\n',
    );
    const machine = join(cwd, 'mine-machine.yaml');
    const text = readFileSync(machine, 'utf8');
    writeFileSync(machine, text.replace('value: 48.7', 'value: 50'));
    const costOf = () => loadDefinition(join(cwd, 'mine.yaml')).variants[0]?.machine.costs;
    expect(costOf()?.web_request?.value).toBe(50);
    const refused = await offloadcage(init, { cwd });
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/^offloadcage: mine-machine\.yaml: got a machine not written by/),
    ]);
    expect((await offloadcage([...init, '--force'], { cwd })).status).toBe(0);
    expect(costOf()?.web_request?.value).toBe(48.7);
  });

  test.each([
    ['snrot', 'did you mean snort\\? allowed: an experiment that'],
    ['fig4', 'allowed: an experiment that `offloadcage list` shows'],
    ['../snort', 'allowed: an experiment'],
  ])('refuses --from %s', async (from, message) => {
    const { status, stderr } = await offloadcage(['init', 'mine', '--from', from], { cwd });
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(`--from: got "${from}"; .*${message}`),
    ]);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('every variant of it changes what its figure shows', async () => {
    await offloadcage(['init', 'my-first'], { cwd });
    const { stdout } = await offloadcage(['run', 'my-first.yaml', '--seeds', '2', '--json'], {
      cwd,
    });
    const { variants } = JSON.parse(stdout);
    const neighbour = (id: string) => variants[id].summary.domain_neighbour_cpu_pct.mean;
    // In a cage, the neighbour has what it was promised; a VM's own cap is not enough.
    expect(neighbour('caged')).toBeGreaterThan(50);
    expect(neighbour('uncaged')).toBeLessThan(50);
  });

  test('may be said again, also for another definition beside it', async () => {
    for (const name of ['one', 'one', 'two']) {
      expect((await offloadcage(['init', name], { cwd })).status).toBe(0);
    }
    expect(readdirSync(cwd).sort()).toEqual(['offloadcage.schema.json', 'one.yaml', 'two.yaml']);
  });

  test('replaces a schema of an older version, and one of others with --force only', async () => {
    const schema = join(cwd, 'offloadcage.schema.json');
    writeFileSync(schema, '{ "written_by": "offloadcage init" }');
    expect((await offloadcage(['init', 'one'], { cwd })).status).toBe(0);
    writeFileSync(schema, '{}');
    const refused = await offloadcage(['init', 'two'], { cwd });
    expect(refused.stderr).toMatch(/^offloadcage: offloadcage\.schema\.json: got a file not writ/);
    expect([refused.status, readdirSync(cwd)]).toEqual([
      2,
      ['offloadcage.schema.json', 'one.yaml'],
    ]);
    expect((await offloadcage(['init', 'two', '--force'], { cwd })).status).toBe(0);
    expect(readFileSync(schema, 'utf8').length).toBeGreaterThan(1000);
  });

  test('writes both files or none, names the one that fails, and may be tried again', async () => {
    // A limit on the size of files stops the writing as a full disk does.
    const limited = spawnSync('sh', ['-c', 'ulimit -f 20 && exec "$@"', 'sh', bin, 'init', 'one'], {
      cwd,
      encoding: 'utf8',
    });
    expect(limited.stderr).toMatch(/^offloadcage: offloadcage\.schema\.json: cannot write: .*\n$/);
    expect([limited.status, readdirSync(cwd)]).toEqual([1, []]);
    mkdirSync(join(cwd, 'offloadcage.schema.json'));
    const blocked = await offloadcage(['init', 'one', '--force'], { cwd });
    expect(blocked.stderr).toMatch(/offloadcage\.schema\.json: cannot write: a folder is in the/);
    expect([blocked.status, readdirSync(cwd)]).toEqual([2, ['offloadcage.schema.json']]);
    rmSync(join(cwd, 'offloadcage.schema.json'), { recursive: true });
    expect((await offloadcage(['init', 'one'], { cwd })).status).toBe(0);
  });

  test('does not overwrite a definition that was changed', async () => {
    writeFileSync(join(cwd, 'mine.yaml'), 'mine');
    const { status, stdout, stderr } = await offloadcage(['init', 'mine'], { cwd });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'offloadcage: mine.yaml: got a definition not written by this command line; ' +
        'allowed: another name or folder, or --force to replace it\n',
    );
    expect(readFileSync(join(cwd, 'mine.yaml'), 'utf8')).toBe('mine');
    expect(readdirSync(cwd)).toEqual(['mine.yaml']);
  });

  test.each(['', '../up', 'Upper', 'a b', 'x.yaml', '-x', 'ä'])(
    'refuses the name %j',
    async (name) => {
      const { status, stderr } = await offloadcage(['init', '--', name], { cwd });
      expect(status).toBe(2);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(readdirSync(cwd)).toEqual([]);
    },
  );
});
