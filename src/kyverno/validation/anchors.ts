import type { Spot } from './spot';
import { anchorOf, withoutAnchor } from '../../values/kyverno-anchor';

/** Anchors of a validate pattern: everything but `+()`, which writes; `^()` asks something of a list. */
export function checkPatternAnchors(spot: Spot, pattern: unknown): void {
  forEachKey(spot, pattern, (at, key, value) => {
    const anchor = anchorOf(key);
    if (anchor === '+(') at.refuse(key, 'anchors that ask, in a pattern', 'Write the field itself, or Anchor.ifPresent; only patches add fields.');
    if (anchor === '^(' && !(Array.isArray(value) && value.length > 0)) {
      at.refuse(value, 'a list with at least one pattern as the value of Anchor.anyElement', 'Put the pattern into a list.');
    }
  });
}

/** Anchors of a strategic merge. The others get in, and Kyverno would write them as the names of fields. */
export function checkPatchAnchors(spot: Spot, patch: unknown): void {
  forEachKey(spot, patch, (at, key) => {
    const anchor = anchorOf(key);
    if (anchor !== undefined && !['(', '<(', '+('].includes(anchor)) {
      at.refuse(key, 'Anchor.when, Anchor.global and Anchor.addIfAbsent in a patch', 'Use one of them, or the plain name of the field.');
    }
  });
}

/** No anchors at all: generated data is written as it is. */
export function checkNoAnchors(spot: Spot, data: unknown): void {
  forEachKey(spot, data, (at, key) => {
    if (anchorOf(key) !== undefined) at.refuse(key, 'plain field names in generated data', `Write ${withoutAnchor(key)}.`);
  });
}

/** Labels and annotations are strings in every object, so a pattern with a number there can never match. */
export function checkStringMetadata(spot: Spot, shape: unknown): void {
  const roots: [Spot, unknown][] = [
    [spot.in('metadata'), field(shape, 'metadata')],
    [spot.in('spec.template.metadata'), field(field(field(shape, 'spec'), 'template'), 'metadata')],
  ];
  for (const [at, metadata] of roots) {
    for (const map of ['labels', 'annotations']) {
      for (const [key, value] of Object.entries(asMap(field(metadata, map)))) {
        if (typeof value !== 'string') {
          at.in(map).in(key).refuse(value, 'a string', `Quote it: '${String(value)}'.`);
        }
      }
    }
  }
}

function field(value: unknown, name: string): unknown {
  return Object.entries(asMap(value)).find(([key]) => withoutAnchor(key) === name)?.[1];
}

function asMap(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function forEachKey(spot: Spot, value: unknown, visit: (at: Spot, key: string, value: unknown) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => forEachKey(spot.in(index), item, visit));
    return;
  }
  for (const [key, item] of Object.entries(asMap(value))) {
    visit(spot.in(key), key, item);
    forEachKey(spot.in(key), item, visit);
  }
}
