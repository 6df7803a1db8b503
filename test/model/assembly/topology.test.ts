/** Which VCPUs there are, and where they start. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  domainIndex,
  schedulerTopology,
  vcpuOf,
  vcpuPlaces,
} from '../../../src/model/assembly/topology.js';
import { cage, domain, loop, machineInput } from '../machine-input.js';

const PCPUS = 4;
const machines = fc
  .array(
    fc.record({
      vcpus: fc.integer({ min: 1, max: 4 }),
      affinity: fc.uniqueArray(fc.nat(PCPUS - 1), { minLength: 1 }),
      weight: fc.integer({ min: 1, max: 1024 }),
      capPct: fc.nat(400),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((some) =>
    machineInput({ pcpus: PCPUS, domains: some.map((one, d) => domain(`vm${d}`, one)) }),
  );

describe('the VCPUs of any machine', () => {
  it('begin with the first one of each domain, and are each there once', () => {
    fc.assert(
      fc.property(machines, (input) => {
        const places = vcpuPlaces(input);
        const { domains } = input;
        expect(places.slice(0, domains.length)).toEqual(
          domains.map((_, d) => ({ domain: d, number: 0 })),
        );
        domains.forEach(({ vcpus = 1 }, d) => {
          const own = places.filter((place) => place.domain === d);
          expect(own.map(({ number }) => number)).toEqual([...Array(vcpus).keys()]);
        });
        places.forEach(({ domain: d, number }, at) => {
          const process = { ...loop('loop', domains[d]!.name), vcpu: number };
          expect(vcpuOf(input, process)).toBe(at);
        });
      }),
    );
  });

  it('start in the order of their domains, each where the fewest are by then', () => {
    fc.assert(
      fc.property(machines, (input) => {
        const { pcpus, domains, vcpus } = schedulerTopology(input);
        expect(pcpus).toBe(PCPUS);
        expect(domains).toEqual(input.domains.map(({ weight, capPct }) => ({ weight, capPct })));
        const places = vcpuPlaces(input);
        expect(vcpus.map((vcpu) => vcpu.domain)).toEqual(places.map((place) => place.domain));
        const counts = new Array<number>(PCPUS).fill(0);
        input.domains.forEach(({ affinity }, d) => {
          places.forEach((place, at) => {
            if (place.domain !== d) return;
            const { pcpu } = vcpus[at]!;
            expect(vcpus[at]!.affinity).toEqual(affinity);
            const fewest = affinity.filter((one) =>
              affinity.every((o) => counts[one]! <= counts[o]!),
            );
            expect(pcpu).toBe(fewest[0]);
            counts[pcpu]!++;
          });
        });
      }),
    );
  });
});

it('cages with VMs that limit are the groups, with those in the order of the domains', () => {
  const input = machineInput({
    domains: ['dom0', 'a', 'b', 'c'].map((name) => domain(name)),
    cages: [
      cage({ vms: ['b', 'a'], weight: 300 }),
      cage({ vms: ['c'], weight: 200, enforce: false }),
      cage({ processes: ['snort'], weight: 100 }),
    ],
  });
  expect(schedulerTopology(input).groups).toEqual([{ domains: [1, 2], weight: 300 }]);
});

it('a domain that is not there is named', () => {
  expect(domainIndex(machineInput(), 'vm1')).toBe(1);
  expect(() => domainIndex(machineInput(), 'vm7')).toThrow('no domain vm7');
});
