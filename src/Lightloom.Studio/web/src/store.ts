import { computed, effect, signal } from '@preact/signals';
import { api, ApiError, events } from './api';
import type { Diagnostic, Figures, ProjectInfo, State } from './types';
import { failed, toast, withdraw } from './ui/parts';

/** What the page knows of the project as a whole; views ask for the rest when they are opened. */
export const info = signal<ProjectInfo | null>(null);
export const state = signal<State | null>(null);
export const unreachable = signal<string | null>(null);
export const spec = signal<{ text: string; revision: number }>({ text: '', revision: -1 });
export const busy = signal(0);
/** The figures before the last change, so that the page can say what it did. */
export const earlier = signal<Figures | null>(null);
/** Grows with every run that began, went on or ended, as the server tells it. */
export const runsTurn = signal(0);

const lastFigures = signal<Figures | undefined>(undefined);
/** The figures of the design; while the text has errors, those of the last design there was. */
export const figures = computed(() => state.value?.figures ?? (state.value?.phase === 'empty' ? undefined : lastFigures.value));
export const stale = computed(() => !state.value?.figures && figures.value !== undefined);
export const diagnostics = computed<Diagnostic[]>(() => state.value?.diagnostics ?? []);
/** Changes with every design; views that show the design ask again when it does. */
export const designKey = computed(() => (state.value?.phase === 'ready' ? `${state.value.version}.${state.value.revision}` : ''));

export async function working<T>(work: Promise<T>): Promise<T> {
  busy.value++;
  try {
    return await work;
  } finally {
    busy.value--;
  }
}

// Of which revision the figures on the page are.
let shown = -1;

export function take(next: State): State {
  const old = state.value;
  if (old && next.revision < old.revision) return old;
  // News of a design that is under way can come after the answer that has it.
  if (old && next.revision === old.revision && next.phase === 'designing' && old.phase !== 'designing') return old;
  if (next.phase === 'ready' && next.figures) {
    if (lastFigures.value && next.revision !== shown) earlier.value = lastFigures.value;
    shown = next.revision;
  }
  if (next.figures) lastFigures.value = next.figures;
  // While a design is made, the last one stays on the page.
  state.value = next.phase === 'designing' && !next.figures ? { ...next, figures: old?.figures } : next;
  return next;
}

export async function refreshState(): Promise<void> {
  take(await api.get<State>('state'));
}

export async function loadSpec(): Promise<void> {
  const s = await api.get<{ text: string; revision: number }>('project/spec');
  spec.value = { text: s.text, revision: s.revision };
}

/** Waits until no design is being made. */
async function settle(): Promise<void> {
  while (state.value?.phase === 'designing') {
    await new Promise((r) => setTimeout(r, 250));
    await refreshState();
  }
}

export async function boot(): Promise<void> {
  try {
    const p = await api.get<ProjectInfo>('project');
    info.value = p;
    take(p.state);
    unreachable.value = null;
    if (!p.is_empty) await loadSpec();
    await settle();
    void listen();
  } catch (e) {
    unreachable.value = e instanceof Error ? e.message : String(e);
  }
}

/** What the server says when the spec or its design changes. */
interface News {
  revision?: number;
  phase?: State['phase'];
  stage?: string;
  share?: number;
}

function hear(news: News | null): void {
  const now = state.value;
  if (now && news?.revision !== undefined) {
    if (news.revision < now.revision) return;
    const known = news.revision === now.revision && news.phase === now.phase;
    if (known && news.phase === 'ready') return;
    // How far a design is needs no question. The answer to a change of one's own is on its way.
    if (news.phase === 'designing' && (known || queue)) {
      state.value = { ...now, revision: news.revision, phase: 'designing', stage: news.stage ?? '', share: news.share ?? 0 };
      return;
    }
    if (queue) return;
  }
  void refreshState().catch(() => undefined);
}

/** Hears what others change; comes back when the server was away. */
async function listen(): Promise<void> {
  for (;;) {
    try {
      await events('events', new AbortController().signal, (event, data) => {
        if (event === 'run') runsTurn.value++;
        if (event === 'state') hear(data as News | null);
      });
    } catch {
      // the server is away: try again below
    }
    await new Promise((r) => setTimeout(r, 2000));
    try {
      await refreshState();
      if (unreachable.value) unreachable.value = null;
    } catch {
      unreachable.value = 'The studio does not answer. Is it still running?';
    }
  }
}

/** Changes are sent one after another, each with the revision that the one before it gave. */
let queue = 0;
let chain: Promise<unknown> = Promise.resolve();

// A text saved elsewhere (another page, undo) replaces the text here, unless something here waits to be saved.
effect(() => {
  const r = state.value?.revision;
  if (r !== undefined && r > spec.peek().revision && !queue && state.value?.phase !== 'empty') void loadSpec().catch(() => undefined);
});

function change(what: (revision: number) => Promise<State>): Promise<State | null> {
  queue++;
  withdraw();
  const mine = chain.then(async () => {
    try {
      const { text, ...said } = await working(what(state.value?.revision ?? 0));
      const s = take(said);
      queue--;
      if (!queue) {
        if (text === undefined) await loadSpec();
        else if (s.revision >= spec.value.revision) spec.value = { text, revision: s.revision };
      }
      await settle();
      return s;
    } catch (e) {
      queue--;
      if (e instanceof ApiError && e.status === 409) {
        await refreshState();
        await loadSpec();
        toast('Somebody else saved first; their text was fetched and your last change was not made.', 'bad');
      } else {
        failed(e);
        await loadSpec().catch(() => undefined);
      }
      return null;
    }
  });
  chain = mine;
  return mine;
}

function written(path: (string | number)[]): string {
  return path.map((p, i) => (typeof p === 'number' ? `[${p}]` : (i ? '.' : '') + p)).join('');
}

export const edit = {
  save: (text: string) => change((revision) => api.put<State>('project/spec', { text, revision })),
  set: (path: (string | number)[], value: unknown, without: (string | number)[][] = []) =>
    change((revision) => api.patch<State>('project/spec', { path: written(path), value: value === undefined ? null : value, without: without.length ? without.map(written) : undefined, revision })),
  undo: () => change((revision) => api.post<State>('undo', { revision })),
  redo: () => change((revision) => api.post<State>('redo', { revision })),
  restore: (n: number) => change((revision) => api.post<State>(`history/${n}/restore`, { revision })),
  adopt: (run: string, n: number) => change((revision) => api.post<State>('explore/adopt', { run, n, revision })),
  move: (rack: string, to: { hall?: string; row: number; position: number }) => change((revision) => api.post<State>('floor/move', { rack, ...to, revision })),
  async begin(template: string): Promise<void> {
    const s = await change((revision) => api.post<State>('project/new', { template, revision }));
    if (s) info.value = await api.get<ProjectInfo>('project');
  },
  async open(text: string): Promise<void> {
    const s = await change((revision) => api.put<State>('project/spec', { text, revision }));
    if (s) info.value = await api.get<ProjectInfo>('project');
  },
};
