import { z } from 'zod';
import { proseField, textField } from '../fields.js';

/** Units by kind of quantity, and how many of the model's base unit each is. */
const TIME = { ns: 1, us: 1e3, ms: 1e6, s: 1e9 };
const SHARE = { '%': 1 };
const PACKETS = { packets: 1 };
const BYTES = { bytes: 1, KiB: 1024, MiB: 1024 ** 2 };
const BYTE_RATE = { 'bytes/s': 1, 'MB/s': 1e6 };
const BIT_RATE = { 'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, 'Gbit/s': 1e9 };

const UNITS: Readonly<Record<string, number>> = {
  ...TIME,
  ...SHARE,
  ...PACKETS,
  ...BYTES,
  ...BIT_RATE,
  ...BYTE_RATE,
};

/** The model counts whole nanoseconds, packets and so on: a value may be off by this part of it. */
const ROUNDING = 1e-3;

/**
 * A number with unit and origin. `least` and `most` bound it in the base unit: nanoseconds,
 * percent, packets, bytes, bits or bytes per second.
 */
function quantity(
  units: Readonly<Record<string, number>>,
  least: number,
  most: number,
  description: string,
) {
  return z
    .strictObject({
      value: z.number().min(0).describe('The value, in the unit below.'),
      unit: z.enum(Object.keys(units) as [string, ...string[]]).describe('Its unit.'),
      origin: z
        .enum(['measured', 'published', 'fitted', 'assumed'])
        .describe('Where the value is from: measured, published, fitted, or assumed.'),
      source: textField.describe('What was measured, read, or reasoned.'),
      fits: textField.optional().describe('What a fitted value is fitted to: claims, and choices.'),
    })
    .check((context) => {
      const { value, unit, origin, fits } = context.value;
      const size = units[unit] ?? Number.NaN;
      const [baseUnit] = Object.keys(units);
      const base = Math.round(value * size);
      const refuse = (message: string) =>
        context.issues.push({ code: 'custom', input: value, path: ['value'], message });
      if (!(base >= least && base <= most)) {
        refuse(`${least / size} to ${most / size} ${unit}`);
      } else if (Math.abs(value * size - base) > base * ROUNDING) {
        refuse(`a whole number of ${baseUnit}; the nearest is ${base / size} ${unit}`);
      }
      if ((origin === 'fitted') !== (fits !== undefined)) {
        context.issues.push({
          code: 'custom',
          input: fits,
          path: ['fits'],
          message: 'what it is fitted to, if origin is fitted; else nothing',
        });
      }
    })
    .describe(description);
}

const MAX_NS = 1e9;
const time = (least: number, description: string) => quantity(TIME, least, MAX_NS, description);
// A share of 0 or 100 would leave a step of the network path that takes no time at all.
const share = (description: string) => quantity(SHARE, 1, 99, description);
const slots = (description: string) => quantity(PACKETS, 1, 65536, description);

/** A machine as `experiments/machines/*.yaml` describe it. */
export const machineSchema = z
  .strictObject({
    title: textField.describe('What machine it is.'),
    description: proseField.optional().describe('What is known of it.'),
    pcpus: z
      .int()
      .min(1)
      .max(32)
      .describe(
        "Physical CPUs. The paper's experiments have one; it discusses several as another case " +
          '(section 6).',
      ),
    costs: z
      .strictObject({
        vcpu_switch: time(0, 'Switching a PCPU to another VCPU, caches included.'),
        process_switch: time(0, 'Switching to another process: one hypercall loads CR3.'),
        timer_interrupt: time(0, "A guest's timer interrupt."),
        ticker_lateness: quantity(
          TIME,
          0,
          5e6,
          "How late a PCPU's 10 ms ticker may run: uniform between 0 and this.",
        ),
        device_interrupt: time(0, "A device's or another domain's interrupt, without its softirq."),
        dom0_packet: time(
          2,
          "Domain 0's work for one packet of a VM, from NIC to netback or back.",
        ),
        bridge_share: share('The part of dom0_packet for NIC driver and bridge; netback the rest.'),
        guest_packet: time(1, "The guest kernel's work for one packet: netfront and TCP."),
        web_request: time(2, "The web server process's work for one request."),
        web_close_share: share('The part of web_request that closing the connection takes.'),
        snort_packet: time(1, "Snort's work for one packet."),
        tripwire_file: time(
          1,
          "Tripwire's work for one file: opening it and comparing it with the database.",
        ),
        tripwire_mb: time(1, "Tripwire's hashing of 1 MB (10^6 bytes)."),
        file_read_mb: time(0, 'The kernel part of reading 1 MB of files in pieces of 4 KB.'),
        loop_mb: time(1, "A loop device's kernel thread, for 1 MB."),
        disk_request: time(1, "Domain 0's work for one request of the disk, without interrupt."),
        blkback_request: time(1, "Domain 0's work for one request of a guest's virtual disk."),
        blkfront_request: time(0, "The guest's work for one request of its virtual disk."),
        limiter_read: time(1, "OC-Limiter's reading of its cage, a hypercall, and its arithmetic."),
        limiter_signal: time(1, "OC-Limiter's sending of one signal."),
      })
      .describe('CPU time that things take.'),
    network: z
      .strictObject({
        link: quantity(BIT_RATE, 1e3, 1e12, 'Speed of the Ethernet link, each way.'),
        latency: time(0, 'One-way delay of wire and switch.'),
        jitter: time(0, 'Added to the delay: uniform between 0 and this.'),
        interrupt_gap: time(0, 'The NIC interrupts no sooner than this after the last time.'),
        nic_ring: slots('Packets that the NIC holds for its driver.'),
        poll_budget: slots('Most packets that one poll hands up.'),
        vif_queue: slots('Packets that wait in domain 0 while the guest takes none.'),
        netfront_rx: slots('Buffers that the guest posts for packets to come.'),
        netfront_tx: slots("Slots of the guest's transmit ring."),
        sniffer_buffer: quantity(BYTES, 2048, 2 ** 30, 'Receive buffer of a packet socket.'),
        sniffer_overhead: quantity(BYTES, 0, 65536, "What the kernel adds to each packet's size."),
      })
      .describe('Link, NIC, rings and socket buffers.'),
    disk: z
      .strictObject({
        seek: time(0, 'A mean seek from one file to another; one that follows on needs none.'),
        rotation: time(0, 'One turn of the platter: after a seek, the wait is uniform up to it.'),
        transfer: quantity(BYTE_RATE, 1e5, 1e12, 'What comes off the platter in a second.'),
        page_cache: quantity(
          BYTES,
          0,
          2 ** 40,
          "What a domain's kernel keeps of files that are read once at a time.",
        ),
      })
      .optional()
      .describe('The disk with its cache; a machine without one can run no Tripwire.'),
  })
  .describe('A simulated machine: every cost with unit and origin.');

/** The sections of a machine that hold quantities; a quantity's name is in one of them only. */
const SECTIONS = { costs: true, network: true, disk: true } as const;

/** The schemas of all quantities of a machine by name. */
function quantityFields(): [name: string, field: z.ZodType][] {
  const { costs, network, disk } = machineSchema.pick(SECTIONS).shape;
  return [costs, network, disk.unwrap()].flatMap((section) => Object.entries(section.shape));
}

/** Other values of a machine's quantities, each in the unit of the machine's file. */
export const machineValuesSchema = z.strictObject({
  pcpus: machineSchema.shape.pcpus.optional(),
  ...Object.fromEntries(
    quantityFields().map(([name, { description }]) => [
      name,
      z.number().min(0).optional().describe(`${description} In the unit of the machine's file.`),
    ]),
  ),
});

/** A machine file, checked. */
export type MachineFile = z.output<typeof machineSchema>;
export type Quantity = MachineFile['costs']['vcpu_switch'];
export type MachineValues = Readonly<Record<string, number | undefined>>;

/** A quantity in the model's base unit, a whole number. */
export function inBaseUnit(quantity: Quantity): number {
  return Math.round(quantity.value * (UNITS[quantity.unit] ?? Number.NaN));
}
