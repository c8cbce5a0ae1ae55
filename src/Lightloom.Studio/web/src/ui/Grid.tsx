import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';

export interface Column<T> {
  key: string;
  text: string;
  width: number;
  right?: boolean;
  /** What the server calls this order; a column without cannot be sorted by. */
  sort?: string;
  cell: (row: T) => ComponentChildren;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  /** Changes when the rows behind the indexes are others. */
  source: string;
  fetch: (offset: number, limit: number, signal: AbortSignal) => Promise<{ total: number; rows: T[] }>;
  sort?: string;
  onSort?: (sort: string) => void;
  selected?: (row: T) => boolean;
  onChoose?: (row: T, index: number) => void;
  onTotal?: (total: number) => void;
  /** A row to bring into sight when the table is opened. */
  reveal?: number;
}

const ROW = 28;
const PAGE = 200;
/** Browsers end an element's height near 16 to 33 million pixels; beyond this one pixel of the scroll bar is more than one of the table. */
const TALLEST = 12_000_000;

/** A table of any length: it asks the server for the pages in sight and draws the rows in sight. */
export function Grid<T>({ label, columns, source, fetch, sort, onSort, selected, onChoose, onTotal, reveal }: Props<T>) {
  const body = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const pages = useRef(new Map<number, T[]>());
  const asked = useRef(new Map<number, AbortController>());
  const [total, setTotal] = useState<number | null>(null);
  const [error, setError] = useState('');
  const [, turn] = useState(0);
  const [view, setView] = useState({ top: 0, height: 600, width: 0 });
  const [cursor, setCursor] = useState(-1);
  const latest = useRef(fetch);
  latest.current = fetch;

  const ask = (page: number) => {
    if (pages.current.has(page) || asked.current.has(page)) return;
    const abort = new AbortController();
    asked.current.set(page, abort);
    latest.current(page * PAGE, PAGE, abort.signal).then(
      (p) => {
        asked.current.delete(page);
        if (abort.signal.aborted) return;
        if (pages.current.size > 60) pages.current.delete(pages.current.keys().next().value!);
        pages.current.set(page, p.rows);
        setTotal(p.total);
        setError('');
        onTotal?.(p.total);
        turn((t) => t + 1);
      },
      (e: Error) => {
        asked.current.delete(page);
        if (!abort.signal.aborted) setError(e.message);
      },
    );
  };

  useEffect(() => {
    for (const a of asked.current.values()) a.abort();
    asked.current.clear();
    pages.current.clear();
    setCursor(-1);
    if (body.current) body.current.scrollTop = 0;
    setView((v) => ({ ...v, top: 0 }));
    ask(0);
    turn((t) => t + 1);
  }, [source, sort]);

  useEffect(() => {
    const b = body.current!;
    const o = new ResizeObserver(() => setView((v) => ({ ...v, height: b.clientHeight, width: b.clientWidth })));
    o.observe(b);
    return () => o.disconnect();
  }, []);

  const rows = total ?? 0;
  const full = rows * ROW;
  const tall = Math.min(full, TALLEST);
  const seen = view.height / ROW;
  // The share of the way scrolled picks the first row; where all fits in the height it is the row at that pixel.
  const first = full <= TALLEST ? view.top / ROW : (view.top / Math.max(1, tall - view.height)) * Math.max(0, rows - seen);
  const from = Math.max(0, Math.floor(first) - 4);
  const to = Math.min(rows, Math.ceil(first + seen) + 4);
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // While the scroll bar flies, pages that nobody will see are not asked for.
    clearTimeout(wait.current);
    wait.current = setTimeout(() => {
      for (const [page, a] of asked.current) {
        if ((page + 1) * PAGE < from || page * PAGE > to) {
          a.abort();
          asked.current.delete(page);
        }
      }
      for (let p = Math.floor(from / PAGE); p <= Math.floor(Math.max(from, to - 1) / PAGE) && rows; p++) ask(p);
    }, 30);
  }, [from, to, rows]);

  const show = (i: number) => {
    const b = body.current!;
    if (full <= TALLEST) {
      if (i * ROW < b.scrollTop) b.scrollTop = i * ROW;
      else if ((i + 1) * ROW > b.scrollTop + b.clientHeight) b.scrollTop = (i + 1) * ROW - b.clientHeight;
    } else if (i < first || i >= first + seen - 1) {
      b.scrollTop = (Math.max(0, i - (i < first ? 0 : seen - 1)) / Math.max(1, rows - seen)) * (tall - view.height);
    }
  };
  const revealed = useRef(false);
  useEffect(() => {
    if (revealed.current || !rows) return;
    revealed.current = true;
    if (reveal !== undefined && reveal >= 0 && reveal < rows) {
      setCursor(reveal);
      show(reveal);
    }
  }, [rows]);
  const row = (i: number) => pages.current.get(Math.floor(i / PAGE))?.[i % PAGE];
  // A row that the keyboard went to before it has come is chosen when it comes.
  const due = useRef<number>(undefined);
  const move = (i: number) => {
    if (!rows) return;
    const at = Math.max(0, Math.min(rows - 1, i));
    setCursor(at);
    show(at);
    const r = row(at);
    due.current = r ? undefined : at;
    if (r) onChoose?.(r, at);
  };
  useEffect(() => {
    const at = due.current;
    const r = at === undefined ? undefined : row(at);
    if (at === undefined || !r) return;
    due.current = undefined;
    onChoose?.(r, at);
  });
  // On a wide screen columns grow with it, up to where the eye would lose the line.
  const least = columns.reduce((a, c) => a + c.width, 0);
  const grown = Math.max(1, Math.min(1.6, view.width / Math.max(1, least)));
  const widthOf = (c: Column<T>) => Math.floor(c.width * grown);
  const width = columns.reduce((a, c) => a + widthOf(c), 0);
  const lines = [];
  for (let i = from; i < to; i++) {
    const r = row(i);
    const on = r && selected ? selected(r) : false;
    lines.push(
      <div
        key={i}
        class="grid-row"
        role="row"
        aria-rowindex={i + 2}
        aria-selected={on}
        style={{ transform: `translateY(${Math.round((i - first) * ROW)}px)`, width: `${width}px` }}
        onClick={() => r && ((due.current = undefined), setCursor(i), onChoose?.(r, i))}
      >
        {columns.map((c) => (
          <div key={c.key} role="gridcell" class={c.right ? 'cell-r' : ''} style={{ width: `${widthOf(c)}px` }}>
            {r ? c.cell(r) : c === columns[0] ? '…' : ''}
          </div>
        ))}
      </div>,
    );
  }
  return (
    <div class="grid-table" role="grid" aria-label={label} aria-rowcount={rows + 1} aria-colcount={columns.length} data-rows={total ?? ''}>
      <div class="grid-head" ref={head} role="rowgroup">
        <div role="row" aria-rowindex={1} style={{ width: `${width}px` }}>
          {columns.map((c) => {
            const up = c.sort && sort === c.sort;
            const down = c.sort && sort === `-${c.sort}`;
            return (
              <div key={c.key} role="columnheader" class={c.right ? 'cell-r' : ''} aria-sort={up ? 'ascending' : down ? 'descending' : c.sort ? 'none' : undefined} style={{ width: `${widthOf(c)}px`, display: 'flex', flex: 'none' }}>
                {c.sort && onSort ? (
                  <button onClick={() => onSort(up ? `-${c.sort}` : c.sort!)}>
                    {c.text} {up ? '↑' : down ? '↓' : ''}
                  </button>
                ) : (
                  <span class="h">{c.text}</span>
                )}
              </div>
            );
          })}
        </div>
      </div>
      <div
        class="grid-body"
        ref={body}
        role="rowgroup"
        tabIndex={0}
        aria-label={`${label}; up and down choose a row`}
        onScroll={(e) => {
          const b = e.currentTarget;
          if (head.current) head.current.scrollLeft = b.scrollLeft;
          setView((v) => ({ ...v, top: b.scrollTop }));
        }}
        onKeyDown={(e) => {
          const size = Math.max(1, Math.floor(seen) - 1);
          const to: Record<string, number> = { ArrowDown: cursor + 1, ArrowUp: cursor - 1, PageDown: cursor + size, PageUp: cursor - size, Home: 0, End: rows - 1 };
          if (to[e.key] === undefined) return;
          e.preventDefault();
          move(to[e.key]);
        }}
      >
        <div style={{ height: `${tall}px`, width: `${width}px` }}>
          <div class="rows" style={{ height: '0px', width: `${width}px` }}>
            {lines}
          </div>
        </div>
        {total === 0 && <p class="pad muted">No row fits the filter.</p>}
        {error && (
          <p class="pad bad" role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
