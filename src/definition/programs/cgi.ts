import { z } from 'zod';
import { allowedNames } from '../../base/nearest.js';
import { show } from '../../base/problems.js';
import { durationField, nameField } from '../fields.js';
import type { Settings } from '../settings-schema.js';
import { type ProgramDefinition, processFields } from './program-definition.js';

const schema = z.strictObject({
  program: z
    .literal('cgi')
    .describe(
      'Computes pages for a web server. Clients that ask for them have it as their target; the ' +
        'server reads their requests and closes.',
    ),
  ...processFields,
  server: nameField.describe('The web server process that hands it requests, in its domain.'),
  work: durationField('positive').describe("CPU time for one page, as large as the server's."),
});

export const CGI: ProgramDefinition<'cgi', typeof schema> = {
  schema,
  resolve: ({ server, work }, base) => ({ ...base, program: 'cgi', server, workNs: work }),
  check: ({ name, process: { domain, server }, settings }, report) => {
    const servers = Object.entries(settings.processes)
      .filter(([, one]) => one.program === 'webserver' && one.domain === domain)
      .map(([id]) => id);
    if (servers.includes(server)) return;
    const allowed = `a web server in ${domain}: ${allowedNames(server, servers)}`;
    report(['processes', name, 'server'], show(server), allowed);
  },
  idle: ({ name, settings: { clients } }) =>
    Object.values(clients).some(({ target }) => target === name) ? null : 'no client asks it',
};

/** The processes that a client of a web server may have as its target: it and its CGI processes. */
export function targetsOf(server: string, { processes }: Pick<Settings, 'processes'>): string[] {
  const cgi = Object.entries(processes).filter(
    ([, one]) => one.program === 'cgi' && one.server === server,
  );
  return [server, ...cgi.map(([name]) => name)];
}
