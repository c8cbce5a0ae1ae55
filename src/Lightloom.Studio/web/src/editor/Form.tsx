import { useRef, useState } from 'preact/hooks';
import { Icon } from '../ui/icons';
import { words } from '../format';
import { expectation, schemaAt, shapeOf, type Path, type Schema, type Shape } from './schema';
import type { Ids } from './complete';

export interface FormContext {
  root: Schema;
  ids: Ids;
  /** Sets the value at a path; undefined takes the key out. */
  set: (path: Path, value: unknown, without?: Path[]) => Promise<unknown>;
  onlySet: boolean;
  search: string;
  problems: Map<string, string>;
}

function known(value: unknown, path: Path): unknown {
  let at = value;
  for (const p of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as Record<string | number, unknown>)[p];
  }
  return at;
}

const isMap = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null && !Array.isArray(v);

function matches(context: FormContext, name: string, schema: Schema, value: unknown): boolean {
  if (context.onlySet && value === undefined) return false;
  if (!context.search) return true;
  const shape = shapeOf(schema, context.root);
  const text = `${name} ${shape.description ?? ''} ${isMap(value) || Array.isArray(value) ? JSON.stringify(value) : String(value ?? '')}`.toLowerCase();
  if (text.includes(context.search)) return true;
  return Object.entries(shape.map?.properties ?? {}).some(([k, s]) => matches({ ...context, onlySet: false }, k, s, undefined) && k !== name);
}

/** A text as YAML would read it: number, true, false or a string. */
function scalar(text: string, shape: Shape): unknown {
  const t = text.trim();
  if (t === '') return undefined;
  const types = shape.scalars.map((s) => s.type);
  if (types.includes('integer') || types.includes('number')) {
    const n = Number(t.replaceAll(',', ''));
    if (!Number.isNaN(n)) return n;
  }
  if (types.includes('boolean') && (t === 'true' || t === 'false')) return t === 'true';
  return t;
}

/** What is being typed stays, whatever is drawn meanwhile: an answer of the server must not take half a number away. */
function useTyping() {
  const [text, set] = useState<string | null>(null);
  const saving = useRef(false);
  return {
    text,
    type: (t: string) => set(t),
    /** Takes a finished text; until it is saved, it is what is shown. */
    done(t: string, save?: Promise<unknown>) {
      const end = () => {
        saving.current = false;
        set((now) => (now === t ? null : now));
      };
      saving.current = !!save;
      if (save) void save.then(end, end);
      else end();
    },
    leave() {
      if (!saving.current) set(null);
    },
  };
}

/** Keys of which only one may be given: who gives the one means to take the other out. */
const either: Record<string, string> = { nodes: 'xpus', xpus: 'nodes' };

function Field({ name, path, schema, value, context, required, beside }: { name: string; path: Path; schema: Schema; value: unknown; context: FormContext; required?: boolean; beside?: Record<string, unknown> }) {
  const shape = shapeOf(schema, context.root);
  const id = `f-${path.join('-')}`;
  const problem = context.problems.get(path.join('.'));
  const isDefault = value === undefined;
  const hint = [shape.description, expectation(shape)].filter(Boolean).join(' · ');
  const typing = useTyping();
  const other = beside?.[either[name]] !== undefined ? either[name] : undefined;
  const commit = (text: string) => {
    const v = scalar(text, shape);
    const same = v === value || (v === undefined && value === undefined);
    typing.done(text, same ? undefined : context.set(path, v, v !== undefined && other ? [[...path.slice(0, -1), other]] : undefined));
  };
  const none = shape.default === undefined || shape.default === null ? 'not given' : `default: ${String(shape.default)}`;
  const bool = shape.scalars.length > 0 && shape.scalars.every((s) => s.type === 'boolean') && !shape.words.length;
  const options = bool ? ['true', 'false'] : shape.words;
  const onlyWords = options.length > 0 && (bool || shape.scalars.length === 0);
  const ids = context.ids[name];
  return (
    <div class={`field ${isDefault ? '' : 'set'} ${problem ? 'wrong' : ''}`}>
      <label for={id}>{words(name)}</label>
      <div>
        {onlyWords ? (
          <select id={id} value={isDefault ? '' : String(value)} aria-describedby={`${id}-h`} onChange={(e) => commit(e.currentTarget.value)}>
            <option value="">{none}</option>
            {options.map((o) => (
              <option key={o} value={o}>
                {bool ? (o === 'true' ? 'yes' : 'no') : o}
              </option>
            ))}
            {!isDefault && !options.includes(String(value)) && <option value={String(value)}>{String(value)}</option>}
          </select>
        ) : (
          <input
            id={id}
            value={typing.text ?? (isDefault || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))}
            placeholder={none}
            onInput={(e) => typing.type(e.currentTarget.value)}
            onBlur={typing.leave}
            list={options.length || ids ? `${id}-l` : undefined}
            inputMode={shape.scalars.some((s) => s.type === 'integer') && !shape.scalars.some((s) => s.type === 'string') ? 'numeric' : undefined}
            aria-describedby={`${id}-h`}
            aria-invalid={problem ? true : undefined}
            onChange={(e) => commit(e.currentTarget.value)}
            spellcheck={false}
            autocomplete="off"
          />
        )}
        {(options.length > 0 || ids) && !onlyWords && (
          <datalist id={`${id}-l`}>
            {options.map((o) => (
              <option key={o} value={o} />
            ))}
            {ids?.map((i) => <option key={i.id} value={i.id} label={i.detail} />)}
          </datalist>
        )}
        {!isDefault && !required && (
          <button class="quiet clear" aria-label={`Take ${words(name)} out`} title="Back to the default" onClick={() => context.set(path, undefined)}>
            <Icon name="close" />
          </button>
        )}
      </div>
      <p id={`${id}-h`} class={problem ? 'bad' : 'muted'}>
        {problem ?? hint}
      </p>
    </div>
  );
}

/** A list of plain values, as text with commas. */
function PlainList({ name, path, schema, value, context }: { name: string; path: Path; schema: Schema; value: unknown; context: FormContext }) {
  const shape = shapeOf(schema, context.root);
  const item = shapeOf(shape.list!.items, context.root);
  const id = `f-${path.join('-')}`;
  const typing = useTyping();
  return (
    <div class={`field ${value === undefined ? '' : 'set'}`}>
      <label for={id}>{words(name)}</label>
      <div>
        <input
          id={id}
          value={typing.text ?? (Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value))}
          placeholder="not given"
          onInput={(e) => typing.type(e.currentTarget.value)}
          onBlur={typing.leave}
          aria-describedby={`${id}-h`}
          onChange={(e) => {
            const text = e.currentTarget.value;
            const parts = text.split(',').map((t) => scalar(t, item)).filter((t) => t !== undefined);
            typing.done(text, context.set(path, parts.length ? parts : undefined));
          }}
          spellcheck={false}
        />
      </div>
      <p id={`${id}-h`} class="muted">
        {shape.description} · a list, with commas
      </p>
    </div>
  );
}

function firstItem(schema: Schema, context: FormContext, n: number): unknown {
  const shape = shapeOf(schema, context.root);
  if (!shape.map) return '';
  const made: Record<string, unknown> = {};
  for (const key of shape.map.required ?? []) {
    const s = shapeOf(shape.map.properties?.[key], context.root);
    made[key] = key === 'name' ? `new-${n + 1}` : (context.ids[key]?.[0]?.id ?? s.words[0] ?? s.scalars[0]?.minimum ?? (s.list ? [] : ''));
  }
  if (shape.map.properties?.nodes && made.nodes === undefined && shape.map.required?.includes('node')) made.nodes = 1;
  return made;
}

function Items({ name, path, schema, value, context }: { name: string; path: Path; schema: Schema; value: unknown; context: FormContext }) {
  const shape = shapeOf(schema, context.root);
  const items = Array.isArray(value) ? value : [];
  const add = () => context.set(path, [...items, firstItem(shape.list!.items!, context, items.length)]);
  return (
    <div class="nest">
      <p class="muted small">{shape.description}</p>
      {items.map((item, i) => (
        <fieldset key={i}>
          <legend>
            {isMap(item) && item.name ? String(item.name) : `${words(name)} ${i + 1}`}
            <button class="quiet danger" aria-label={`Remove ${isMap(item) && item.name ? String(item.name) : `${words(name)} ${i + 1}`}`} onClick={() => context.set([...path, i], undefined)}>
              remove
            </button>
          </legend>
          <Map path={[...path, i]} schema={shape.list!.items!} value={item} context={context} />
        </fieldset>
      ))}
      <button onClick={add}>Add to {words(name)}</button>
    </div>
  );
}

/** Keys that the file's author chooses: networks, prices, stock, parts of one's own. */
function Named({ name, path, schema, value, context }: { name: string; path: Path; schema: Schema; value: unknown; context: FormContext }) {
  const shape = shapeOf(schema, context.root);
  const [fresh, setFresh] = useState('');
  const more = shape.map!.additionalProperties as Schema;
  const entries = Object.entries(isMap(value) ? value : {});
  const inner = shapeOf(more, context.root);
  const add = () => {
    const key = fresh.trim();
    if (!key) return;
    context.set([...path, key], inner.map && !inner.scalars.length ? (firstItem(more, context, entries.length) ?? {}) : (inner.scalars[0]?.minimum ?? 0));
    setFresh('');
  };
  const id = `f-${path.join('-')}-new`;
  return (
    <div class="nest">
      {entries.map(([k, v]) =>
        isMap(v) && inner.map ? (
          <details key={k} open>
            <summary>{k}</summary>
            <Map path={[...path, k]} schema={more} value={v} context={context} />
          </details>
        ) : (
          <Field key={k} name={k} path={[...path, k]} schema={{ ...more, description: undefined }} value={v} context={context} />
        ),
      )}
      {!context.onlySet && (
        <div class="row">
          <label class="sr" for={id}>
            New key of {words(name)}
          </label>
          <input id={id} value={fresh} placeholder={`id or name for ${words(name)}`} onInput={(e) => setFresh(e.currentTarget.value)} onKeyDown={(e) => e.key === 'Enter' && add()} />
          <button onClick={add} disabled={!fresh.trim()}>
            Add
          </button>
        </div>
      )}
    </div>
  );
}

function Entry({ name, path, schema, value, context, required, beside }: { name: string; path: Path; schema: Schema; value: unknown; context: FormContext; required?: boolean; beside?: Record<string, unknown> }) {
  const shape = shapeOf(schema, context.root);
  if (shape.list && !shape.map) {
    const item = shapeOf(shape.list.items, context.root);
    if (!item.map) return <PlainList name={name} path={path} schema={schema} value={value} context={context} />;
    return (
      <details class="section" open={value !== undefined || !!context.search}>
        <summary>
          {words(name)} <span class="muted">{Array.isArray(value) ? value.length : 'none'}</span>
        </summary>
        <Items name={name} path={path} schema={schema} value={value} context={context} />
      </details>
    );
  }
  if (shape.map && (!shape.scalars.length || isMap(value)) && !(shape.words.length && !isMap(value))) {
    const count = isMap(value) ? Object.keys(value).length : 0;
    return (
      <details class="section" open={(count > 0 && path.length < 2) || !!context.search}>
        <summary>
          {words(name)} <span class="muted">{count ? `${count} given` : 'all defaults'}</span>
        </summary>
        {shape.description && <p class="muted small lead">{shape.description}</p>}
        <Map path={path} schema={schema} value={value} context={context} />
      </details>
    );
  }
  return <Field name={name} path={path} schema={schema} value={value} context={context} required={required} beside={beside} />;
}

function Map({ path, schema, value, context }: { path: Path; schema: Schema; value: unknown; context: FormContext }) {
  const shape = shapeOf(schema, context.root);
  const properties = Object.entries(shape.map?.properties ?? {});
  const name = String(path.findLast((p) => typeof p === 'string') ?? '');
  return (
    <div class="map">
      {properties
        .filter(([k, s]) => matches(context, k, s, known(value, [k])))
        .map(([k, s]) => (
          <Entry key={k} name={k} path={[...path, k]} schema={s} value={known(value, [k])} context={context} required={shape.map?.required?.includes(k)} beside={isMap(value) ? value : undefined} />
        ))}
      {typeof shape.map?.additionalProperties === 'object' && <Named name={name} path={path} schema={schema} value={value} context={context} />}
    </div>
  );
}

/** The whole cluster file as a form, drawn from its schema. */
export function Form({ value, context }: { value: unknown; context: FormContext }) {
  return <Map path={[]} schema={schemaAt(context.root, [])!} value={value} context={context} />;
}
