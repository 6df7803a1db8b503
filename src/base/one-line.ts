/** A text as messages show it, with signs that would end its line or hide in it written out. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) =>
    sign > '\u00ff' ? `\\u${sign.charCodeAt(0).toString(16)}` : JSON.stringify(sign).slice(1, -1),
  );
}
