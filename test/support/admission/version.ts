/** Whether `version` (`1.19`, `v1.19.2`) is `minimum` or newer, by major and minor. */
export function atLeast(version: string, minimum: string): boolean {
  const [major, minor] = parts(version);
  const [minMajor, minMinor] = parts(minimum);
  return major > minMajor || (major === minMajor && minor >= minMinor);
}

function parts(version: string): [number, number] {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  if (!match) {
    throw new Error(`Kyverno version '${version}' is not of the form 1.19`);
  }
  return [Number(match[1]), Number(match[2])];
}
