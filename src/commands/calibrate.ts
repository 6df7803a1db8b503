import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import { interruptible } from '../cli/interruption.js';
import type { CalibrationRound } from '../experiments/calibrate.js';

export default class Calibrate extends BaseCommand {
  static override summary = "Fit the machine's three open costs to claims S3 and S5.";
  static override description = `
Repeats the Snort experiment with other costs of web server, domain 0's network and Snort until \
Snort uses 60% with plain offload (S3), VM and domain 0 use 80% without offload (S5), and the VM \
uses its declared share of 36%. Prints each round and, at the end, the lines for \
experiments/machines/athlon-xen33.yaml. Every other claim is a prediction.`.trim();

  static override flags = {
    seeds: Flags.integer({ helpValue: 'N', summary: 'Seeds a round.', default: 10, min: 1 }),
    rounds: Flags.integer({ helpValue: 'N', summary: 'Rounds at most.', default: 12, min: 1 }),
    jobs: Flags.integer({
      helpValue: 'N',
      summary: 'Runs at the same time (default: one a processor).',
      min: 1,
      max: 1024,
    }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(Calibrate);
    const { availableParallelism } = await import('node:os');
    const { findExperiment } = await import('../experiments/catalog.js');
    const { seedList } = await import('../experiments/runner.js');
    const { calibrate, TARGETS, TOLERANCE } = await import('../experiments/calibrate.js');
    this.log('round  web request  dom0 packet  Snort packet | Snort    sum     VM  replies/s');
    const rounds = await interruptible((signal) =>
      calibrate(findExperiment('snort'), {
        seeds: seedList(1, flags.seeds),
        rounds: flags.rounds,
        jobs: flags.jobs ?? availableParallelism(),
        onRound: (round) => this.log(roundLine(round)),
        signal,
      }),
    );
    const last = rounds.at(-1);
    this.log(
      last?.converged
        ? `fitted to ${TARGETS.ids}%, ${TARGETS.total}% and ${TARGETS.vm}%:\n${yamlLines(last)}`
        : `not within ${TOLERANCE} points after ${rounds.length} rounds: try more rounds or seeds`,
    );
    return { targets: TARGETS, rounds };
  }
}

function roundLine({ round, costs, ids_pct, total_pct, vm_pct, throughput_rps }: CalibrationRound) {
  const us = (ns: number, width: number) => `${(ns / 1000).toFixed(2)} us`.padStart(width);
  const pct = (value: number) => `${value.toFixed(2)}`.padStart(6);
  return (
    `${String(round).padStart(5)}  ${us(costs.webRequestNs, 11)}  ${us(costs.dom0PacketNs, 11)}  ` +
    `${us(costs.snortPacketNs, 12)} | ${pct(ids_pct)} ${pct(total_pct)} ${pct(vm_pct)}  ` +
    throughput_rps.toFixed(0).padStart(9)
  );
}

function yamlLines({ costs }: CalibrationRound): string {
  return [
    `  web_request: { value: ${costs.webRequestNs / 1000}, unit: us }`,
    `  dom0_packet: { value: ${costs.dom0PacketNs / 1000}, unit: us }`,
    `  snort_packet: { value: ${costs.snortPacketNs / 1000}, unit: us }`,
  ].join('\n');
}
