import { z } from 'zod';
import type { NetworkInputDefinition } from './network-input-definition.js';

/** What is remembered of LRP's prototype and was not read is a parameter that says so. */
const schema = z.strictObject({
  input: z
    .literal('lrp')
    .describe(
      'Lazy receiver processing: the softirq only finds the socket of a packet, and discards ' +
        'it if too many wait there. The receiving process does the rest, at its own priority.',
    )
    .meta({ title: 'Network input' }),
  demux_share: z
    .number()
    .min(1)
    .max(99)
    .default(8)
    .describe(
      'Part of guest_packet that goes into finding the socket. Not in print: 8% follows from ' +
        'what is published of resource containers, a kernel that has nothing left at 10 000 ' +
        'SYNs/s, a packet and its answer each, and 73% at 70 000 if it receives as LRP does.',
    )
    .meta({ title: 'Share of demultiplexing', unit: '%', origin: 'assumed' }),
  channel: z
    .int()
    .min(1)
    .max(1000)
    .default(50)
    .describe('Packets that wait for one socket at most. Tens, remembered and not read.')
    .meta({ title: 'Channel of a socket', unit: 'packets', origin: 'assumed' }),
});

export const LRP: NetworkInputDefinition<'lrp', typeof schema> = {
  schema,
  isByProcess: true,
  resolve: ({ demux_share, channel }) => {
    return { kind: 'lrp', demuxSharePct: demux_share, channelSlots: channel };
  },
};
