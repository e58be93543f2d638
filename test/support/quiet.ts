// Most tests synthesize less than a whole platform, and the checks warn of what is missing: tests that mean the warnings spy on them.
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = ((...args: Parameters<typeof write>) =>
  /^warning [a-z]+\/[A-Z]/.test(String(args[0])) || write(...args)) as typeof process.stderr.write;
