import type { RunResult } from '../../src/model/index.js';

/** Sum of a series over all samples. */
export function total(result: RunResult, key: string): number {
  const series = result.series.find((one) => one.key === key);
  if (series === undefined) throw new Error(`no series ${key}`);
  return series.values.reduce((sum, value) => sum + value, 0);
}

/** A time series' share of the measured time, in percent of one PCPU. */
export function percent(result: RunResult, key: string): number {
  return (100 * total(result, key)) / (result.samples * result.sampleNs);
}

/** A count's mean rate per second. */
export function perSecond(result: RunResult, key: string): number {
  return (1e9 * total(result, key)) / (result.samples * result.sampleNs);
}

export function counter(result: RunResult, name: string): number {
  const found = result.counters.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no counter ${name}`);
  return found.count;
}
