/** What a reading decides is so in everything that is run under it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/base/canonical-json.js';
import { CLAIMS } from '../../../src/claims/catalog.js';
import { runsFor, withoutAsides } from '../../../src/claims/claim.js';
import { ask } from '../../../src/claims/readings/matrix.js';
import type { Choices } from '../../../src/claims/readings/points.js';
import { POINT_NAMES } from '../../../src/claims/readings/points.js';
import type { Decided, Reading } from '../../../src/claims/readings/reading.js';
import { READINGS, REFERENCE } from '../../../src/claims/readings/readings.js';
import { definitionUnder, departuresFrom } from '../../../src/claims/readings/set-up-under.js';
import { checkSettings } from '../../../src/definition/checks.js';
import type { Definition } from '../../../src/definition/definition.js';
import { metricsOf } from '../../../src/definition/metrics/metrics.js';
import { loadCatalog } from '../../../src/files/experiment-catalog.js';
import type { GuestSchedulerInput } from '../../../src/model/input.js';

const catalog = loadCatalog();

function find(id: string): Definition {
  const found = catalog.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no experiment ${id}`);
  return found;
}

/** Anything that a reading may take, whether one does or not. */
const anyChoices: fc.Arbitrary<Choices> = fc.record({
  accounting: fc.constantFrom('o1' as const, 'o1-steal' as const, 'cfs' as const),
  proc_total: fc.constantFrom('by-accounting' as const, 'all-columns' as const, 'without-steal'),
  dom0_hz: fc.constantFrom(100 as const, 250 as const, 1000 as const),
  debit: fc.constantFrom('sampled' as const, 'exact' as const),
  switches: fc.constantFrom('lazy' as const, 'eager' as const),
  counts: fc.constantFrom('cr3' as const, 'no-kernel-threads' as const, 'own' as const),
  ids_window: fc.oneof(
    fc.constant({ kind: 'period' as const }),
    fc.record({ kind: fc.constant('ema' as const), weight: fc.constantFrom(0.05, 0.2, 1) }),
    fc.record({ kind: fc.constant('sliding' as const), window: fc.constantFrom(30e6, 2e9) }),
  ),
  excess: fc.oneof(
    fc.constant({ kind: 'forgive' as const }),
    fc.record({ kind: fc.constant('carry' as const), limit: fc.integer({ min: 0, max: 300 }) }),
  ),
  park_below: fc.constantFrom('effective' as const, 'configured' as const),
  rounding: fc.constantFrom('exact' as const, 'percent' as const),
  law: fc.constantFrom('paper' as const, 'paper-rate' as const, 'cpulimit' as const),
  load: fc.integer({ min: 1, max: 9000 }),
});

function decided(choices: Choices): Decided {
  const entries = Object.entries(choices).map(([point, value]) => [point, { value, reason: '' }]);
  return Object.fromEntries(entries) as Decided;
}

const O1 = ['o1', 'o1-steal'];

/** The process scheduler of a kernel, within its containers if it has any. */
function schedulerWithin(input: GuestSchedulerInput): GuestSchedulerInput {
  return typeof input === 'string' ? input : schedulerWithin(input.within);
}

describe('a reading', () => {
  test('reaches every variant of every experiment, whatever the variant sets itself', () => {
    fc.assert(
      fc.property(anyChoices, fc.constantFrom(...catalog), (choices, definition) => {
        const under = definitionUnder(definition, { choices: decided(choices) });
        expect(under.variants).toHaveLength(definition.variants.length);
        under.variants.forEach(({ input, subject, settings, machine }, v) => {
          const before = definition.variants[v]?.input;
          expect(checkSettings(settings, machine)).toEqual([]);
          // SEDF takes no credits.
          const isCredit = before?.hypervisor.scheduler === 'credit';
          const { debit } = choices;
          const { hypervisor } = before ?? {};
          expect(input.hypervisor).toEqual(isCredit ? { ...hypervisor, debit } : hypervisor);
          // A VCPU that is loaded anew pays the same either way, one that comes back does not.
          const anew = (costs = input.costs) => costs.schedulerPassNs + costs.vcpuSwitchNs;
          expect(anew()).toBe(anew(before?.costs));
          const isLazy = choices.switches === 'lazy';
          const back = isLazy ? before?.costs.schedulerPassNs : anew(before?.costs);
          expect(input.costs.schedulerPassNs).toBe(back);
          input.domains.forEach((domain, d) => {
            const was = before?.domains[d]?.accounting ?? '';
            const wanted = O1.includes(was) ? choices.accounting : was;
            expect([domain.name, domain.accounting]).toEqual([before?.domains[d]?.name, wanted]);
            const isO1 = O1.includes(wanted);
            const byKernel = isO1 ? 'without-steal' : 'all-columns';
            const total = choices.proc_total === 'by-accounting' ? byKernel : choices.proc_total;
            expect(domain.procTotal).toBe(total);
            // Where none is named, the process scheduler is the accounting kernel's.
            const { scheduler } = settings.domains[domain.name] ?? {};
            const own = schedulerWithin(domain.scheduler);
            if (scheduler === 'by-accounting') expect(own === 'cfs').toBe(!isO1);
            else expect(own).toBe(scheduler);
            // Where nothing is said, a kernel ticks 100 times a second; no experiment says it.
            expect(domain.hz ?? 100).toBe(d === 0 ? choices.dom0_hz : 100);
          });
          for (const cage of input.cages) {
            expect(cage.counts).toBe(choices.counts);
            expect(cage.parkBelow).toBe(choices.park_below);
            expect(cage.rounding).toBe(choices.rounding);
            expect(cage.excess).toBe(choices.excess.kind);
            expect(cage.idsWindow).toMatchObject(
              choices.ids_window.kind === 'sliding'
                ? { kind: 'sliding', windowNs: choices.ids_window.window }
                : choices.ids_window,
            );
          }
          for (const process of input.processes) {
            if (process.program === 'oc-limiter') expect(process.law).toBe(choices.law);
          }
          const isLoaded = definition.id === 'accounting-snort';
          input.clients.forEach((client, c) => {
            const was = before?.clients[c];
            expect(client).toEqual(isLoaded ? { ...was, rate: choices.load } : was);
          });
          // What the figures add up is there.
          const names = metricsOf(input, subject).map(({ name }) => name);
          for (const part of subject?.total ?? []) expect(names).toContain(part);
        });
      }),
      { numRuns: 60 },
    );
  });

  test('changes nothing else', () => {
    for (const reading of READINGS) {
      for (const definition of catalog) {
        const under = definitionUnder(definition, reading);
        const rest = ({ variants: _, ...others }: Definition) => others;
        expect(rest(under)).toEqual(rest(definition));
        under.variants.forEach(({ input, machine, recordings, id, title }, v) => {
          const { cages, clients, costs, domains, hypervisor, processes, ...other } = input;
          const { schedulerPassNs, vcpuSwitchNs, ...otherCosts } = costs;
          const before = definition.variants[v];
          expect(before?.input).toMatchObject({ ...other, costs: otherCosts });
          expect(before).toMatchObject({ recordings, id, title });
          expect(before?.machine).toMatchObject({ title: machine.title, disk: machine.disk });
        });
      }
    }
  });
});

/** What a reading makes of all that is asked: claims with their measures, and inputs. */
function asked(reading: Pick<Reading, 'id' | 'title' | 'idea' | 'choices'>): string {
  const { asked: claims, runs } = ask(CLAIMS, reading, find);
  const inputs = runs.flatMap(({ definition, variants }) =>
    definition.variants.flatMap(({ id, input, subject }) =>
      variants.includes(id) ? [{ experiment: definition.id, id, input, subject }] : [],
    ),
  );
  return canonicalJson({ claims, inputs });
}

describe('the readings', () => {
  test('begin with the reference, under which everything is as it is shipped', () => {
    expect(READINGS[0]).toBe(REFERENCE);
    const { asked: claims, runs } = ask(CLAIMS, REFERENCE, find);
    expect(claims).toEqual(withoutAsides(CLAIMS));
    expect(runs.map(({ definition, variants }) => [definition.id, variants])).toEqual(
      [...runsFor(withoutAsides(CLAIMS))].map(([id, variants]) => [id, [...variants]]),
    );
    for (const { definition, variants } of runs) {
      for (const { id, input, subject } of definition.variants) {
        if (!variants.includes(id)) continue;
        const shipped = find(definition.id).variants.find((one) => one.id === id);
        expect({ input, subject }).toEqual({ input: shipped?.input, subject: shipped?.subject });
      }
    }
  });

  test('have distinct ids that fit a column, and reasons for everything', () => {
    const ids = READINGS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, idea, choices } of READINGS) {
      expect(id).toMatch(/^[a-z0-9]{2,8}$/);
      for (const text of [title, idea]) expect(text).not.toBe('');
      for (const point of POINT_NAMES) expect(choices[point].reason).toMatch(/^\S.*\.$/s);
    }
  });

  test('differ from the reference, and each from the others', () => {
    const all = READINGS.map(({ choices }) =>
      canonicalJson(POINT_NAMES.map((point) => choices[point].value)),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  const departures = READINGS.flatMap((reading) =>
    departuresFrom(REFERENCE, reading).map(({ point }) => [reading.id, point, reading] as const),
  );

  test.each(departures)('%s: what it takes for %s has an effect by itself', (_, point, reading) => {
    const alone = { ...REFERENCE.choices, [point]: reading.choices[point] };
    expect(asked({ ...REFERENCE, choices: alone })).not.toBe(asked(REFERENCE));
  });
});
