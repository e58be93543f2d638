import type { CheckContext } from '../check-context';
import { readWorkload } from '../kubernetes/workloads';
import { asList, asObject, isKind } from '../read';

const FLAG = '--no-cross-namespace-refs=true';

const sets = new WeakMap<CheckContext, boolean>();

/**
 * Whether the set shows that Flux runs under multi-tenancy lockdown: by the flag of its controllers, by a patch that adds the
 * flag, or by a FluxInstance that asks for it.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export function isLockedDown(context: CheckContext): boolean {
  let locked = sets.get(context);
  if (locked === undefined) {
    locked = byController(context) || byPatch(context) || byInstance(context);
    sets.set(context, locked);
  }
  return locked;
}

function byController(context: CheckContext): boolean {
  return context.ofKind('Deployment')
    .some(located => readWorkload(located)?.containers.some(({ fields }) => asList(fields.args).includes(FLAG)));
}

function byPatch(context: CheckContext): boolean {
  return context.ofKind('Kustomization').some(located => isKind(located, 'kustomize.config.k8s.io', 'Kustomization')
    && asList(located.object.patches).some(entry => {
      const patch = asObject(entry)?.patch;
      return typeof patch === 'string' && patch.includes(FLAG);
    }));
}

function byInstance(context: CheckContext): boolean {
  return context.ofKind('FluxInstance').some(({ object }) => asObject(asObject(object.spec)?.cluster)?.multitenant === true);
}
