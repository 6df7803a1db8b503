/** A text as messages show it, with signs that would end its line or hide in it written out. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) => {
    const short = JSON.stringify(sign).slice(1, -1);
    // JSON leaves what terminals take for a command, such as 0x9b, as it is.
    return short === sign ? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}` : short;
  });
}
