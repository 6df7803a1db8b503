import { z } from 'zod';
import type { ContainerInput } from '../../model/input.js';
import { durationField, nameField } from '../fields.js';

export const containerSchema = z
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
export const containersSchema = z
  .record(nameField, containerSchema)
  .default({})
  .describe(
    'Resource containers of its kernel, by name (Banga, Druschel and Mogul 1999). Those that are ' +
      "no other's parent have processes and clients.",
  );

export type ContainersSettings = z.output<typeof containersSchema>;

/** The model's input. */
export function resolveContainers(containers: ContainersSettings): ContainerInput[] {
  return Object.entries(containers).map(([name, container]) => ({
    name,
    parent: container.parent ?? null,
    sharePct: container.share,
    limitPct: container.limit,
    windowNs: container.window,
    processes: container.processes,
    clients: container.clients,
  }));
}
