/**
 * All names of a type, as a list. One that is forgotten, or that the type does not have, does not
 * compile.
 */
export function allOf<Name extends string>(names: Readonly<Record<Name, true>>): [Name, ...Name[]] {
  return Object.keys(names) as [Name, ...Name[]];
}
