/** Flags of `sweep` that say what is run. */
export interface GridFlags {
  readonly set?: readonly string[] | undefined;
  readonly vary?: readonly string[] | undefined;
  readonly zip?: readonly string[] | undefined;
  readonly seed: number;
  readonly seeds?: number | undefined;
  readonly duration?: string | undefined;
  readonly variant?: readonly string[] | undefined;
  readonly metrics?: string | undefined;
}

/** The same as words of a command line. */
export function gridWords(flags: GridFlags): string[] {
  return [
    ...flagWords('--set', flags.set),
    ...flagWords('--vary', flags.vary),
    ...flagWords('--zip', flags.zip),
    ...flagWords('--seed', flags.seed === 1 ? undefined : flags.seed),
    ...flagWords('--seeds', flags.seeds),
    ...flagWords('--duration', flags.duration),
    ...flagWords('--metrics', flags.metrics),
    ...flagWords('--variant', flags.variant),
  ];
}

/** A flag with its value, none if it is not given; a list as often as it has values. */
export function flagWords(
  flag: string,
  value: string | number | readonly string[] | undefined,
): string[] {
  if (value === undefined) return [];
  const values = typeof value === 'object' ? value : [String(value)];
  return values.flatMap((one) => [flag, one]);
}
