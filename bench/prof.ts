import { findExperiment } from '../src/files/experiment-catalog.js';
import { simulate } from '../src/model/index.js';
import { tuneCompiler } from '../src/run/compiler-flags.js';
tuneCompiler();
const id = process.argv[2];
const rounds = Number(process.argv[3] ?? 3);
const { variants } = findExperiment('snort');
const v = variants.find((one) => one.id === id)!;
simulate(v.input, 1);
const times: number[] = [];
let events = 0;
for (let i = 0; i < rounds; i++) {
  const a = process.cpuUsage();
  events = simulate(v.input, 1).events;
  const b = process.cpuUsage(a);
  times.push((b.user + b.system) / 1e6);
}
const s = (v.input.warmupNs + v.input.durationNs) / 1e9;
times.sort((x, y) => x - y);
console.log(id, (s / times[0]!).toFixed(1), (s / times[times.length >> 1]!).toFixed(1), (events / s).toFixed(0), 'events/s');
