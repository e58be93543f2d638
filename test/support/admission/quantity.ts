const NANO = 1_000_000_000n;
const DECIMAL: Record<string, number> = { 'n': -9, 'u': -6, 'm': -3, '': 0, 'k': 3, 'M': 6, 'G': 9, 'T': 12, 'P': 15, 'E': 18 };
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** A Kubernetes quantity (`500m`, `1.5Gi`, `2e3`) in billionths, or undefined where the text is none. Finer amounts round up. */
export function parseQuantity(text: string): bigint | undefined {
  const match = /^([+-]?)(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [, sign, digits = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = digits.split('.');
  const exponent = /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : DECIMAL[suffix] ?? 0;
  const binary = 1024n ** BigInt(BINARY.indexOf(suffix) + 1);
  const value = scale(BigInt(whole + fraction) * binary, exponent - fraction.length + 9);
  return sign === '-' ? -value : value;
}

/** `amount` × 10^`power`, rounded away from zero. */
function scale(amount: bigint, power: number): bigint {
  if (power >= 0) {
    return amount * 10n ** BigInt(power);
  }
  const divisor = 10n ** BigInt(-power);
  return (amount + divisor - 1n) / divisor;
}

/** Prints billionths as a quantity: bytes with binary suffixes where they divide evenly, everything else as a number or in thousandths. */
export function formatQuantity(nano: bigint, unit: 'bytes' | 'number'): string {
  if (nano % NANO !== 0n) {
    return `${scale(nano, -6)}m`;
  }
  const whole = nano / NANO;
  if (unit === 'number' || whole === 0n) {
    return `${whole}`;
  }
  const power = BINARY.reduce((best, _, i) => (whole % 1024n ** BigInt(i + 1) === 0n ? i + 1 : best), 0);
  return `${whole / 1024n ** BigInt(power)}${BINARY[power - 1] ?? ''}`;
}
