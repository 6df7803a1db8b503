/**
 * Builds `dist/`, the manifest and the manual page. Says nothing unless a step fails, and then all
 * that it said.
 * npm runs it, so the steps are on the PATH.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manualPage } from './man.js';

const root = resolve(import.meta.dirname, '..');

// A former manifest would hide commands that are new.
rmSync(resolve(root, 'oclif.manifest.json'), { force: true });
for (const step of ['tsc', 'rolldown -c', 'tsc -p tsconfig.types.json', 'oclif manifest']) {
  const { status, signal, error, stdout, stderr } = spawnSync(step, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    shell: true,
  });
  if (status === 0) continue;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  process.stderr.write(`build: ${step} failed: ${error?.message ?? signal ?? `code ${status}`}\n`);
  process.exit(status || 1);
}
writeCommonJs(resolve(root, 'dist'));
await writeExperiments(resolve(root, 'dist'));
writeManual();

/**
 * The library for `require`: the same modules, which Node loads in this way, too, and declarations
 * that TypeScript takes for CommonJS because of the folder that they are in.
 */
function writeCommonJs(dist) {
  const folder = resolve(dist, 'cjs');
  mkdirSync(folder);
  writeFileSync(resolve(folder, 'package.json'), '{"type":"commonjs"}\n');
  for (const entry of ['index', 'definition', 'model']) {
    writeFileSync(resolve(folder, `${entry}.js`), `module.exports = require('../${entry}.js');\n`);
  }
  cpSync(resolve(dist, 'types'), resolve(folder, 'types'), { recursive: true });
}

/** The shipped experiments, checked and resolved: commands need not do that each time. */
async function writeExperiments(dist) {
  const program = pathToFileURL(resolve(dist, 'resolved-experiments.js'));
  const { resolvedFiles } = await import(program.href);
  const folder = resolve(dist, 'experiments');
  mkdirSync(folder);
  for (const { name, content } of resolvedFiles()) writeFileSync(resolve(folder, name), content);
}

/** The page that `man` shows if the package is installed globally. */
function writeManual() {
  const read = (file) => JSON.parse(readFileSync(resolve(root, file), 'utf8'));
  const { version, oclif } = read('package.json');
  const page = manualPage(read('oclif.manifest.json'), { ...oclif, version });
  mkdirSync(resolve(root, 'man'), { recursive: true });
  writeFileSync(resolve(root, `man/${oclif.bin}.1`), page);
}
