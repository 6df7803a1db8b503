/** What docs/sweeps.md says of the size of the page, from the shipped results. */
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { type Statement, says } from './statements.js';
import { resultOf, summaryOf, where } from './sweep-tables.js';

const PAGE = 'processes.web.page';
const rows = resultOf('page-size');

/** Sizes that were swept, in bytes, from the smallest. */
export const PAGES: readonly number[] = [...new Set(rows.map((row) => Number(row[PAGE])))];

/** The mean of a metric for pages of so many bytes. */
export const paged = (variant: string, page: number, metric: string): number =>
  summaryOf(where(rows, { variant, [PAGE]: String(page) }), metric).mean;

const { costs } = findExperiment('web-serving').variants[0]!.machine;
const { dom0_packet: dom0, guest_packet: guest, web_request: request } = costs;

/** What domain 0's part tends to: a segment and its acknowledgement, at so much a packet. */
export const LIMIT_PCT = (100 * dom0.value) / (dom0.value + guest.value);

export function pageSizeStatements(): Statement[] {
  const [small, large] = [PAGES[0]!, PAGES.at(-1)!];
  const dom0Pct = paged('gigabit', large, 'dom0_cpu_pct');
  const requestUs = 1e6 / paged('gigabit', large, 'throughput_rps');
  const kilobytes = (page: number) => (page + 230) / 1000;
  // At 1 ns a byte.
  const slower = 1 + kilobytes(large) / requestUs;
  const neededNs = (requestUs * (dom0Pct / 45 - 1)) / kilobytes(large);
  const ownUs = request.value + 10 * (dom0.value + guest.value);
  return [
    says`so its part tends to ${LIMIT_PCT.toFixed(0)}%`,
    says`carry ${paged('fast-ethernet', large, 'throughput_rps').toFixed(0)} pages of 70 KB`,
    says`With 1 KB that is ${kilobytes(small).toFixed(1)} of ${ownUs.toFixed(0)} us`,
    says`from ${dom0Pct.toFixed(0)} to ${(dom0Pct / slower).toFixed(0)}%, and costs
      ${(100 - 100 / slower).toFixed(0)}% of the replies`,
    says`would have to cost ${neededNs.toFixed(1)} ns`,
  ];
}
