import { defineConfig } from 'rolldown';
import shipped from '../rolldown.config.js';

/** Bundles the benchmarks as the package is: they measure what is shipped. */
export default defineConfig({
  ...shipped,
  input: ['bench/main.ts', 'bench/one.ts', 'bench/snort-memory.ts'],
  output: { dir: 'build/bench', chunkFileNames: '[name]-[hash].js' },
});
