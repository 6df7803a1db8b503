import { escapeXml } from '../svg/xml.js';
import { withUnitsBound } from '../words/text.js';

/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = string | number | Markup | readonly Content[];

/** A template of HTML: what is put into it is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, i) => part + textOf(contents[i] ?? '')).join(''));
}

function textOf(content: Content): string {
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escapeXml(withUnitsBound(content));
  if (typeof content === 'number') return String(content);
  return content.map(textOf).join('');
}
