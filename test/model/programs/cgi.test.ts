/** CGI processes of a web server. */
import { describe, expect, it } from 'vitest';
import { type ModelInput, simulate } from '../../../src/model/index.js';
import { COSTS, cgi, httperf, machineInput, SECOND_NS, webServer } from '../machine-input.js';
import { percent, perSecond, total } from '../readings.js';

const MS = 1e6;

/** A client of `clientOf` and nothing else. */
const asked = (target: string, rate: number, over: Partial<ModelInput> = {}) =>
  simulate(
    machineInput({
      processes: [webServer('vm1'), cgi(10 * MS)],
      clients: [httperf(rate, { target })],
      ...over,
    }),
    1,
  );

describe('a CGI process', () => {
  it('has its CPU time and the sending of its page for each request', () => {
    const result = asked('cgi', 40);
    expect(perSecond(result, 'client:httperf:replies')).toBeCloseTo(40, 0);
    const ownNs = 40 * (10 * MS + COSTS.guestPacketNs);
    expect(percent(result, 'process:cgi:true')).toBeCloseTo((100 * ownNs) / SECOND_NS, 1);
  });

  it('leaves reading the request and closing to the server', () => {
    const direct = asked('httpd', 40);
    const result = asked('cgi', 40);
    // The server is spared the page, and the whole is 10 ms more for each.
    const sparedPct = (100 * 40 * COSTS.guestPacketNs) / SECOND_NS;
    const server = (of: typeof result) => percent(of, 'process:httpd:true');
    expect(server(direct) - server(result)).toBeCloseTo(sparedPct, 1);
    const more = percent(result, 'domain:vm1:cpu') - percent(direct, 'domain:vm1:cpu');
    expect(more).toBeCloseTo((100 * 40 * 10 * MS) / SECOND_NS, 0);
  });

  it('answers one request at a time: with 10 ms each not more than 100 in a second', () => {
    const result = asked('cgi', 300, { costs: { ...COSTS, dom0PacketNs: 1000 } });
    expect(perSecond(result, 'client:httperf:replies')).toBeGreaterThan(92);
    expect(perSecond(result, 'client:httperf:replies')).toBeLessThanOrEqual(100);
  });

  it('does not hold up the pages of its server', () => {
    const result = asked('cgi', 1, {
      processes: [webServer('vm1'), cgi(2 * SECOND_NS)],
      clients: [
        httperf(10, { name: 'dynamic', target: 'cgi', maxOpen: 1 }),
        httperf(500, { name: 'static' }),
      ],
      // Until the kernel knows which of the two sleeps, and which only runs.
      warmupNs: 12 * SECOND_NS,
    });
    expect(perSecond(result, 'client:static:replies')).toBeCloseTo(500, -1);
    // One request is open at a time, and it takes 2 s of what the rest leaves.
    const leftPct =
      100 - percent(result, 'domain:dom0:cpu') - percent(result, 'process:httpd:true');
    const most = ((leftPct / 100) * 10) / 2;
    expect(total(result, 'client:dynamic:replies')).toBeGreaterThanOrEqual(Math.floor(most) - 2);
    expect(total(result, 'client:dynamic:replies')).toBeLessThanOrEqual(Math.ceil(most));
  });
});
