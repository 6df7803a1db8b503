import { z } from 'zod';
import { DOM0 } from '../domains.js';
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
});

export const WEB_SERVER: ProgramDefinition<'webserver', typeof schema> = {
  schema,
  resolve: ({ page, backlog }, base) => ({
    ...base,
    program: 'webserver',
    pageBytes: page,
    backlog,
  }),
  check: ({ name, process }, report) => {
    if (process.domain !== DOM0) return;
    const allowed = `a domain other than ${DOM0}: requests come through a vif`;
    report(['processes', name, 'domain'], DOM0, allowed);
  },
  idle: ({ name, settings }) => {
    const targets = targetsOf(name, settings);
    const isAsked = Object.values(settings.clients).some(({ target }) => targets.includes(target));
    return isAsked ? null : 'no client asks it';
  },
};
