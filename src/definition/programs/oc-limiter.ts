import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import { allowedNames } from '../../base/nearest.js';
import { show } from '../../base/problems.js';
import type { ProcessInputOf } from '../../model/input.js';
import { limiterSeries } from '../../model/series.js';
import { durationField, nameField } from '../fields.js';
import { rate } from '../metrics/metric-recipe.js';
import type { Settings } from '../settings-schema.js';
import { type ProgramDefinition, processFields } from './program-definition.js';
import { runsOnAll } from './web-server.js';

const schema = z.strictObject({
  program: z
    .literal('oc-limiter')
    .describe('Holds a process of its own domain to a limit, by SIGSTOP and SIGCONT.'),
  ...processFields,
  nice: processFields.nice
    .unwrap()
    .default(-10)
    .describe(
      'Unix nice value, -20 (first) to 19. cpulimit gives itself -10, to run when it is due.',
    )
    .meta({ title: 'Nice value' }),
  target: nameField.describe('The process that it limits, a member of a cage.'),
  limit: z
    .number()
    .gt(0)
    .max(100)
    .describe("Most CPU time of the target, in percent of one PCPU, by the cage's measure.")
    .meta({ title: 'Limit', unit: '% of one PCPU' }),
  law: z
    .enum(
      allOf<ProcessInputOf<'oc-limiter'>['law']>({
        paper: true,
        'paper-rate': true,
        cpulimit: true,
      }),
    )
    .default('cpulimit')
    .describe(
      'How the use that it measured decides in which part of a slot the target may run. paper: ' +
        "the paper's formula to the letter, limit / use in the last slot, which alternates " +
        'between long and short runs. paper-rate: the same with the use per run time granted, as ' +
        'early versions of cpulimit computed it, the tool that OC-Limiter is based on. cpulimit: ' +
        'as that tool from August 2008 on, the last part times limit / smoothed use. This is the ' +
        'default, because it holds Tripwire to its 30%.',
    )
    .meta({ title: 'Control law' }),
  slot: durationField('positive')
    .prefault('100ms')
    .describe('How often it decides; the paper says every 100 ms.'),
});

/** A limiter and what it limits share a kernel; the cage has the measure. */
export const OC_LIMITER: ProgramDefinition<'oc-limiter', typeof schema> = {
  schema,
  anyVcpu: true,
  resolve: ({ target, limit, law, slot }, base) => ({
    ...base,
    program: 'oc-limiter',
    target,
    limitPct: limit,
    law,
    slotNs: slot,
  }),
  check: ({ name, process: { domain, vcpu, target }, settings }, report) => {
    const path = ['processes', name, 'target'];
    const neighbours = Object.entries(settings.processes)
      .filter(([, one]) => one.domain === domain && one.vcpu === vcpu)
      .filter(([, one]) => one.program !== 'oc-limiter')
      .map(([id]) => id);
    if (!neighbours.includes(target)) {
      const where = vcpu === 0 ? domain : `${domain} on its VCPU ${vcpu}`;
      const allowed = `a process in ${where}: ${allowedNames(target, neighbours)}`;
      report(path, show(target), allowed);
      return;
    }
    if (runsOnAll(settings.processes[target]!, settings)) {
      report(path, show(target), 'a process on one VCPU, not one with a worker on each');
    }
    const other = limitersOf(settings).find((one) => one.name !== name && one.target === target);
    if (other !== undefined) {
      report(path, show(target), `a process that ${other.name} does not limit, too`);
    }
    const members = Object.values(settings.cages).flatMap((cage) => cage.processes);
    if (!members.includes(target)) {
      report(path, show(target), 'a process in a cage, which has the measure');
    }
  },
  needs: ({ target }) => target,
  sleeps: ({ slot }) => ({ slot }),
  metrics: {
    subjectPrefix: '',
    of: (process, { title }) => [
      {
        name: `limiter_${process}_allowed_pct`,
        unit: '%',
        label: `${title}, time allowed`,
        description: `Time in which ${process} lets its target run`,
        factor: 100,
        numerator: [limiterSeries.allowed(process)],
        denominator: 'ns',
      },
      rate('stops/s', [limiterSeries.stops(process)], {
        name: `limiter_${process}_stops_per_s`,
        label: `${title}, stops`,
        description: `How often in a second ${process} stops its target`,
      }),
    ],
  },
};

/** The limiters of a variant, and what each limits. */
export function limitersOf({ processes }: Settings) {
  return Object.entries(processes).flatMap(([name, process]) =>
    process.program === 'oc-limiter' ? [{ name, target: process.target }] : [],
  );
}
