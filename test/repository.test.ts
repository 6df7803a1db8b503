/** Rules that the repository keeps about itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const generated = new Set(['.git', 'node_modules', 'dist', 'build', 'coverage', 'man']);

const files = filesUnder(root).sort();
const sources = files.filter((file) => /^(src|test|bench|bin|scripts)\/.*\.(ts|js)$/.test(file));
const textFiles = files.filter((file) => extname(file) !== '.gz');

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (generated.has(entry.name) || entry.name === 'oclif.manifest.json') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() && !entry.name.endsWith('.tgz') ? [relative(root, path)] : [];
  });
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** `file:line: text` of every line that the predicate finds. */
function linesWhere(among: readonly string[], wrong: (line: string) => boolean): string[] {
  return among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (wrong(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

interface Import {
  readonly file: string;
  /** A package, `node:fs`, or a path from the root such as `src/model/index.js`. */
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"\s]+)['"]/g;
  return [...read(file).matchAll(pattern)].map(([, specifier = '']) => ({
    file,
    target: specifier.startsWith('.') ? join(dirname(file), specifier) : specifier,
  }));
}

/** The folder under `src/` on whose floor a file is. */
const floorOf = (path: string): string => path.split('/')[1] ?? '';

/** What each folder of `src/` may import, besides itself. */
const allowedBelow: Readonly<Record<string, readonly string[]>> = {
  commands: ['cli', 'output', 'claims', 'sweep', 'run', 'measure', 'files', 'definition', 'base'],
  hooks: ['cli', 'files', 'base'],
  library: ['run', 'measure', 'files', 'definition', 'model', 'base'],
  cli: ['output', 'claims', 'sweep', 'run', 'measure', 'files', 'definition', 'model', 'base'],
  output: ['claims', 'sweep', 'run', 'measure', 'files', 'definition', 'base'],
  claims: ['run', 'measure', 'files', 'definition', 'base'],
  sweep: ['run', 'measure', 'files', 'definition', 'base'],
  run: ['measure', 'files', 'definition', 'model', 'base'],
  measure: ['files', 'definition', 'model', 'base'],
  files: ['definition', 'base'],
  definition: ['model', 'base'],
  model: [],
  base: [],
};

describe('floors', () => {
  const imports = sources.filter((file) => file.startsWith('src/')).flatMap(importsOf);

  test('are in an order: none may import one that may import it', () => {
    const mutual = Object.entries(allowedBelow).flatMap(([floor, below]) =>
      below.filter((one) => allowedBelow[one]?.includes(floor)).map((one) => [floor, one]),
    );
    expect(mutual).toEqual([]);
  });

  test('are in docs/developing.md as they are here', () => {
    const rows = [...read('docs/developing.md').matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)];
    const documented = rows.map(([, floor = '', below = '']) => [floor, below]);
    const here = Object.entries(allowedBelow);
    expect(documented).toEqual(
      here.map(([floor, below]) => [floor, below.join(', ') || 'nothing']),
    );
  });

  test('imports only point down', () => {
    const upward = imports.filter(({ file, target }) => {
      if (!target.startsWith('src/')) return false;
      const from = floorOf(file);
      const to = floorOf(target);
      return from !== to && !(allowedBelow[from] ?? []).includes(to);
    });
    expect(upward).toEqual([]);
  });

  test('so do those between the folders of the model', () => {
    // From the top; what lies in `src/model/` itself puts the machine together.
    const order = [
      'trace',
      'assembly',
      'programs',
      'clients',
      'cage',
      'devices',
      'guest',
      'hypervisor',
      'engine',
    ];
    const rank = (path: string) => order.indexOf(path.split('/')[2] ?? '');
    const upward = imports.filter(({ file, target }) => {
      if (rank(file) < 0 || !target.startsWith('src/model/')) return false;
      const isFolder = target.split('/').length > 3;
      return isFolder && rank(target) < rank(file);
    });
    expect(upward).toEqual([]);
  });

  test('the model is entered by its doors only', () => {
    const doors = ['index', 'input', 'instruments', 'limits', 'quantities', 'result', 'series'].map(
      (door) => `src/model/${door}.js`,
    );
    const besides = imports.filter(
      ({ file, target }) =>
        !file.startsWith('src/model/') &&
        target.startsWith('src/model/') &&
        !doors.includes(target),
    );
    expect(besides).toEqual([]);
  });

  test('the model takes nothing from outside but the random generator', () => {
    const outside = imports.filter(
      ({ file, target }) =>
        file.startsWith('src/model/') &&
        !target.startsWith('src/model/') &&
        !/^pure-rand(\/|$)/.test(target),
    );
    expect(outside).toEqual([]);
  });

  test('definitions are checked without Node', () => {
    // Through all that they import: a text comes in, an input of the model goes out.
    const libraries = ['zod', 'yaml', 'fastest-levenshtein', 'pure-rand'];
    const seen = new Set(sources.filter((file) => file.startsWith('src/definition/')));
    const outside: Import[] = [];
    for (const file of seen) {
      for (const one of importsOf(file)) {
        const path = one.target.replace(/\.js$/, '.ts');
        if (path.startsWith('src/')) seen.add(path);
        else if (!libraries.includes(one.target.split('/')[0] ?? '')) outside.push(one);
      }
    }
    expect(outside).toEqual([]);
  });

  test('the model knows no clock, environment, terminal or unseeded randomness', () => {
    const model = sources.filter((file) => file.startsWith('src/model/'));
    // A simulated process may be called `process`: only what Node's own has counts.
    const reach =
      /\bprocess\.(env|arg|exit|hrtime|std|cwd|pid|platform|versions?|memory|cpuUsage|uptime|on\b)/;
    const ambient = /\b(globalThis|Date\b|Math\.random|performance\b|console\.|require\()/;
    // Comments may speak of a process or of performance.
    const isCode = (line: string) => !/^\s*(\*|\/\*|\/\/)/.test(line);
    expect(
      linesWhere(model, (line) => isCode(line) && (reach.test(line) || ambient.test(line))),
    ).toEqual([]);
  });
});

describe('source files', () => {
  test('lines have at most 100 columns', () => {
    expect(linesWhere(sources, (line) => [...line].length > 100)).toEqual([]);
  });

  test('files have at most 400 lines', () => {
    expect(sources.filter((file) => read(file).split('\n').length > 401)).toEqual([]);
  });

  test('no marks of unfinished work', () => {
    const marks = /\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/;
    expect(linesWhere(textFiles, (line) => marks.test(line))).toEqual([]);
  });

  test('no `any` type', () => {
    const anyType = /(:|<|\bas|\|)\s*any\b(?!thing|\s+\w+ing)\s*([;,)>\]=|[]|$)/;
    const typed = sources.filter((file) => file.endsWith('.ts'));
    expect(linesWhere(typed, (line) => !/^\s*(\*|\/)/.test(line) && anyType.test(line))).toEqual(
      [],
    );
  });

  test('what is exported says what it is for', () => {
    const exported = /^export (default )?(abstract )?(async )?(function\*?|class) /;
    const silent = sources
      .filter((file) => /^src\/(?!model\/).*\.ts$/.test(file))
      .flatMap((file) => {
        const lines = read(file).split('\n');
        const isSilent = (line: string, i: number) =>
          exported.test(line) && !lines[i - 1]?.endsWith('*/');
        return lines.filter(isSilent).map((line) => `${file}: ${line}`);
      });
    expect(silent).toEqual([]);
  });

  test('no test is skipped, focused or unable to fail', () => {
    const tests = sources.filter((file) => file.endsWith('.test.ts'));
    const idle = /\b(?:test|it|describe)\.(?:skip|only|todo|skipIf|runIf)\b|expect\((?:true|1)\)\./;
    const self = 'test/repository.test.ts';
    expect(
      linesWhere(
        tests.filter((file) => file !== self),
        (line) => idle.test(line),
      ),
    ).toEqual([]);
  });
});

describe('what is published', () => {
  test('docs/developing.md names files and scripts that there are', () => {
    const text = read('docs/developing.md');
    const paths = [...text.matchAll(/`((?:src|test|experiments|docs|results)\/[\w./-]+)`/g)];
    expect(
      paths.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path))),
    ).toEqual([]);
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...text.matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('no path of a developer’s machine', () => {
    const local = /(^|[^\w.])\/(work|home|farm|Users|root)\//;
    const self = 'test/repository.test.ts';
    expect(
      linesWhere(
        textFiles.filter((file) => file !== self),
        (l) => local.test(l),
      ),
    ).toEqual([]);
  });

  test('the lock file names no registry', () => {
    expect(linesWhere(['package-lock.json'], (line) => line.includes('"resolved": "http'))).toEqual(
      [],
    );
    expect(linesWhere(['.npmrc'], (line) => line.includes('registry='))).toEqual([]);
  });

  test('the lock file knows the optional packages of all platforms, or `npm ci` refuses it', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const names = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ''));
    const wanted = Object.entries<{ optionalDependencies?: object }>(packages).flatMap(
      ([path, { optionalDependencies = {} }]) =>
        path === '' ? [] : Object.keys(optionalDependencies),
    );
    expect(wanted.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('package.json, CITATION.cff and CHANGELOG.md agree on the version', () => {
    const { version } = JSON.parse(read('package.json'));
    expect(read('CITATION.cff')).toContain(`\nversion: ${version}\n`);
    expect(read('CHANGELOG.md')).toContain(`\n## ${version}`);
  });
});
