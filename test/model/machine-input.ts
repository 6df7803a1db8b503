import type {
  CageInput,
  ClientInputOf,
  CostsInput,
  DiskInput,
  DomainInput,
  ModelInput,
  NetworkInput,
  ProcessInput,
  ProcessInputOf,
} from '../../src/model/index.js';

type HttperfInput = ClientInputOf<'httperf'>;
type SynFloodInput = ClientInputOf<'syn-flood'>;
type TripwireInput = ProcessInputOf<'tripwire'>;
type FileGroupInput = TripwireInput['tree'][number];

const US = 1_000;
const MS = 1_000_000;
export const SECOND_NS = 1_000_000_000;

/** The credit scheduler as Xen has it, and with VCPUs that pay for their run time. */
export const XEN = { scheduler: 'credit', debit: 'sampled', boost: true } as const;
export const EXACT = { ...XEN, debit: 'exact' } as const;

/** Costs in round numbers: the tests' closed forms must hold for any. */
export const COSTS: CostsInput = {
  schedulerPassNs: 0,
  vcpuSwitchNs: 0,
  processSwitchNs: 0,
  tickerLatenessNs: 0,
  timerSlackNs: 0,
  timerInterruptNs: 0,
  deviceInterruptNs: 0,
  dom0PacketNs: 8 * US,
  bridgeSharePct: 40,
  guestPacketNs: 3 * US,
  webRequestNs: 60 * US,
  webCloseSharePct: 20,
  snortPacketNs: 5 * US,
  limiterReadNs: 10 * US,
  limiterSignalNs: 3 * US,
  tripwireFileNs: 200 * US,
  tripwireMbNs: 10 * MS,
  fileReadMbNs: 4 * MS,
  loopMbNs: 3 * MS,
  diskRequestNs: 10 * US,
  blkbackRequestNs: 20 * US,
  blkfrontRequestNs: 5 * US,
};

export const NETWORK: NetworkInput = {
  linkBitsPerSecond: 1e9,
  latencyNs: 30 * US,
  jitterNs: 20 * US,
  interruptGapNs: 125 * US,
  nicRingSlots: 256,
  pollBudget: 64,
  netdevBudget: 300,
  vifQueueSlots: 32,
  netbackSlots: 20,
  netfrontRxSlots: 256,
  netfrontRxMinSlots: 64,
  netfrontBatchPct: 50,
  netfrontTxSlots: 256,
  snifferBufferBytes: 110_592,
  snifferOverheadBytes: 300,
};

/** 9 ms of positioning on average, then 50 MB in a second; everything is read from the disk. */
export const DISK: DiskInput = {
  seekNs: 5 * MS,
  rotationNs: 8 * MS,
  bytesPerSecond: 50e6,
  pageCacheBytes: 0,
};

const DOMAIN_DEFAULTS: Omit<DomainInput, 'name'> = {
  weight: 256,
  capPct: 0,
  affinity: [0],
  accounting: 'o1',
  procTotal: 'all-columns',
  scheduler: 'o1-2.6.16',
};

export function domain(name: string, over: Partial<DomainInput> = {}): DomainInput {
  return { ...DOMAIN_DEFAULTS, name, ...over };
}

export function loop(name: string, domainName: string, nice = 0): ProcessInput {
  return { program: 'loop', name, domain: domainName, nice, startNs: 0 };
}

export function snort(domainName: string, watches: string): ProcessInput {
  return { program: 'snort', name: 'snort', domain: domainName, watches, nice: 0, startNs: 0 };
}

/** So many files of the same size, none of which lies behind the one before it. */
export function files(count: number, meanBytes: number, contiguousPct = 0): FileGroupInput {
  return { files: count, meanBytes, spread: 0, contiguousPct };
}

/** Tripwire for the files of vm1, scanning all the time. */
export function tripwire(domainName: string, ...tree: readonly FileGroupInput[]): TripwireInput {
  return {
    program: 'tripwire',
    name: 'tripwire',
    domain: domainName,
    watches: 'vm1',
    nice: 0,
    startNs: 0,
    everyNs: 0,
    tree,
  };
}

export function webServer(domainName: string, backlog = 128, pageBytes = 1024): ProcessInput {
  return {
    program: 'webserver',
    name: 'httpd',
    domain: domainName,
    nice: 0,
    startNs: 0,
    pageBytes,
    backlog,
  };
}

export function httperf(rate: number, over: Partial<HttperfInput> = {}): HttperfInput {
  return {
    kind: 'httperf',
    name: 'httperf',
    target: 'httpd',
    rate,
    tickNs: MS,
    connectNs: 30 * US,
    clockSkewPpm: 30,
    responseNs: 40 * US,
    maxOpen: 1020,
    timeoutNs: 0,
    ...over,
  };
}

export function synFlood(rate: number, over: Partial<SynFloodInput> = {}): SynFloodInput {
  return {
    kind: 'syn-flood',
    name: 'flood',
    target: 'httpd',
    rate,
    tickNs: MS,
    clockSkewPpm: 30,
    responseNs: 0,
    maxOpen: 0,
    timeoutNs: 0,
    ...over,
  };
}

/** A CGI process of the web server in vm1. */
export function cgi(workNs: number, name = 'cgi'): ProcessInput {
  return { program: 'cgi', name, domain: 'vm1', nice: 0, startNs: 0, server: 'httpd', workNs };
}

export function cage(over: Partial<CageInput>): CageInput {
  return {
    name: 'cage',
    vms: [],
    processes: [],
    capPct: 0,
    weight: 0,
    enforce: true,
    idsWindow: { kind: 'ema', weight: 0.3 },
    excess: 'forgive',
    excessLimitPct: 100,
    parkBelow: 'effective',
    rounding: 'exact',
    counts: 'cr3',
    ...over,
  };
}

/** A machine with one PCPU, domain 0 and vm1, and nothing running, unless told otherwise. */
export function machineInput(over: Partial<ModelInput> = {}): ModelInput {
  return {
    pcpus: 1,
    warmupNs: SECOND_NS,
    durationNs: 10 * SECOND_NS,
    sampleNs: SECOND_NS,
    costs: COSTS,
    network: NETWORK,
    disk: DISK,
    hypervisor: XEN,
    domains: [domain('dom0'), domain('vm1')],
    processes: [],
    clients: [],
    cages: [],
    ...over,
  };
}

/** The web load of the paper, watched by Snort in the domain named. */
export function webLoad(rate: number, snortIn: string, over: Partial<ModelInput> = {}): ModelInput {
  return machineInput({
    processes: [snort(snortIn, 'vm1'), webServer('vm1')],
    clients: [httperf(rate)],
    ...over,
  });
}
