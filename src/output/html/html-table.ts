import { type Content, html, type Markup } from './markup.js';

/** A cell: its content, and whether it is a number. */
export interface Cell {
  readonly content: Content;
  readonly isNumber?: boolean;
}

/**
 * A table. The first cell of a row is its head; the others know their column's head, under which
 * they stand one below another on a phone.
 */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => rowOf(row, heads))}</tbody>
</table>
`;
}

function rowOf(row: readonly Cell[], heads: readonly string[]): Markup {
  return html`<tr>${row.map((one, i) => cell(one, heads[i] ?? '', i === 0))}</tr>\n`;
}

function cell({ content, isNumber = false }: Cell, head: string, isFirst: boolean): Markup {
  if (isFirst) return html`<th scope="row">${content}</th>`;
  return isNumber
    ? html`<td class="number" data-head="${head}">${content}</td>`
    : html`<td data-head="${head}">${content}</td>`;
}
