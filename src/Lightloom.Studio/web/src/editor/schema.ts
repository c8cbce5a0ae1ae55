/** The part of JSON Schema that the cluster file's schema uses. */
export interface Schema {
  description?: string;
  type?: string | string[];
  enum?: (string | number | boolean | null)[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  pattern?: string;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  items?: Schema;
  anyOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** A schema with its references followed: what kinds of value may stand here. */
export interface Shape {
  description?: string;
  default?: unknown;
  map?: Schema;
  list?: Schema;
  words: string[];
  scalars: { type: string; minimum?: number; maximum?: number; exclusiveMinimum?: number; pattern?: string }[];
  nullable: boolean;
}

// A form asks for each shape whenever it is drawn, and the search of a form for all of them; the schema never changes.
const shapes = new WeakMap<Schema, Shape>();

export function shapeOf(schema: Schema | undefined, root: Schema): Shape {
  const known = schema && shapes.get(schema);
  if (known) return known;
  const shape = shapeOfSchema(schema, root);
  if (schema) shapes.set(schema, shape);
  return shape;
}

function shapeOfSchema(schema: Schema | undefined, root: Schema): Shape {
  const shape: Shape = { words: [], scalars: [], nullable: false };
  const seen = new Set<Schema>();
  const visit = (s: Schema | undefined) => {
    if (!s || seen.has(s)) return;
    seen.add(s);
    shape.description ??= s.description;
    if (shape.default === undefined) shape.default = s.default;
    if (s.$ref) visit(root.$defs?.[s.$ref.replace('#/$defs/', '')]);
    s.anyOf?.forEach(visit);
    if (s.enum) {
      for (const w of s.enum) if (w === null) shape.nullable = true;
        else shape.words.push(String(w));
    }
    const types = s.type === undefined ? [] : Array.isArray(s.type) ? s.type : [s.type];
    for (const type of types) {
      if (type === 'null') shape.nullable = true;
      else if (type === 'object') shape.map ??= s;
      else if (type === 'array') shape.list ??= s;
      else if (!s.enum) shape.scalars.push({ type, minimum: s.minimum, maximum: s.maximum, exclusiveMinimum: s.exclusiveMinimum, pattern: s.pattern });
    }
    if (!types.length && s.properties) shape.map ??= s;
  };
  visit(schema);
  return shape;
}

export type Path = (string | number)[];

/** The schema at a path; undefined where the format knows nothing. */
export function schemaAt(root: Schema, path: Path): Schema | undefined {
  let at: Schema | undefined = root;
  for (const step of path) {
    const shape: Shape = shapeOf(at, root);
    if (typeof step === 'number') at = shape.list?.items;
    else {
      const map: Schema | undefined = shape.map;
      const more: boolean | Schema | undefined = map?.additionalProperties;
      at = map?.properties?.[step] ?? (typeof more === 'object' ? more : undefined);
    }
    if (!at) return undefined;
  }
  return at;
}

/** How a value is asked for in words: "1 to 64", "none, single or dual", "a length such as 2.5 m". */
export function expectation(shape: Shape): string {
  const parts: string[] = [];
  if (shape.words.length) parts.push(shape.words.length > 6 ? `one of ${shape.words.length} words` : shape.words.join(', '));
  for (const s of shape.scalars) {
    if (s.type === 'integer' || s.type === 'number') {
      const low = s.minimum ?? s.exclusiveMinimum;
      if (low !== undefined && s.maximum !== undefined) parts.push(`${low} to ${s.maximum.toLocaleString('en-US')}`);
      else parts.push(s.type === 'integer' ? 'a whole number' : 'a number');
    } else if (s.type === 'boolean') parts.push('true or false');
  }
  return parts.join('; ');
}
