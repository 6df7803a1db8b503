/**
 * The quantities of a machine, each declared once. What the model is given, what a machine file may
 * say, and how both are explained follow from here. A file of plain numbers and words: it is loaded
 * without the model's hot code, too.
 */

/** What the model counts in; a user may write multiples. */
export type BaseUnit = 'ns' | '%' | 'packets' | 'bytes' | 'bytes/s' | 'bit/s';

/** A quantity of a machine. To the model it is a whole number of base units. */
export interface DeclaredQuantity<Name extends string = string> {
  /** As users write it, distinct among all quantities. */
  readonly name: Name;
  readonly unit: BaseUnit;
  /** Bounds, in base units. */
  readonly least: number;
  readonly most: number;
  readonly description: string;
}

function quantity<Name extends string>(
  name: Name,
  unit: BaseUnit,
  [least, most]: readonly [least: number, most: number],
  description: string,
): DeclaredQuantity<Name> {
  return { name, unit, least, most, description };
}

const time = <Name extends string>(name: Name, least: number, description: string) =>
  quantity(name, 'ns', [least, 1e9], description);
// A share of 0 or 100 would leave a step of the network path that takes no time at all.
const share = <Name extends string>(name: Name, description: string) =>
  quantity(name, '%', [1, 99], description);
const slots = <Name extends string>(name: Name, description: string) =>
  quantity(name, 'packets', [1, 65536], description);

const COSTS = {
  schedulerPassNs: time(
    'scheduler_pass',
    0,
    "A pass through Xen's scheduler that ends with a VCPU running, the same as before or another.",
  ),
  // Going idle loads nothing: a VCPU that comes back to where it ran last pays for the pass only.
  vcpuSwitchNs: time(
    'vcpu_switch',
    0,
    'On top of the pass, if the PCPU has to load another VCPU, caches included.',
  ),
  processSwitchNs: time(
    'process_switch',
    0,
    'Switching to another process: one hypercall loads CR3.',
  ),
  timerInterruptNs: time('timer_interrupt', 0, "A guest's timer interrupt."),
  // The ticker counts its next period from where it ran.
  tickerLatenessNs: quantity(
    'ticker_lateness',
    'ns',
    [0, 5e6],
    "How late a PCPU's 10 ms ticker may run: uniform between 0 and this.",
  ),
  // Far less than any timer's period, or one would run twice at a time.
  timerSlackNs: quantity(
    'timer_slack',
    'ns',
    [0, 5e5],
    "How early a timer of Xen's may run, together with one of the same PCPU that expires.",
  ),
  deviceInterruptNs: time(
    'device_interrupt',
    0,
    "A device's or another domain's interrupt, without its softirq.",
  ),
  dom0PacketNs: time(
    'dom0_packet',
    2,
    "Domain 0's work for one packet of a VM, from NIC to netback or back.",
  ),
  bridgeSharePct: share(
    'bridge_share',
    'The part of dom0_packet for NIC driver and bridge; netback the rest.',
  ),
  guestPacketNs: time(
    'guest_packet',
    1,
    "The guest kernel's work for one packet: netfront and TCP.",
  ),
  webRequestNs: time('web_request', 2, "The web server process's work for one request."),
  webCloseSharePct: share(
    'web_close_share',
    'The part of web_request that closing the connection takes.',
  ),
  snortPacketNs: time('snort_packet', 1, "Snort's work for one packet."),
  tripwireFileNs: time(
    'tripwire_file',
    1,
    "Tripwire's work for one file: opening it and comparing it with the database.",
  ),
  tripwireMbNs: time('tripwire_mb', 1, "Tripwire's hashing of 1 MB (10^6 bytes)."),
  fileReadMbNs: time(
    'file_read_mb',
    0,
    'The kernel part of reading 1 MB of files in pieces of 4 KB.',
  ),
  loopMbNs: time('loop_mb', 1, "A loop device's kernel thread, for 1 MB."),
  diskRequestNs: time(
    'disk_request',
    1,
    "Domain 0's work for one request of the disk, without interrupt.",
  ),
  blkbackRequestNs: time(
    'blkback_request',
    1,
    "Domain 0's work for one request of a guest's virtual disk.",
  ),
  blkfrontRequestNs: time(
    'blkfront_request',
    0,
    "The guest's work for one request of its virtual disk.",
  ),
  limiterReadNs: time(
    'limiter_read',
    1,
    "OC-Limiter's reading of its cage, a hypercall, and its arithmetic.",
  ),
  limiterSignalNs: time('limiter_signal', 1, "OC-Limiter's sending of one signal."),
};

const NETWORK = {
  linkBitsPerSecond: quantity(
    'link',
    'bit/s',
    [1e3, 1e12],
    'Speed of the Ethernet link, each way.',
  ),
  latencyNs: time('latency', 0, 'One-way delay of wire and switch.'),
  jitterNs: time('jitter', 0, 'Added to the delay: uniform between 0 and this.'),
  interruptGapNs: time(
    'interrupt_gap',
    0,
    'The NIC interrupts no sooner than this after the last time.',
  ),
  nicRingSlots: slots('nic_ring', 'Packets that the NIC holds for its driver.'),
  // A poll of the NIC, of netfront, or of domain 0's backlog.
  pollBudget: slots('poll_budget', 'Most packets that one poll hands up.'),
  netdevBudget: slots(
    'netdev_budget',
    'Most packets that one run of the network receive softirq hands up, over all its polls.',
  ),
  vifQueueSlots: slots('vif_queue', 'Packets that wait in domain 0 while the guest takes none.'),
  netbackSlots: slots(
    'netback_slots',
    "With fewer of a guest's posted buffers free, netback takes no packet for it.",
  ),
  netfrontRxSlots: slots('netfront_rx', 'Most buffers that a guest posts for packets to come.'),
  netfrontRxMinSlots: slots(
    'netfront_rx_min',
    'What it aims at under little load; no more than netfront_rx counts.',
  ),
  netfrontBatchPct: quantity(
    'netfront_batch',
    '%',
    [0, 100],
    'It posts none until it has this part of what it aims at to post.',
  ),
  netfrontTxSlots: slots('netfront_tx', "Slots of the guest's transmit ring."),
  snifferBufferBytes: quantity(
    'sniffer_buffer',
    'bytes',
    [2048, 2 ** 30],
    'Receive buffer of a packet socket.',
  ),
  snifferOverheadBytes: quantity(
    'sniffer_overhead',
    'bytes',
    [0, 65536],
    "What the kernel adds to each packet's size.",
  ),
};

const DISK = {
  seekNs: time('seek', 0, 'A mean seek from one file to another; one that follows on needs none.'),
  rotationNs: time(
    'rotation',
    0,
    'One turn of the platter: after a seek, the wait is uniform up to it.',
  ),
  bytesPerSecond: quantity(
    'transfer',
    'bytes/s',
    [1e5, 1e12],
    'What comes off the platter in a second.',
  ),
  pageCacheBytes: quantity(
    'page_cache',
    'bytes',
    [0, 2 ** 40],
    "What a domain's kernel keeps of files that are read once at a time.",
  ),
};

/** All quantities, by the section of a machine file and the name that the model has for them. */
export const QUANTITIES = { costs: COSTS, network: NETWORK, disk: DISK };

type Values<Declared> = { readonly [Key in keyof Declared]: number };

/** CPU time that things take. */
export type CostsInput = Values<typeof COSTS>;
/** Link, NIC, rings and socket buffers. */
export type NetworkInput = Values<typeof NETWORK>;
/** A disk with one arm, and the memory that caches it. */
export type DiskInput = Values<typeof DISK>;
