import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Commands are tested as what is below them in `src/cli`, too. */
const FOLDERS = { cli: ['cli', 'commands'], commands: ['cli', 'commands'], hooks: ['commands'] };

const floors = process.env.MUTATED_FLOORS?.split(',') ?? [];
const folders = [...new Set(floors.flatMap((floor) => FOLDERS[floor] ?? [floor]))];

/** The built program has no mutants in it, and a process of its own would not know which is on. */
const needsProcess = (file) => /\bspawn\(|offloadcageProcess\(|\bdist\b/.test(readFileSync(file));

/**
 * The tests of the floors whose files `npm run mutate` changes. The model comes in modules, not
 * in one piece, so that it is known which tests have to do with which file.
 */
export default defineConfig({
  test: {
    include: folders
      .flatMap((folder) =>
        readdirSync(`test/${folder}`, { recursive: true }).map((file) =>
          join('test', folder, file),
        ),
      )
      .filter((file) => file.endsWith('.test.ts') && !needsProcess(file)),
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
