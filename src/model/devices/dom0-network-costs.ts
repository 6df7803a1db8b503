/** What domain 0's network path takes, and how much it does at a time. */
export interface Dom0NetworkCosts {
  /** NIC driver and bridge, per packet. */
  readonly bridgePacketNs: number;
  /** Netback, per packet. */
  readonly netbackPacketNs: number;
  /** Most packets that one poll takes. */
  readonly pollBudget: number;
}
