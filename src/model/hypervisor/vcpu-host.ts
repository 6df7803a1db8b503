/** What a guest kernel asks of the hypervisor about its own VCPU. */
export interface VcpuHost {
  /** An event for a blocked VCPU. */
  wake(vcpu: number): void;
  /** The guest has nothing to do: SCHEDOP_block. */
  block(vcpu: number): void;
}

/** What the hypervisor tells a guest about its VCPU. */
export interface Vcpu {
  switchedIn(pcpu: number): void;
  switchedOut(): void;
}
