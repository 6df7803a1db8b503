/** What a guest kernel asks of the hypervisor about its own VCPU. */
export interface VcpuHost {
  /** An event for a blocked VCPU. */
  wake(vcpu: number, nowNs: number): void;
  /** The guest has nothing to do: SCHEDOP_block. */
  block(vcpu: number, nowNs: number): void;
}

/** What the hypervisor tells a guest about its VCPU. */
export interface Vcpu {
  switchedIn(nowNs: number): void;
  switchedOut(nowNs: number): void;
}
