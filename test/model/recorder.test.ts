/** What is recorded of a run: the same whichever part of it is measured. */
import { expect, it } from 'vitest';
import { type ModelInput, type RunResult, simulate } from '../../src/model/index.js';
import {
  COSTS,
  cage,
  domain,
  files,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  snort,
  tripwire,
  webServer,
} from './machine-input.js';
import { counter, total } from './readings.js';

/** Overloaded, so that everything is lost that can be. */
const BUSY: Partial<ModelInput> = {
  sampleNs: SECOND_NS / 10,
  costs: { ...COSTS, dom0PacketNs: 20_000 },
  domains: [domain('dom0'), domain('vm1', { capPct: 20 }), domain('vm2')],
  processes: [
    snort('dom0', 'vm1'),
    webServer('vm1', 10),
    tripwire('vm1', files(1000, 50_000)),
    loop('loop', 'vm2'),
  ],
  clients: [httperf(3000, { timeoutNs: SECOND_NS / 2 })],
  cages: [cage({ vms: ['vm1'], processes: ['snort'], capPct: 40 })],
};

/** Every number of a result by what it is of. */
function numbersOf({ series, histograms, ledger, runstates, counters }: RunResult) {
  const numbers = new Map<string, number>();
  const add = (name: string, value: number) => {
    expect(numbers.has(name)).toBe(false);
    numbers.set(name, value);
  };
  for (const { key, values } of series)
    add(
      key,
      values.reduce((sum, one) => sum + one, 0),
    );
  for (const { key, counts } of histograms) {
    for (const [bucket, count] of counts.entries()) add(`${key} ${bucket}`, count);
  }
  for (const { ns, ...row } of ledger) add(JSON.stringify(row), ns);
  for (const { domain: name, ...row } of runstates) {
    for (const [state, ns] of Object.entries(row)) add(`${name} ${state}`, ns);
  }
  for (const { name, count } of counters) add(name, count);
  return numbers;
}

it('two parts of a run add up to the whole', () => {
  const part = (fromS: number, seconds: number) =>
    simulate(
      machineInput({ ...BUSY, warmupNs: fromS * SECOND_NS, durationNs: seconds * SECOND_NS }),
      1,
    );
  const [whole, first, second] = [part(0, 3), part(0, 2), part(2, 1)];
  const [wholes, firsts, seconds] = [whole, first, second].map(numbersOf) as [
    Map<string, number>,
    Map<string, number>,
    Map<string, number>,
  ];
  expect(wholes.size).toBeGreaterThan(100);
  for (const [name, value] of wholes) {
    const sum = (firsts.get(name) ?? 0) + (seconds.get(name) ?? 0);
    expect([name, sum]).toEqual([name, value]);
  }
  whole.series.forEach(({ key, values }, i) => {
    const parts = [first, second].map((one) => one.series[i]!);
    expect(parts.map((one) => one.key)).toEqual([key, key]);
    expect(parts.flatMap((one) => [...one.values])).toEqual([...values]);
  });
  expect([whole.samples, first.samples, second.samples]).toEqual([30, 20, 10]);
});

it('a domain has lost the packets that its vif has', () => {
  const result = simulate(machineInput(BUSY), 1);
  const lost = ['vif queue full', 'guest receive ring full', 'guest transmit queue full'] as const;
  const counts = lost.map((name) => counter(result, name));
  expect(counts[0]).toBeGreaterThan(0);
  expect(total(result, 'domain:vm1:dropped')).toBe(counts.reduce((sum, count) => sum + count, 0));
  expect(total(result, 'domain:vm2:dropped')).toBe(0);
});
