import { metricIn, used } from './causes.js';
import type { Claim, Measure } from './claim.js';
import { around, PLOT_PCT } from './criteria.js';

const LIVELOCK = 'livelock';
const CONTAINERS = 'containers';

/** Replies in percent of what the server has where nothing disturbs it. */
const repliesIn = (variant: string, of: string): Measure => ({
  kind: 'variant-ratio',
  metric: 'throughput_rps',
  variant,
  of,
});

/** The same of static pages, beside which others may be asked for. */
const staticIn = (variant: string): Measure => ({
  kind: 'variant-ratio',
  metric: 'client_static_replies_rps',
  variant,
  of: 'alone',
});

/** "Nearly nothing", "towards zero": what a plot cannot tell from zero. */
const NEARLY_NOTHING = { kind: 'atMost', high: PLOT_PCT } as const;
/** "At its maximum": what a plot cannot tell from it. */
const AT_MAXIMUM = { kind: 'atLeast', low: 100 - PLOT_PCT } as const;

const containerIn = (name: string): Measure =>
  metricIn('guests', `domain_vm1_container_${name}_pct`);

/** What was published of LRP (1996) and of resource containers (1999), by those who built them. */
export const RELATED_CLAIMS: readonly Claim[] = [
  {
    id: 'R7',
    experiment: LIVELOCK,
    figure: 'section 7',
    statement:
      'LRP: the throughput of a kernel that is driven by interrupts falls towards zero as more ' +
      'packets come (receive livelock).',
    paper: 'towards zero',
    conditions: [
      {
        label: '20000 SYNs/s',
        measure: repliesIn('interrupt-20000', 'interrupt'),
        rule: NEARLY_NOTHING,
      },
      {
        label: '40000 SYNs/s',
        measure: repliesIn('interrupt-40000', 'interrupt'),
        rule: NEARLY_NOTHING,
      },
    ],
    causes: [
      { label: '10000 SYNs/s', measure: repliesIn('interrupt-10000', 'interrupt') },
      used('interrupt', 'Replies, no flood', 'throughput_rps'),
    ],
    reason:
      'The paper on LRP shows it as curves: what a plot cannot tell from zero. 20000 SYNs/s are ' +
      'those whose packets, one in and one out of 25 us each, take all the time there is.',
    basis: 'predicted',
    evidence: 'cited',
  },
  {
    id: 'R8',
    experiment: LIVELOCK,
    figure: 'section 7',
    statement: 'LRP: with it, the throughput stays at its maximum under the same load.',
    paper: 'at its maximum',
    conditions: [
      { label: '20000 SYNs/s', measure: repliesIn('lrp-20000', 'lrp'), rule: AT_MAXIMUM },
      { label: '40000 SYNs/s', measure: repliesIn('lrp-40000', 'lrp'), rule: AT_MAXIMUM },
    ],
    alternatives: [
      {
        label: '20000 SYNs/s, equal priority',
        measure: repliesIn('lrp-equal', 'lrp'),
        criteria: [{ rule: AT_MAXIMUM }],
      },
      {
        label: '20000 SYNs/s for the same server',
        measure: repliesIn('lrp-same-port', 'lrp'),
        criteria: [{ rule: AT_MAXIMUM }],
      },
      {
        label: '20000 SYNs/s, 30% for the socket',
        measure: repliesIn('lrp-demux-30', 'lrp'),
        criteria: [{ rule: AT_MAXIMUM }],
      },
    ],
    causes: [{ label: '10000 SYNs/s', measure: repliesIn('lrp-10000', 'lrp') }],
    reason:
      'What a plot cannot tell from the maximum, at loads that leave the other kernel nothing. ' +
      'It falls slowly: without an adapter that finds the socket of a packet, the kernel has to, ' +
      'for each. How much that takes is assumed: it is not in print, and 8% of the cost of a ' +
      'packet is taken from R11. The loss hangs on it, and the verdict does not: with 1% it ' +
      'fails as well, because the flooded process has its share, though with a nice value of 19.',
    basis: 'predicted',
    evidence: 'cited',
  },
  {
    id: 'R9',
    experiment: CONTAINERS,
    figure: 'section 7',
    statement:
      'Resource containers: four CGI requests of 2 s each leave an unmodified server 44% of its ' +
      'static throughput.',
    paper: '44%',
    conditions: [{ label: 'Four CGI requests', measure: staticIn('cgi'), ...around(44) }],
    alternatives: [
      {
        label: 'With LRP',
        measure: staticIn('cgi-lrp'),
        criteria: [around(44)],
      },
    ],
    causes: [
      used('cgi', 'Client static, replies, four CGI requests', 'client_static_replies_rps'),
      used('alone', 'Client static, replies, alone', 'client_static_replies_rps'),
      used('cgi', 'Web, charged by its kernel, four CGI requests', 'process_web_proc_wall_pct'),
    ],
    reason:
      'What a plot can show. Each of five processes is charged a fifth, interrupts included. ' +
      'Linux charges these to the process that they hit, and nearly all of the packets of the ' +
      'server come while it runs. A kernel that charged them to nobody would leave it 48%, and ' +
      'one that favours processes that sleep might leave it more than its fifth. Which of these ' +
      'was so in theirs (Digital UNIX) is not in what we have read.',
    basis: 'predicted',
    evidence: 'cited',
  },
  {
    id: 'R10',
    experiment: CONTAINERS,
    figure: 'section 7',
    statement:
      'Resource containers: under 10000 SYNs/s an unmodified server serves nearly nothing.',
    paper: 'nearly nothing',
    conditions: [{ label: '10000 SYNs/s', measure: staticIn('flood'), rule: NEARLY_NOTHING }],
    causes: [used('flood', 'Client static, replies', 'client_static_replies_rps')],
    reason:
      'What a plot cannot tell from zero. Fitted: a packet costs the guest 50 us here, so that ' +
      '10000 SYNs/s and their answers take all the time there is.',
    basis: 'fitted',
    evidence: 'cited',
  },
  {
    id: 'R11',
    experiment: CONTAINERS,
    figure: 'section 7',
    statement:
      'Resource containers: under 70000 SYNs/s a server has about 73% of its throughput if their ' +
      'container has no share.',
    paper: 'about 73%',
    conditions: [{ label: '70000 SYNs/s', measure: staticIn('flood-container'), ...around(73) }],
    alternatives: [
      {
        label: '30% for the socket',
        measure: staticIn('flood-demux-30'),
        criteria: [around(73)],
      },
    ],
    causes: [used('flood-container', 'Client static, replies', 'client_static_replies_rps')],
    reason:
      'What a plot can show. Fitted: that finding the socket of a packet takes 8% of its cost is ' +
      'assumed, because it follows from this value and R10. The verdict hangs on it: with 6% or ' +
      '10% the claim fails.',
    basis: 'fitted',
    evidence: 'cited',
  },
  {
    id: 'R12',
    experiment: CONTAINERS,
    figure: 'section 7',
    statement: 'Resource containers: three guest servers get exactly the shares they were given.',
    paper: 'exactly',
    conditions: [
      { label: 'Container half in vm1, 50%', measure: containerIn('half'), ...around(50, 0.5) },
      {
        label: 'Container third in vm1, 30%',
        measure: containerIn('third'),
        ...around(30, 0.5),
      },
      { label: 'Container rest in vm1, 20%', measure: containerIn('rest'), ...around(20, 0.5) },
    ],
    causes: [used('guests', 'Idle, of 2 PCPUs', 'idle_pct')],
    reason:
      'Half a point is exact for a share in whole percent. By construction: the scheduler of the ' +
      'containers keeps shares, and all three servers have more to do than they get. Assumed, ' +
      'and without a part in the verdict: what finding a socket takes, and how many packets wait.',
    basis: 'by construction',
    evidence: 'cited',
  },
];
