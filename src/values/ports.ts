import { Problem, problem } from './problem';

export function portNumberProblem(port: number): Problem | undefined {
  const allowed = 'a whole number from 1 to 65535';
  if (isWholeNumber(port, 1, 65535)) {
    return undefined;
  }
  if (typeof port === 'string' && isWholeNumber(Number(port), 1, 65535)) {
    return problem(port, allowed, `Write ${Number(port)} without quotes.`);
  }
  return problem(port, allowed, port === 0 ? 'Leave the port out where every port is meant.' : 'Use the port that the pod listens on.');
}

/** A range of ports, both ends included; a range of one port is legal. */
export function portRangeProblem(start: number, end: number): Problem | undefined {
  const wrong = portNumberProblem(start) ?? portNumberProblem(end);
  if (wrong || end >= start) {
    return wrong;
  }
  return problem(`${start}-${end}`, 'an end that is not below the start', `Write ${end} to ${start}.`);
}

/** The number of an ICMP or ICMPv6 type. */
export function icmpTypeProblem(type: number): Problem | undefined {
  if (isWholeNumber(type, 0, 255)) {
    return undefined;
  }
  return problem(type, 'a whole number from 0 to 255', 'Use a type of the IANA registry, such as 8 for an IPv4 echo request.');
}

function isWholeNumber(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
