/** The packed tarball, unpacked elsewhere with only its declared dependencies beside it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { dependencies, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

let place: string;
let installed: string;
let empty: string;

/** Runs the installed command in an empty folder. */
function offloadcage(...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1' };
  const bin = join(installed, 'bin/run.js');
  return spawnSync(process.execPath, [bin, ...args], { cwd: empty, env, encoding: 'utf8' });
}

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'offloadcage-pack-'));
  installed = join(place, 'node_modules/offloadcage');
  empty = join(place, 'empty');
  mkdirSync(empty);
  mkdirSync(installed, { recursive: true });
  // Without scripts: `npm test` has just built what gets packed.
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', place];
  execFileSync('npm', pack, { cwd: root });
  const tarball = join(place, `offloadcage-${version}.tgz`);
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of Object.keys(dependencies)) {
    const link = join(place, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'dir');
  }
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

describe('the packed tarball', () => {
  test('holds the program, its data and its manifest, and neither sources nor tests', () => {
    expect(readdirSync(installed).sort()).toEqual([
      'CHANGELOG.md',
      'CITATION.cff',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'docs',
      'experiments',
      'oclif.manifest.json',
      'package.json',
      'results',
    ]);
  });

  test('has whatever its documents link to or show', () => {
    const documents = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    );
    expect(documents.length).toBeGreaterThan(3);
    const targets = documents.flatMap((document) => {
      const text = readFileSync(join(installed, document), 'utf8');
      const found = text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g);
      return [...found].map(([, link = '', attribute = link]) => ({ document, link: attribute }));
    });
    expect(targets.filter(({ link }) => link.endsWith('.svg')).length).toBeGreaterThan(3);
    const missing = targets.filter(({ document, link }) => {
      const [path = ''] = link.split('#');
      const isOutside = /^[a-z]+:/.test(link);
      return !isOutside && !existsSync(join(installed, dirname(document), path));
    });
    expect(missing).toEqual([]);
  });

  test('has no script that an installer would ask about', () => {
    const { scripts } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    const asked = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(asked.filter((name) => name in scripts)).toEqual([]);
  });

  test('has a manifest with all commands, so that it starts fast', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'oclif.manifest.json'), 'utf8'));
    const ids = readdirSync(join(root, 'src/commands'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.slice(0, -'.ts'.length).replaceAll(/[\\/]/g, ':'))
      .map((id) => id.replace(/:index$/, ''));
    expect(Object.keys(manifest.commands).sort()).toEqual(ids.sort());
    expect(manifest.version).toBe(version);
  });

  test('finds its experiments from an empty folder', () => {
    const { status, stdout, stderr } = offloadcage('list');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\bsnort\b/);
    expect(status).toBe(0);
  });

  test('runs an experiment and writes its files below the current folder', () => {
    const args = ['reproduce', 'snort', '--seeds', '1', '--duration', '1', '--json'];
    const { status, stdout, stderr } = offloadcage(...args);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).files.length).toBeGreaterThan(0);
    expect(readdirSync(join(empty, 'results/snort'))).toContain('summary.csv');
  });
});
