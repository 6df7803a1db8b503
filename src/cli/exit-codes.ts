/** Exit codes of every command; docs/reference.md documents them. */
export const exitCodes = {
  ok: 0,
  /** The run itself failed: a full disk, a crashed worker, a defect. */
  failed: 1,
  /** An argument, a flag or a definition is wrong; nothing was run. */
  badInput: 2,
  /** `verify` only: it ran, and a claim fails. */
  claimFails: 3,
  /** The terminal was closed: 128 + SIGHUP. */
  hungUp: 129,
  /** Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
  /** 128 + SIGTERM. */
  terminated: 143,
} as const;

/** How the help of a command that may run for long ends its list of exit codes. */
export const STOPPED_CODES = '129 SIGHUP; 130 Ctrl-C; 143 SIGTERM';
