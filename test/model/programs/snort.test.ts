/** What Snort sees of the packets that come faster than it reads. */
import { describe, expect, it } from 'vitest';
import { NetworkPlan } from '../../../src/model/devices/network-plan.js';
import { makeConnection, packetOf, REQUEST } from '../../../src/model/devices/packet.js';
import { TapPoint } from '../../../src/model/devices/taps.js';
import { WireSizes } from '../../../src/model/devices/wire-sizes.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import { Task } from '../../../src/model/guest/task.js';
import type { ProcessInputOf } from '../../../src/model/index.js';
import type { PlanSite, ProgramSite } from '../../../src/model/programs/program-kind.js';
import { SNORT } from '../../../src/model/programs/snort.js';
import { COSTS, machineInput, NETWORK, snort as snortInput } from '../machine-input.js';

const PACKET_NS = 5000;
const ROOM = 40;
const sizes = new WireSizes([1024]);
const PACKET = packetOf(makeConnection(0, 0, 0), REQUEST);

/** Snort in domain 0, on a socket with room for 40 packets of the first VM. */
function snort() {
  const task = new Task('snort', 2, 1, 0, 0);
  let wakes = 0;
  const kernel = { wakeTask: () => wakes++ } as unknown as GuestKernel;
  const taps = new TapPoint();
  const tapPoint = (domain: number, watched: number) => {
    expect([domain, watched]).toEqual([0, 1]);
    return taps;
  };
  const input = machineInput({
    costs: { ...COSTS, snortPacketNs: PACKET_NS },
    network: { ...NETWORK, snifferBufferBytes: ROOM * sizes.of(PACKET), snifferOverheadBytes: 0 },
  });
  const process = snortInput('dom0', 'vm1') as ProcessInputOf<'snort'>;
  const {
    program: made,
    totals = [],
    queues = [],
  } = SNORT.plan(process, {
    input,
    task,
    beneficiary: 1,
    kernel: { domain: 0 },
    network: new NetworkPlan([]),
  } as unknown as PlanSite)({ kernel, network: { tapPoint, sizes } } as unknown as ProgramSite);
  const counts = () => totals.map(({ read }) => read());
  const queued = () => queues.map(({ length }) => length());
  const list = Int32Array.from({ length: 100 }, () => PACKET);
  /** Packets come, one by one or together. */
  const come = {
    'one by one': (count: number) => {
      for (let i = 0; i < count; i++) taps.packet(PACKET);
    },
    together: (count: number) => taps.batch(list, 0, count),
  };
  /** It has so many packets of its batch still to go, and is in the middle of the first of them. */
  const readAllBut = (packets: number) => {
    task.leftNs = (packets - 0.5) * PACKET_NS;
  };
  return { made, counts, queued, come, readAllBut, wakes: () => wakes };
}

describe.each(['one by one', 'together'] as const)('packets that come %s', (how) => {
  it('have the room of those that it has read, and not of those that it has not', () => {
    const { made, counts, queued, come, readAllBut } = snort();
    come[how](ROOM + 5);
    expect(counts()).toEqual([45, 5]);
    expect(made.begin()).toBe(ROOM * PACKET_NS);
    readAllBut(30);
    // Ten are through.
    come[how](12);
    expect([queued(), counts()]).toEqual([[ROOM], [57, 5 + 2]]);
    readAllBut(1);
    come[how](ROOM);
    expect([queued(), counts()]).toEqual([[ROOM], [97, 5 + 2 + (ROOM - 29)]]);
    made.finish();
    // All but the first batch.
    expect(made.begin()).toBe((ROOM - 1) * PACKET_NS);
  });

  it('wake it if one of them is in', () => {
    const { made, come, readAllBut, wakes } = snort();
    come[how](ROOM);
    expect(wakes()).toBeGreaterThan(0);
    made.begin();
    readAllBut(ROOM);
    const before = wakes();
    come[how](1);
    expect(wakes()).toBe(before);
  });
});
