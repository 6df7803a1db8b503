import { z } from 'zod';
import { snifferSeries } from '../../model/series.js';
import { nameField } from '../fields.js';
import { type ProgramDefinition, processFields } from './program-definition.js';
import { checkWatched } from './watched.js';

const schema = z.strictObject({
  program: z.literal('snort').describe('An IDS that inspects every packet of one domain.'),
  ...processFields,
  watches: nameField.describe(
    'The domain whose packets it sees: from domain 0 on its vif, from inside, or from another ' +
      'VM, to which domain 0 then mirrors them.',
  ),
});

export const SNORT: ProgramDefinition<'snort', typeof schema> = {
  schema,
  resolve: ({ watches }, base) => ({ ...base, program: 'snort', watches }),
  check: checkWatched,
  listens: true,
  idle: ({ process: { watches }, settings: { clients, processes } }) => {
    const asked = Object.values(clients).map(({ target }) => processes[target]?.domain);
    if (asked.includes(watches)) return null;
    return `it sees no packets: no client asks a web server in ${watches}`;
  },
  metrics: {
    subjectPrefix: 'ids_',
    of: (process, { prefix, title }) => [
      {
        name: `${prefix}missed_packets_pct`,
        unit: '%',
        label: `${title}, missed packets`,
        description: `Packets that ${process} should have seen and did not, of all of them`,
        factor: 100,
        numerator: [snifferSeries.missed(process)],
        denominator: [snifferSeries.offered(process)],
      },
    ],
  },
};
