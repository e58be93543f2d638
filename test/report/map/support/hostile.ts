/** Names that no API server would take, and that mean something to one format or another. */
export const HOSTILE = [
  'a"b', 'a|b', 'a,b', 'a\nb => c', 'a\r\nb', '<b>&amp;</b>', 'a]b[c', '%%comment', '#35;', 'end', '__proto__', '`x`', '\\N\\"', 'ä€漢😀', '-->', '{x}(y)',
  '\u001b[31mred', '\u202eevil', '@team', '=1+1', '&copy;', 'x;y', '$(id)', 'a\u2028b', ']]>',
] as const;
