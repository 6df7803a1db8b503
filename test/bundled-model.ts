import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vitest/config';

const MODEL = fileURLToPath(new URL('../src/model/index.ts', import.meta.url));

/**
 * Gives tests the model as the package has it: in one piece, with its constants in place.
 * Simulations take a third of the time that they take in modules that are loaded one by one. Tests
 * of parts of the model import these from the source as ever.
 */
export const bundledModel: Plugin = {
  name: 'bundled-model',
  async load(id) {
    if (id !== MODEL) return null;
    // As in rolldown.config.js.
    const optimization = { inlineConst: { mode: 'all', pass: 3 } } as const;
    const bundle = await rolldown({ input: MODEL, platform: 'node', optimization });
    const {
      output: [{ code, map, moduleIds }],
    } = await bundle.generate({ sourcemap: true });
    await bundle.close();
    for (const one of moduleIds) this.addWatchFile(one);
    return { code, map };
  },
};
