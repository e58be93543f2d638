/** The cells of a table, with what its escapes stand for; several lines in a cell are told apart by line breaks. */
export function readMarkdownTable(text: string): string[][] {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line does not end');
  const rows = lines.map(line => {
    if (!/^\| .* \|$/.test(line)) throw new Error(`no row: ${line}`);
    return line.slice(2, -2).split(/(?<=(?<!\\)(?:\\\\)*) \| /);
  });
  if (rows.some(({ length }) => length !== rows[0]!.length)) throw new Error(`rows differ in length: ${text}`);
  if (!rows[1]!.every(cell => cell === '---')) throw new Error(`no heading: ${text}`);
  return [rows[0]!, ...rows.slice(2)].map(cells => cells.map(plain));
}

function plain(cell: string): string {
  const lines = cell.split('<br>').map(line => {
    if (/<|&(?!amp;|lt;|#64;)/.test(line)) throw new Error(`a tag or an entity: ${line}`);
    return line.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&#64;', '@').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  });
  return lines.join('\n');
}
