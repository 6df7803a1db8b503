/** `node one.js NAME`: measures one benchmark of `benchmarks.ts` and prints it as JSON. */
import { tuneCompiler } from '../src/run/compiler-flags.js';
import { benchmarks } from './benchmarks.js';

tuneCompiler();
const benchmark = benchmarks[process.argv[2] ?? ''];
if (benchmark === undefined) throw new Error(`no benchmark ${process.argv[2]}`);
process.stdout.write(JSON.stringify(benchmark()));
