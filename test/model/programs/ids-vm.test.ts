/** An IDS in a VM of its own: what it sees, and what the extra hop costs, by closed forms. */
import { describe, expect, it } from 'vitest';
import { type LedgerRow, type RunResult, simulate } from '../../../src/model/index.js';
import {
  COSTS,
  domain,
  EXACT,
  files,
  httperf,
  machineInput,
  SECOND_NS,
  snort,
  tripwire,
  webLoad,
  webServer,
} from '../machine-input.js';
import { counter, percent, perSecond, total } from '../readings.js';

const VMS = [domain('dom0'), domain('vm1'), domain('ids')];
const times = { warmupNs: SECOND_NS / 2, durationNs: 4 * SECOND_NS };

/** CPU time of the work that fits, in ns. */
function workNs({ ledger }: RunResult, fits: (row: LedgerRow) => boolean): number {
  return ledger.filter(fits).reduce((sum, { ns }) => sum + ns, 0);
}

const byName = (domainName: string, work: string) => (row: LedgerRow) =>
  row.domain === domainName && row.work === work && row.beneficiary === 'vm1';

describe('Snort in a VM of its own', () => {
  const run = () => {
    const result = simulate(webLoad(500, 'ids', { domains: VMS, ...times }), 1);
    return { result, seen: total(result, 'sniffer:snort:offered') };
  };

  it('sees the ten packets of each request, and no others', () => {
    const { result, seen } = run();
    const requests = total(result, 'client:httperf:replies');
    expect(requests).toBeGreaterThan(1900);
    expect(Math.abs(seen / requests - 10)).toBeLessThan(0.1);
    expect(total(result, 'sniffer:snort:missed')).toBe(0);
    expect(counter(result, 'guest receive ring full')).toBe(0);
  });

  it.each([
    ['bridge, copies', 'dom0', (COSTS.dom0PacketNs * COSTS.bridgeSharePct) / 100],
    ['netback, copies', 'dom0', (COSTS.dom0PacketNs * (100 - COSTS.bridgeSharePct)) / 100],
    ['netfront, copies', 'ids', COSTS.guestPacketNs],
    ['snort', 'ids', COSTS.snortPacketNs],
  ])('each packet costs once more for %s in %s, for the watched VM', (work, where, packetNs) => {
    const { result, seen } = run();
    // A few packets are on their way at both ends of the time that is measured.
    const packets = workNs(result, byName(where, work)) / packetNs;
    expect(Math.abs(packets - seen)).toBeLessThan(50);
  });

  it('costs the watched VM nothing, and domain 0 twice as much for packets', () => {
    const { result } = run();
    const inDom0 = simulate(webLoad(500, 'dom0', { domains: VMS, ...times }), 1);
    const vm = (of: RunResult) => percent(of, 'domain:vm1:cpu');
    const dom0 = (of: RunResult) => percent(of, 'domain:vm1:dom0net');
    expect(Math.abs(vm(result) - vm(inDom0))).toBeLessThan(0.2);
    expect(dom0(result) / dom0(inDom0)).toBeCloseTo(2, 1);
    expect(percent(inDom0, 'domain:ids:cpu')).toBe(0);
  });
});

it('two IDSes in one VM each see the packets of their own', () => {
  const second = { ...snort('ids', 'vm2'), name: 'snort2' };
  const result = simulate(
    machineInput({
      ...times,
      domains: [domain('dom0'), domain('vm1'), domain('vm2'), domain('ids')],
      processes: [
        snort('ids', 'vm1'),
        second,
        webServer('vm1'),
        { ...webServer('vm2'), name: 'httpd2' },
      ],
      clients: [httperf(400), httperf(100, { name: 'httperf2', target: 'httpd2' })],
    }),
    1,
  );
  const ratio = (process: string, client: string) =>
    total(result, `sniffer:${process}:offered`) / total(result, `client:${client}:replies`);
  expect(ratio('snort', 'httperf')).toBeCloseTo(10, 0);
  expect(ratio('snort2', 'httperf2')).toBeCloseTo(10, 0);
});

it('copies that find the rings of a VM full, which does not run, are dropped and counted', () => {
  const input = webLoad(500, 'ids', {
    ...times,
    hypervisor: EXACT,
    // It wants 4%.
    domains: [domain('dom0'), domain('vm1'), domain('ids', { capPct: 1 })],
  });
  const result = simulate(input, 1);
  const lost = counter(result, 'vif queue full') + counter(result, 'guest receive ring full');
  const seen = perSecond(result, 'sniffer:snort:offered');
  expect(perSecond(result, 'client:httperf:replies')).toBeCloseTo(500, -1);
  expect(seen).toBeLessThan(4500);
  expect(seen + lost / 4).toBeCloseTo(5000, -2);
});

it('Tripwire in a VM of its own reads through a virtual disk, for the watched VM', () => {
  const input = machineInput({
    ...times,
    domains: VMS,
    processes: [tripwire('ids', files(100, 100_000))],
  });
  const result = simulate(input, 1);
  const megabytes = total(result, 'scan:tripwire:bytes') / 1e6;
  expect(megabytes).toBeGreaterThan(5);
  expect(percent(result, 'domain:vm1:cpu')).toBe(0);
  const disk = (where: string) =>
    workNs(result, (row) => row.domain === where && row.device === 'disk');
  const forVm = (where: string) =>
    workNs(result, (row) => row.domain === where && row.beneficiary === 'vm1');
  // The copy of the loop device, blkback and the disk's requests are domain 0's.
  expect(disk('dom0')).toBeGreaterThan(megabytes * COSTS.loopMbNs);
  expect(forVm('dom0')).toBe(disk('dom0'));
  expect(forVm('ids')).toBeGreaterThan(megabytes * (COSTS.tripwireMbNs + COSTS.fileReadMbNs) * 0.9);
});
