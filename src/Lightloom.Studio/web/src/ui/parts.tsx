import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icons';

interface Toast {
  id: number;
  text: string;
  tone: '' | 'good' | 'bad';
  action?: { text: string; run: () => void };
}

const toasts = signal<Toast[]>([]);
let next = 1;

export function toast(text: string, tone: Toast['tone'] = '', action?: Toast['action']): void {
  const id = next++;
  toasts.value = [...toasts.value.slice(-2), { id, text, tone, action }];
  setTimeout(() => (toasts.value = toasts.value.filter((t) => t.id !== id)), tone === 'bad' ? 12000 : 6000);
}

/** What a message offers holds until something else is changed: an Undo of then would take back something else. */
export function withdraw(): void {
  if (toasts.value.some((t) => t.action)) toasts.value = toasts.value.filter((t) => !t.action);
}

export function failed(e: unknown): void {
  if (e instanceof DOMException && e.name === 'AbortError') return;
  toast(e instanceof Error ? e.message : String(e), 'bad');
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((t) => (
        <div class={`toast ${t.tone}`} key={t.id}>
          <span>{t.text}</span>
          {t.action && (
            <button
              onClick={() => {
                t.action?.run();
                toasts.value = toasts.value.filter((x) => x.id !== t.id);
              }}
            >
              {t.action.text}
            </button>
          )}
          <button class="quiet" aria-label="Dismiss" onClick={() => (toasts.value = toasts.value.filter((x) => x.id !== t.id))}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}

/** What an asynchronous question gave: its value, or what went wrong. The last value stays while a new one is fetched. */
export interface Answer<T> {
  value?: T;
  error?: Error;
  busy: boolean;
}

/** Asks again whenever a key changes; a late answer to an old question is dropped. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>, keys: unknown[]): Answer<T> & { again: () => void } {
  const [state, set] = useState<Answer<T>>({ busy: true });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    set((s) => ({ value: s.value, busy: true }));
    ask(abort.signal).then(
      (value) => abort.signal.aborted || set({ value, busy: false }),
      (error: Error) => abort.signal.aborted || set((s) => ({ value: s.value, error, busy: false })),
    );
    return () => abort.abort();
  }, [...keys, turn]);
  return { ...state, again: () => setTurn((t) => t + 1) };
}

export function Refusal({ error, again }: { error: Error; again?: () => void }) {
  return (
    <div class="card" role="alert">
      <p class="bad">{error.message}</p>
      {again && <button onClick={again}>Try again</button>}
    </div>
  );
}

export function Dialog({ title, onClose, wide, children }: { title: string; onClose: () => void; wide?: boolean; children: ComponentChildren }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    ref.current?.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      onClose={onClose}
      aria-label={title}
      class={wide ? 'wide' : ''}
      onClick={(e) => {
        if (e.target === ref.current) onClose();
      }}
    >
      <header>
        <h2>{title}</h2>
        <button class="quiet" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="body">{children}</div>
    </dialog>
  );
}

export function Menu({ text, items }: { text: string; items: { text: string; run: () => void }[] }) {
  const [open, setOpen] = useState(false);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const away = (e: Event) => {
      if (!ref.current?.contains(e.target as Node)) setOpen(false);
    };
    addEventListener('pointerdown', away);
    return () => removeEventListener('pointerdown', away);
  }, [open]);
  return (
    <div
      class="menu"
      ref={ref}
      onKeyDown={(e) => {
        if (e.key === 'Escape') setOpen(false);
      }}
    >
      <button aria-haspopup="true" aria-expanded={open} onClick={() => setOpen(!open)}>
        {text} <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <div>
          {items.map((i) => (
            <button
              key={i.text}
              onClick={() => {
                setOpen(false);
                i.run();
              }}
            >
              {i.text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

export function Choice<T extends string>({ label, value, of, onChange }: { label: string; value: T; of: readonly (readonly [T, string])[]; onChange: (v: T) => void }) {
  return (
    <div class="group" role="group" aria-label={label}>
      {of.map(([v, text]) => (
        <button key={v} aria-pressed={v === value} onClick={() => onChange(v)}>
          {text}
        </button>
      ))}
    </div>
  );
}

export function Facts({ of }: { of: [string, ComponentChildren][] }) {
  return (
    <dl class="facts">
      {of
        .filter(([, v]) => v !== undefined && v !== null && v !== '')
        .map(([k, v]) => (
          <>
            <dt key={k}>{k}</dt>
            <dd>{v}</dd>
          </>
        ))}
    </dl>
  );
}

export function Meter({ of, max, label }: { of: number; max: number; label: string }) {
  const share = max > 0 ? Math.min(1, of / max) : 0;
  return (
    <span class={`meter ${share > 0.97 ? 'hot' : ''}`} role="img" aria-label={label} title={label}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

/** The head of a table: a text a column, to the right where the column holds numbers. */
export function Heads({ of }: { of: (string | { right: string })[] }) {
  return (
    <thead>
      <tr>
        {of.map((h) => {
          const [text, right] = typeof h === 'string' ? [h, false] : [h.right, true];
          return (
            <th key={text} scope="col" class={right ? 'r' : undefined}>
              {text}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
