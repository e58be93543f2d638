import { CILIUM_SCHEMAS } from './generated/cilium';
import { FLUX_SCHEMAS } from './generated/flux';
import { KUBERNETES_SCHEMAS } from './generated/kubernetes';
import { KYVERNO_SCHEMAS } from './generated/kyverno';
import { OTHER_SCHEMAS } from './generated/other';
import { type ProductName, productOf, PRODUCTS } from './products';
import { nodeBelow, type SchemaNode, SchemaText } from './schema-node';
import type { Target } from '../../target/target';
import { compareMinor, parseMinor } from '../../values/semver-minor';
import { groupOf } from '../kubernetes/group';

/** The structure of a kind in one version of its product. */
interface VersionedSchema {
  readonly version: string;
  /** Put together when it is asked for. */
  readonly root: () => SchemaNode;
}

/** When a field that is not there came or went. */
export interface FieldLife {
  readonly event: 'came' | 'went';
  /** The last version that is known before that. */
  readonly before: string;
  /** The first version that is known after it. */
  readonly version: string;
}

const TEXTS: Record<ProductName, string> = {
  cilium: CILIUM_SCHEMAS, flux: FLUX_SCHEMAS, kubernetes: KUBERNETES_SCHEMAS, kyverno: KYVERNO_SCHEMAS, other: OTHER_SCHEMAS,
};

const texts = new Map<ProductName, SchemaText>();
/** By kind, and then by version with its group. */
const schemas = new Map<string, Map<string, KindSchemas>>();

function textOf(product: ProductName): SchemaText {
  let text = texts.get(product);
  if (!text) {
    text = new SchemaText(TEXTS[product]);
    texts.set(product, text);
  }
  return text;
}

/** The structures of a kind in a version of its group, over the versions of the product that serves it. */
export class KindSchemas {
  /** The schemas of an object's kind, where there are any. */
  static of(apiVersion: string, kind: string): KindSchemas | undefined {
    const before = schemas.get(kind)?.get(apiVersion);
    if (before) return before;
    const key = `${apiVersion} ${kind}`;
    const product = productOf(groupOf(apiVersion)!);
    const text = textOf(product);
    const versions = Object.hasOwn(text.index, key) ? text.index[key] : undefined;
    // What foreign objects are called has no end: only what is known is kept.
    if (!versions) return undefined;
    const found = new KindSchemas(product, Object.entries(versions).map(([version, line]) => ({ version, root: () => text.node(line) })));
    schemas.set(kind, (schemas.get(kind) ?? new Map<string, KindSchemas>()).set(apiVersion, found));
    return found;
  }

  /** From the newest. */
  private readonly versions: readonly VersionedSchema[];
  private readonly positions = new WeakMap<Target, number>();

  private constructor(readonly product: ProductName, versions: readonly VersionedSchema[]) {
    this.versions = product === 'other' ? versions : [...versions].sort((a, b) => compareMinor(b.version, a.version));
  }

  /** The schema for a target: of its version, of the nearest older one, or of the oldest there is. */
  rootFor(target: Target): SchemaNode {
    return this.versions[this.positionFor(target)]!.root();
  }

  /** When the field that a path leads to came or went; nothing where no other version has it. */
  lifeOf(path: readonly (string | number)[], target: Target): FieldLife | undefined {
    const position = this.positionFor(target);
    const has = ({ root }: VersionedSchema) => allowsSome(root(), path);
    const later = this.versions.slice(0, position).reverse().findIndex(has);
    if (later >= 0) return this.lifeAt('came', position - 1 - later);
    const earlier = this.versions.findIndex((schema, index) => index > position && has(schema));
    return earlier < 0 ? undefined : this.lifeAt('went', earlier - 1);
  }

  /** When a field came or went, for people. */
  describe({ event, before, version }: FieldLife): string {
    const product = this.product === 'other' ? 'version' : PRODUCTS[this.product].product;
    const [was, is] = [before, version].map(parseMinor);
    const next = was && is && was.major === is.major && was.minor + 1 === is.minor;
    if (next) return event === 'came' ? `which comes with ${product} ${version}` : `removed in ${product} ${version}`;
    return `${event === 'came' ? 'which came' : 'removed'} between ${product} ${before} and ${version}`;
  }

  /** Whether a target may have a field that came: it is younger than the last version that is known to be without. */
  mayHave({ event, before }: FieldLife, target: Target): boolean {
    return event === 'came' && this.product !== 'other' && compareMinor(versionOf(target, this.product), before) > 0;
  }

  private lifeAt(event: FieldLife['event'], position: number): FieldLife {
    return { event, version: this.versions[position]!.version, before: this.versions[position + 1]!.version };
  }

  private positionFor(target: Target): number {
    if (this.product === 'other') return 0;
    let position = this.positions.get(target);
    if (position === undefined) {
      const wanted = versionOf(target, this.product);
      const nearest = this.versions.findIndex(({ version }) => compareMinor(version, wanted) <= 0);
      position = nearest < 0 ? this.versions.length - 1 : nearest;
      this.positions.set(target, position);
    }
    return position;
  }
}

/** The version of a product in a target; of Cilium the default one where another CNI is in charge. */
export function versionOf(target: Target, product: Exclude<ProductName, 'other'>): string {
  return target[product] ?? PRODUCTS[product].fallback;
}

function allowsSome(root: SchemaNode, path: readonly (string | number)[]): boolean {
  let node: SchemaNode | undefined = root;
  for (const step of path) node = node && nodeBelow(node, step);
  return node !== undefined && node.limits?.maxItems !== 0;
}
