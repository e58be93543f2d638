import { KindSchemas } from './kind-schemas';
import { type SchemaProblem, type Told, told } from './schema-problem';
import { type Step, StructureWalk } from './structure-walk';
import type { Manifest } from '../../manifests/manifest';
import type { Target } from '../../target/target';

/** Everything that is wrong with the structure of an object for a target. Kinds that there is no schema of pass. */
export function objectProblems(object: Manifest, target: Target): readonly SchemaProblem[] {
  const { apiVersion, kind } = object;
  const schemas = typeof apiVersion === 'string' ? KindSchemas.of(apiVersion, kind) : undefined;
  if (!schemas) return [];
  const structure = new StructureWalk({
    builtIn: schemas.product === 'kubernetes',
    unknownField: (path, mend) => unknownField(schemas, target, path, mend),
    emptiedList: path => emptiedList(schemas, target, path),
  });
  structure.visit(object, schemas.rootFor(target));
  return structure.problems;
}

function unknownField(schemas: KindSchemas, target: Target, path: readonly Step[], mend: string | undefined): Told | undefined {
  const field = `\`${path.at(-1)}\``;
  const life = schemas.lifeOf(path, target);
  // Custom resources of old have a description beside their spec: clients that do not ask for strict validation still get them in.
  if (!life) return told(path.length === 1 && schemas.product !== 'kubernetes' ? 'UnknownTopField' : 'UnknownField', field, mend);
  return schemas.mayHave(life, target) ? undefined : told('FieldNotInVersion', `${field}, ${schemas.describe(life)}`);
}

function emptiedList(schemas: KindSchemas, target: Target, path: readonly Step[]): Told {
  const life = schemas.lifeOf(path, target);
  const field = `\`${path.at(-1)}\``;
  return life ? told('FieldNotInVersion', `${field}, ${schemas.describe(life)}`) : told('LimitExceeded', `items in ${field}; allowed: none`);
}
