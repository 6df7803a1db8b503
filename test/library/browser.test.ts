/** The entries without Node, bundled as for a page, where there is nothing but the language. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { afterAll, expect, test } from 'vitest';
import { loadExperiment, simulate } from '../../src/library/index.js';
import { root } from '../commands/offloadcage.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-page-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a script of a page has as its global `page` after it ran. */
async function ranInPage(code: string, globals: Record<string, unknown>): Promise<unknown> {
  const input = join(folder, 'page.js');
  writeFileSync(input, code.replaceAll("'offloadcage/", `'${root}/dist/`));
  const bundle = await rolldown({ input, platform: 'browser', external: /^node:/ });
  const { output } = await bundle.generate({ format: 'iife', codeSplitting: false });
  await bundle.close();
  const [{ code: script, imports }] = output;
  expect(imports).toEqual([]);
  const page = createContext(globals);
  runInContext(script, page);
  return page.page;
}

test('the model simulates the same run', async () => {
  const [variant] = loadExperiment('snort').variants;
  const input = { ...variant!.input, warmupNs: 1e9, durationNs: 1e9 };
  const code = `
    import { simulate } from 'offloadcage/model.js';
    const result = simulate(JSON.parse(input), 1);
    globalThis.page = JSON.stringify(result);`;
  const theirs = await ranInPage(code, { input: JSON.stringify(input) });
  expect(JSON.parse(theirs as string)).toEqual(JSON.parse(JSON.stringify(simulate(input, 1))));
});

test('a definition is checked and resolved', async () => {
  const loop = loadExperiment('loop');
  const code = `
    import { resolveDefinition, YamlFile } from 'offloadcage/definition.js';
    const text = 'id: a\\ntitle: A\\nduration: 2s\\ndomains: {vm1: {}}\\n' +
      'processes: {one: {program: loop, domain: vm1}}';
    const files = { machine: () => machine, recording: () => undefined };
    const definition = (text) =>
      resolveDefinition(new YamlFile({ name: 'a.yaml', folder: '', text }), files);
    let refused;
    try {
      definition(text.replace('loop', 'loup'));
    } catch ({ message }) {
      refused = message;
    }
    globalThis.page = { input: definition(text).variants[0].input, refused };`;
  const { input, refused } = (await ranInPage(code, {
    machine: loop.variants[0]?.machine,
  })) as Record<string, unknown>;
  expect(refused).toContain('a.yaml:5:28: processes.one.program: got "loup"');
  expect(JSON.parse(JSON.stringify(input))).toMatchObject({
    durationNs: 2e9,
    costs: loop.variants[0]?.input.costs,
    processes: [{ name: 'one', program: 'loop', domain: 'vm1' }],
  });
});
