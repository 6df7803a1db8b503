import { z } from 'zod';
import { allOf } from '../../base/all-of.js';
import type { ProcessInputOf } from '../../model/input.js';
import { DOM0 } from '../domains.js';
import { BY_PROCESS } from '../network-inputs/network-inputs.js';
import type { Settings } from '../settings-schema.js';
import { targetsOf } from './cgi.js';
import { type ProgramDefinition, processFields } from './program-definition.js';

/** Largest page, whoever says how large it is. */
export const MAX_PAGE_BYTES = 131_072;

const schema = z.strictObject({
  program: z.literal('webserver').describe('Answers every request with one page.'),
  ...processFields,
  page: z
    .int()
    .min(1)
    .max(MAX_PAGE_BYTES)
    .default(1024)
    .describe(
      'Size of the page in bytes. The paper does not give it; with 1 KB a request is ten ' +
        'packets.',
    )
    .meta({ title: 'Page size', unit: 'bytes' }),
  backlog: z
    .int()
    .min(1)
    .max(65535)
    .default(128)
    .describe(
      'Connections that may wait to be accepted. Apache asks for 511, but Linux 2.6 allows ' +
        'no more than net.core.somaxconn, which is 128.',
    )
    .meta({ title: 'Backlog', unit: 'connections' }),
  workers: z
    .enum(
      allOf<'one' | NonNullable<ProcessInputOf<'webserver'>['workers']>>({
        one: true,
        'per-vcpu': true,
      }),
    )
    .default('one')
    .describe(
      'How many worker processes it has. one: on the first VCPU. per-vcpu: one on each VCPU of ' +
        'its domain (prefork), and all accept from one queue. Packets are received on the first ' +
        'VCPU, which devices interrupt; what a worker sends, its own VCPU does.',
    )
    .meta({ title: 'Workers' }),
});

export const WEB_SERVER: ProgramDefinition<'webserver', typeof schema> = {
  schema,
  resolve: ({ page, backlog, workers }, base) => ({
    ...base,
    program: 'webserver',
    pageBytes: page,
    backlog,
    ...(workers === 'one' ? {} : { workers }),
  }),
  check: ({ name, process, settings }, report) => {
    const path = ['processes', name];
    if (process.domain === DOM0) {
      const allowed = `a domain other than ${DOM0}: requests come through a vif`;
      report([...path, 'domain'], DOM0, allowed);
    }
    const { input = '' } = settings.domains[process.domain]?.network ?? {};
    if (BY_PROCESS.includes(input) && runsOnAll(process, settings)) {
      const allowed = `one with network.input: ${input}, where the process itself receives`;
      report([...path, 'workers'], process.workers, allowed);
    }
  },
  idle: ({ name, settings }) => {
    const targets = targetsOf(name, settings);
    const isAsked = Object.values(settings.clients).some(({ target }) => targets.includes(target));
    return isAsked ? null : 'no client asks it';
  },
  idleFields: ({ process: { domain, workers }, settings }) => {
    const { vcpus = 1 } = settings.domains[domain] ?? {};
    if (workers === 'one' || vcpus > 1) return {};
    return { workers: `it changes nothing: ${domain} has one VCPU` };
  },
};

/** Whether a process has a worker on each of several VCPUs. */
export function runsOnAll(
  process: Settings['processes'][string],
  { domains }: Pick<Settings, 'domains'>,
): boolean {
  if (process.program !== 'webserver' || process.workers === 'one') return false;
  return (domains[process.domain]?.vcpus ?? 1) > 1;
}
