/**
 * Names with what tells equal ones apart behind them, so that no two things have one name.
 * @param details of each name, in the order in which to try: the first that all differ are taken
 */
export function toldApart(
  names: readonly string[],
  details: readonly (readonly string[])[],
): string[] {
  return names.map((name, i) => {
    const same = [...names.keys()].filter((other) => names[other] === name);
    if (same.length === 1) return name;
    const telling = details.find((one) => new Set(same.map((at) => one[at])).size === same.length);
    return telling === undefined ? name : `${name} (${telling[i] ?? ''})`;
  });
}
