import { Flags } from '@oclif/core';
import { allOf } from '../../base/all-of.js';
import { InputError } from '../../base/input-error.js';
import type { Shard } from '../../sweep/part-file.js';
import { forceFlag } from '../output/force-flag.js';
import type { FormatFlag } from './sweep-table.js';

/** How a sweep's table looks. */
export const tableFlags = {
  out: Flags.string({ char: 'o', helpValue: 'FILE', summary: 'Output; - for stdout.' }),
  format: Flags.option({
    options: allOf<FormatFlag>({
      wide: true,
      long: true,
      csv: true,
      jsonl: true,
      xlsx: true,
      parquet: true,
    }),
  })({
    summary: 'wide: one column per metric; long: one row per metric; others: wide, as such a file.',
    description:
      'With wide or long the ending of --out tells the kind of file: .csv or .jsonl, either also ' +
      'with .gz; .xlsx or .parquet. Without an ending it is CSV.',
    default: 'wide',
  }),
  aggregate: Flags.boolean({
    summary: 'Mean, sd and 95% interval over the seeds.',
    default: false,
  }),
  force: forceFlag,
  chart: Flags.string({
    helpValue: 'A,B',
    summary: 'Metrics to draw over one or two parameters (default: a telling one).',
  }),
  'no-charts': Flags.boolean({ summary: 'Print no charts; the SVG file is written all the same.' }),
  quiet: Flags.boolean({ summary: 'No progress, table or charts.' }),
};

/** The names in a list such as `throughput_rps,total_cpu_pct`. */
export function namesIn(list: string | undefined): string[] {
  return (list ?? '').split(',').filter((name) => name !== '');
}

/**
 * Part and number of parts of `2/8`.
 * @throws InputError
 */
export function shardOf(text: string): Shard {
  const [, first = '', second = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { part: Number(first), of: Number(second) };
  if (shard.part < 1 || shard.part > shard.of) {
    const allowed = 'i/n with 1 <= i <= n, e.g. 2/8';
    throw new InputError(`--shard: got ${JSON.stringify(text)}; allowed: ${allowed}`);
  }
  return shard;
}
