import { ApiObject, App, ImplicitTokenResolver, type JsonPatch, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Manifest } from '../manifests/manifest';

/** These look at what is no plain data only. */
const OWN_RESOLVERS = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * An ApiObject that renders plain data in one pass. That of cdk8s asks three resolvers about each value and walks up to the app for each
 * of them: most of the time of a synth, where objects are plain. What is not is left to it.
 */
export class PlainObject extends ApiObject {
  private isPatched = false;

  constructor(scope: Construct, id: string, private readonly manifest: Manifest) {
    super(scope, id, { ...manifest });
  }

  public override addJsonPatch(...operations: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...operations);
  }

  public override toJson(): unknown {
    if (this.isPatched || process.env.CDK8S_DISABLE_SORT || hasResolvers(this)) return super.toJson();
    const { apiVersion, kind, metadata: _, ...content } = this.manifest;
    const copy = copyOf(content);
    return copy === NOT_PLAIN ? super.toJson() : { apiVersion, kind, metadata: this.metadata.toJson() as unknown, ...copy as object };
  }
}

const NOT_PLAIN = Symbol('not plain');

/** A copy with sorted keys and without what is null; or a sign that there is something to resolve in it. */
function copyOf(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return copyOfList(value);
  if (value.constructor !== Object || typeof (value as { resolve?: unknown }).resolve === 'function') return NOT_PLAIN;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const entry = copyOf((value as Record<string, unknown>)[key]);
    if (entry === NOT_PLAIN) return NOT_PLAIN;
    if (entry !== undefined) copy[key] = entry;
  }
  return copy;
}

function copyOfList(values: readonly unknown[]): unknown {
  const copy = values.map(copyOf);
  return copy.includes(NOT_PLAIN) ? NOT_PLAIN : copy;
}

function hasResolvers(object: ApiObject): boolean {
  return App.of(object).resolvers.some(resolver => !OWN_RESOLVERS.some(own => resolver instanceof own));
}
