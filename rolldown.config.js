import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

/** One entry for every TypeScript file in a folder of `src`. */
const entriesOf = (folder) =>
  readdirSync(new URL(`src/${folder}/`, import.meta.url), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/').slice(0, -'.ts'.length)}`)
    .map((path) => [path, `src/${path}.ts`]);

const installed = (file) => fileURLToPath(new URL(`node_modules/${file}`, import.meta.url));

/**
 * Bundles what would otherwise be loaded as hundreds of small modules. The simulation is faster,
 * too: V8 neither folds constants nor resolves functions across modules that are loaded one by one.
 *
 * oclif loads commands and hooks by their path, hence an entry each. The workers lie next to
 * the chunks, as `run/run-pool.ts` looks for them beside itself.
 */
export default defineConfig({
  // Not 'node', which would put an import of Node into what definitions need: browsers read those.
  platform: 'neutral',
  input: {
    ...Object.fromEntries([...entriesOf('commands'), ...entriesOf('hooks')]),
    'cli/errors': 'src/cli/errors.ts',
    'output/stdout': 'src/output/terminal/stdout.ts',
    runner: 'src/run/runner.ts',
    'resolved-experiments': 'src/files/resolved-experiments.ts',
    worker: 'src/run/worker.ts',
    'sweep-worker': 'src/sweep/sweep-worker.ts',
    // The library's entries, which `package.json` exports.
    index: 'src/library/index.ts',
    definition: 'src/definition/index.ts',
    model: 'src/model/index.ts',
  },
  // All but Node itself load files of their own by path.
  external: [
    /^node:/,
    /^@oclif\//,
    'tinypool',
    '@resvg/resvg-js',
    'pdfkit',
    'svg-to-pdfkit',
  ],
  // What definitions need is loaded without Node, too: these have a build that does.
  resolve: {
    mainFields: ['main', 'module'],
    conditionNames: ['node', 'import', 'default'],
    alias: {
      yaml: installed('yaml/browser/index.js'),
      'fastest-levenshtein': installed('fastest-levenshtein/esm/mod.js'),
    },
  },
  optimization: { inlineConst: { mode: 'all', pass: 3 } },
  output: { dir: 'dist', chunkFileNames: '[name]-[hash].js', cleanDir: true },
});
