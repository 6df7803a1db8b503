import type { ModelInput } from '../../model/input.js';
import { clientSeries } from '../../model/series.js';
import { type MetricRecipe, rate } from './metric-recipe.js';

/** The response times that are given besides the mean. */
const QUANTILES = [
  { part: 0.5, percentile: 50 },
  { part: 0.95, percentile: 95 },
  { part: 0.99, percentile: 99 },
];

/** What the clients of a VM's web servers get, together. */
export function serverMetrics(
  input: ModelInput,
  vm: string,
  labelOf: (what: string) => string,
): MetricRecipe[] {
  const clients = clientsOf(input, vm);
  if (clients.length === 0) return [];
  return [
    rate('replies/s', clients.map(clientSeries.replies), {
      name: 'throughput_rps',
      label: labelOf('replies'),
      description: `Replies in a second from the web servers in ${vm}`,
    }),
    rate('errors/s', clients.map(clientSeries.errors), {
      name: 'connection_errors_rps',
      label: labelOf('connection errors'),
      description: 'Attempts in a second that found no descriptor free, timed out or gave up',
    }),
  ];
}

/** What one client gets. */
export function clientMetrics(name: string): MetricRecipe[] {
  return [
    rate('replies/s', [clientSeries.replies(name)], {
      name: `client_${name}_replies_rps`,
      label: `Client ${name}, replies`,
      description: `Replies in a second to client ${name}`,
    }),
    rate('errors/s', [clientSeries.errors(name)], {
      name: `client_${name}_errors_rps`,
      label: `Client ${name}, errors`,
      description: `Failed attempts in a second of client ${name}`,
    }),
  ];
}

/** How long the replies of a VM's web servers take, and how many are waited for. */
export function serverResponseMetrics(
  input: ModelInput,
  vm: string,
  labelOf: (what: string) => string,
): MetricRecipe[] {
  const clients = clientsOf(input, vm);
  if (clients.length === 0) return [];
  return responseMetrics(clients, '', labelOf, `from the web servers in ${vm}`);
}

/** The same of one client. */
export function clientResponseMetrics(name: string): MetricRecipe[] {
  const labelOf = (what: string) => `Client ${name}, ${what}`;
  return responseMetrics([name], `client_${name}_`, labelOf, `to ${name}`);
}

/** Names of the clients of a VM's web servers. */
function clientsOf({ processes, clients }: ModelInput, vm: string): string[] {
  const servers = processes.filter(({ domain }) => domain === vm).map(({ name }) => name);
  return clients.filter(({ target }) => servers.includes(target)).map(({ name }) => name);
}

/** How long replies take, from the first SYN on, and how many connections are open meanwhile. */
function responseMetrics(
  clients: readonly string[],
  prefix: string,
  labelOf: (what: string) => string,
  which: string,
): MetricRecipe[] {
  const responses = clients.map(clientSeries.response);
  return [
    {
      name: `${prefix}response_ms`,
      unit: 'ms',
      label: labelOf('response time'),
      description: `Mean time from the first SYN of a connection to its reply, of replies ${which}`,
      factor: 1e-6,
      numerator: responses,
      denominator: clients.map(clientSeries.replies),
    },
    ...QUANTILES.map(({ part, percentile }) => ({
      name: `${prefix}response_p${percentile}_ms`,
      unit: 'ms',
      label: labelOf(`response time, ${percentile}th percentile`),
      description:
        `Response time that ${percentile}% of the replies ${which} do not exceed, over the ` +
        'whole run; samples have no value',
      factor: 1e-6,
      histograms: responses,
      part,
    })),
    {
      name: `${prefix}open_connections`,
      unit: 'connections',
      label: labelOf('open connections'),
      description: `Mean number of connections that are open and wait for a reply ${which}`,
      factor: 1,
      numerator: clients.map(clientSeries.open),
      denominator: 'ns',
    },
  ];
}
