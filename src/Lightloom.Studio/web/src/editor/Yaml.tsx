import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'preact/hooks';
import type { Diagnostic } from '../types';
import { completion, placeAt, type Ids } from './complete';
import { expectation, schemaAt, shapeOf, type Schema } from './schema';

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--surface)', fontSize: '12.5px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)', color: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--warn) 25%, transparent)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line-strong)', borderRadius: '6px', fontFamily: 'var(--sans)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.75', fontStyle: 'normal' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '6px 8px' },
  '.cm-diagnostic': { padding: '4px 8px', maxWidth: '520px' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid var(--warn)' },
  '.cm-diagnostic-info': { borderLeft: '4px solid var(--accent)' },
  '.cm-lintRange-error': { backgroundImage: 'none', borderBottom: '2px solid var(--bad)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', borderBottom: '2px dotted var(--warn)' },
  '.cm-lintRange-info': { backgroundImage: 'none', borderBottom: '1px dotted var(--accent)' },
  '.cm-lint-marker': { width: '10px', height: '10px', content: 'none', borderRadius: '50%', marginTop: '5px' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--bad)', borderRadius: '2px' },
  '.cm-lint-marker-warning': { content: 'none', backgroundColor: 'var(--warn)' },
  '.cm-lint-marker-info': { content: 'none', backgroundColor: 'var(--accent)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-panel input, .cm-panel button': { color: 'var(--text)', backgroundColor: 'var(--surface)', backgroundImage: 'none', border: '1px solid var(--line-strong)' },
  '.cm-hover': { padding: '6px 8px', maxWidth: '420px' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', border: '1px solid var(--line)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: 'var(--single)' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--muted)' },
]);

const fromOutside = Annotation.define<boolean>();

function offset(doc: Text, line: number, column: number): number {
  const l = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(l.to, l.from + Math.max(0, column - 1));
}

function marks(doc: Text, diagnostics: Diagnostic[]): Mark[] {
  return diagnostics
    .filter((d) => d.line)
    .map((d) => {
      const from = offset(doc, d.line!, d.column ?? 1);
      let to = d.end_line ? offset(doc, d.end_line, d.end_column ?? 1) : from;
      if (to <= from) {
        const rest = doc.lineAt(from);
        to = from + (/^[^\s,{}\[\]:#]+/.exec(rest.text.slice(from - rest.from))?.[0].length ?? 0);
      }
      return {
        from,
        to: Math.max(from, to),
        severity: d.severity === 'note' ? ('info' as const) : d.severity,
        source: d.id,
        message: d.message + (d.remedy ? `\n${d.remedy}` : ''),
      };
    })
    .sort((a, b) => a.from - b.from);
}

interface Props {
  text: string;
  diagnostics: Diagnostic[];
  schema: Schema | null;
  ids: Ids;
  onChange: (text: string) => void;
  /** A line to show, with a number that changes when it is asked for again. */
  show?: { line: number; turn: number };
  onUndo: () => void;
  onRedo: () => void;
  /** True while what was typed here is on its way: then the editor is ahead of the text given to it. */
  ahead: () => boolean;
}

/** The YAML editor. It lives in a shadow root, where its styles are constructed sheets that a strict content security policy admits. */
export function Yaml(props: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const hover = hoverTooltip((v, pos) => {
      const schema = latest.current.schema;
      const line = v.state.doc.lineAt(pos);
      const word = /[\w-]+/g;
      for (let m = word.exec(line.text); m; m = word.exec(line.text)) {
        const [from, to] = [line.from + m.index, line.from + m.index + m[0].length];
        if (pos < from || pos > to || !schema || !/^\s*:/.test(line.text.slice(to - line.from))) continue;
        const shape = shapeOf(schemaAt(schema, [...placeAt(v.state, from).path, m[0]]), schema);
        if (!shape.description) return null;
        return {
          pos: from,
          end: to,
          create: () => {
            const dom = document.createElement('div');
            dom.className = 'cm-hover';
            const facts = [shape.description, expectation(shape), shape.default === undefined ? '' : `Default: ${String(shape.default)}.`];
            dom.textContent = facts.filter(Boolean).join(' – ');
            return { dom };
          },
        };
      }
      return null;
    });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          highlightSelectionMatches(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          yaml(),
          EditorView.lineWrapping,
          syntaxHighlighting(colours),
          look,
          hover,
          autocompletion({ override: [completion(() => latest.current.schema, () => latest.current.ids)], activateOnTyping: true }),
          keymap.of([
            { key: 'Mod-z', run: () => (latest.current.onUndo(), true) },
            { key: 'Mod-y', run: () => (latest.current.onRedo(), true) },
            { key: 'Mod-Shift-z', run: () => (latest.current.onRedo(), true) },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...searchKeymap,
            ...foldKeymap,
            ...lintKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
          EditorView.contentAttributes.of({ 'aria-label': 'cluster.yaml', tabindex: '0' }),
          EditorView.updateListener.of((u) => {
            if (u.docChanged && !u.transactions.some((t) => t.annotation(fromOutside))) latest.current.onChange(u.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  // Text from outside replaces only what differs, so that the cursor stays where it was.
  useEffect(() => {
    if (latest.current.ahead()) return;
    const editor = view.current!;
    const old = editor.state.doc.toString();
    const text = props.text;
    if (old === text) return;
    let start = 0;
    const max = Math.min(old.length, text.length);
    while (start < max && old[start] === text[start]) start++;
    let end = 0;
    while (end < max - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
    editor.dispatch({
      changes: { from: start, to: old.length - end, insert: text.slice(start, text.length - end) },
      annotations: fromOutside.of(true),
    });
  }, [props.text]);

  useEffect(() => {
    const editor = view.current!;
    editor.dispatch(setDiagnostics(editor.state, marks(editor.state.doc, props.diagnostics)));
  }, [props.diagnostics, props.text]);

  useEffect(() => {
    if (!props.show) return;
    const editor = view.current!;
    const at = offset(editor.state.doc, props.show.line, 1);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    editor.focus();
  }, [props.show?.line, props.show?.turn]);

  return <div class="yaml" ref={host} />;
}
