import { z } from 'zod';
import { principalSeries } from '../../model/series.js';
import { durationField, nameField } from '../fields.js';
import { cpu } from '../metrics/metric-recipe.js';
import { checkContainers } from './check-containers.js';
import type { GuestPolicyDefinition } from './guest-policy-definition.js';

const containerSchema = z
  .strictObject({
    parent: nameField
      .optional()
      .describe('The container that it is part of. Left out: the kernel itself.'),
    share: z
      .number()
      .min(0)
      .max(100)
      .describe(
        "What it is guaranteed of its parent's CPU time. 0: what nobody else wants. What the " +
          'containers leave is for processes that are in none.',
      )
      .meta({ title: 'Share', unit: '%' }),
    limit: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .describe('Most CPU time, in percent of one PCPU; 0 = no limit.')
      .meta({ title: 'Limit', unit: '% of one PCPU' }),
    window: durationField('positive')
      .prefault('100ms')
      .describe('The time over which the limit is kept. That there is one is remembered, not read.')
      .meta({ title: 'Window of the limit', origin: 'assumed' }),
    processes: z.array(nameField).default([]).describe('Processes whose time it is charged.'),
    clients: z
      .array(nameField)
      .default([])
      .describe(
        'Clients whose packets come to a listening socket of their own. Work for them is charged ' +
          'to this container, and not to that of the server process. Needs network.input: lrp.',
      ),
  })
  .describe('A resource container: a guaranteed share, a limit, and who is charged to it.');

/** Containers by name. */
const schema = z
  .record(nameField, containerSchema)
  .default({})
  .describe(
    'Resource containers of its kernel, by name (Banga, Druschel and Mogul 1999). Those that are ' +
      "no other's parent have processes and clients.",
  );

export const CONTAINERS: GuestPolicyDefinition<'containers', typeof schema> = {
  schema,
  resolve: (containers, within) => {
    const inputs = Object.entries(containers).map(([name, container]) => ({
      name,
      parent: container.parent ?? null,
      sharePct: container.share,
      limitPct: container.limit,
      windowNs: container.window,
      processes: container.processes,
      clients: container.clients,
    }));
    return inputs.length === 0 ? within : { policy: 'containers', containers: inputs, within };
  },
  check: checkContainers,
  metrics: (domain, { containers }) =>
    containers.map(({ name }) =>
      cpu([principalSeries.used(domain, name)], {
        name: `domain_${domain}_container_${name}_pct`,
        label: `Container ${name} in ${domain}`,
        description: `CPU time charged to the container ${name} of ${domain}`,
      }),
    ),
};
