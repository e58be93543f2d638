import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** What the public API takes, a line each: structs, and the rest. */
export interface Signatures {
  readonly structs: string[];
  readonly others: string[];
}

type Struct = Map<string, string>;

/** Reads the files that src/index.ts exports. Only their syntax is looked at: jsii allows no type there that would need more. */
export function readSignatures(root: string): Signatures {
  const declarations = exportedFiles(root).flatMap(file => [...parse(file).statements]);
  const interfaces = declarations.filter(ts.isInterfaceDeclaration);
  const structs = new Map(interfaces.filter(one => !isBehaviour(one)).map(one => [one.name.text, one]));
  const others = [
    ...declarations.filter(ts.isEnumDeclaration).map(enumLine),
    ...interfaces.filter(isBehaviour).map(one => `class ${one.name.text} ${one.members.map(nameOf).join(' ')}`),
    ...declarations.filter(ts.isClassDeclaration).flatMap(one => [classLine(one), ...callLines(one)]),
  ];
  return {
    structs: [...structs.values()].map(one => line(one.name.text, fieldsOf(one, structs))).sort(),
    others: others.sort(),
  };
}

function exportedFiles(root: string): string[] {
  const index = parse(join(root, 'src', 'index.ts'));
  return index.statements.filter(ts.isExportDeclaration)
    .map(({ moduleSpecifier }) => join(root, 'src', `${(moduleSpecifier as ts.StringLiteral).text}.ts`));
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

/** jsii's own rule: an interface with a capital after its `I` is behaviour, any other is data. */
function isBehaviour({ name }: ts.InterfaceDeclaration): boolean {
  return /^I[A-Z]/.test(name.text);
}

function fieldsOf(one: ts.InterfaceDeclaration, structs: ReadonlyMap<string, ts.InterfaceDeclaration>): Struct {
  const inherited = (one.heritageClauses ?? []).flatMap(({ types }) => types).flatMap(({ expression }) => {
    const parent = structs.get(expression.getText());
    if (!parent) throw new Error(`${one.name.text} extends ${expression.getText()}, which src/index.ts does not export.`);
    return [...fieldsOf(parent, structs)];
  });
  return new Map([...inherited, ...one.members.filter(ts.isPropertySignature).map(field => (
    [nameOf(field) + (field.questionToken ? '?' : ''), typeOf(field.type)] as const))]);
}

function enumLine(one: ts.EnumDeclaration): string {
  const members = one.members.map(({ name, initializer }) => {
    if (!initializer || !ts.isStringLiteral(initializer)) throw new Error(`${one.name.text}: members of enums are texts.`);
    return `${name.getText()}=${initializer.text}`;
  });
  return `enum ${one.name.text} ${members.join('|')}`;
}

/** A class is known by its members, as another copy of the library has the same ones and minified code keeps them. */
function classLine(one: ts.ClassDeclaration): string {
  const makers = one.members.filter(ts.isConstructorDeclaration);
  const parameters = makers.flatMap(maker => maker.parameters.filter(parameter => ts.isParameterPropertyDeclaration(parameter, maker)));
  const members = [...one.members.filter(member => !isStatic(member) && !ts.isConstructorDeclaration(member)), ...parameters]
    // One that may be missing tells nothing, and every object has toString.
    .filter(member => !isPrivate(member) && !('questionToken' in member && member.questionToken) && nameOf(member) !== 'toString');
  return `class ${one.name!.text} ${members.map(nameOf).sort().join(' ')}`;
}

function callLines(one: ts.ClassDeclaration): string[] {
  return one.members.filter(ts.isMethodDeclaration).filter(method => !isPrivate(method) && !nameOf(method).startsWith('_') && method.parameters.length > 0)
    .map(method => line(`call ${one.name!.text}.${nameOf(method)}`, new Map(method.parameters.map(parameter => (
      [nameOf(parameter) + (parameter.questionToken || parameter.initializer ? '?' : ''), typeOf(parameter.type)])))));
}

function isStatic(member: ts.ClassElement): boolean {
  return ts.canHaveModifiers(member) && !!ts.getModifiers(member)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}

function isPrivate(member: ts.Node): boolean {
  return ts.canHaveModifiers(member) && !!ts.getModifiers(member)?.some(({ kind }) => (
    kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword));
}

function nameOf({ name }: { readonly name?: ts.Node }): string {
  return name!.getText();
}

/** `Port[]` as it is, a map as `{string}`. */
function typeOf(node: ts.TypeNode | undefined): string {
  if (!node) throw new Error('A parameter of the public API has no type.');
  if (ts.isArrayTypeNode(node)) return `${typeOf(node.elementType)}[]`;
  const [index] = ts.isTypeLiteralNode(node) ? node.members.filter(ts.isIndexSignatureDeclaration) : [];
  if (index) return `{${typeOf(index.type)}}`;
  const text = node.getText();
  if (!/^\w+$/.test(text)) throw new Error(`${text}: a type of the public API that is not known here.`);
  return text;
}

function line(name: string, fields: Struct): string {
  return [name, ...[...fields].map(([field, type]) => `${field}:${type}`)].join(' ');
}
